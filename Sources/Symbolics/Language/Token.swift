/// A word of a source text.
struct Token: Hashable, Sendable, CustomStringConvertible {
  enum Kind: Hashable, Sendable {
    /// Digits with an optional point and exponent.
    case number(String)
    /// A name in its one spelling: `z_1` and `z_{1}` are `z1`.
    case name(String)
    /// An operator, bracket or separator.
    case symbol(String)
    /// A LaTeX command that has no plain spelling: frac, sqrt, sum.
    case command(String)
    /// `\begin{…}` and `\end{…}`.
    case begin(String)
    case end(String)
    case newline
    case endOfText
    /// Something that is no token and has been reported.
    case invalid
  }

  let kind: Kind
  let range: SourceRange
  /// Whether white space stands in front of it.
  let isSpaced: Bool
  /// Whether it was written as a LaTeX command or a mathematical character.
  var isLatex = false

  var description: String {
    switch kind {
    case .number(let digits): "number \(digits)"
    case .name(let name): "name \(name)"
    case .symbol(let symbol): "symbol \(symbol)"
    case .command(let name): "command \\\(name)"
    case .begin(let name): "begin \(name)"
    case .end(let name): "end \(name)"
    case .newline: "end of line"
    case .endOfText: "end of text"
    case .invalid: "invalid"
    }
  }

  /// The token as messages quote it.
  var quoted: String {
    switch kind {
    case .number(let text), .name(let text), .symbol(let text): "'\(text)'"
    case .command(let name): "'\\\(name)'"
    case .begin(let name): "'\\begin{\(name)}'"
    case .end(let name): "'\\end{\(name)}'"
    case .newline, .endOfText, .invalid: "the end of the statement"
    }
  }

  /// What closes this opening bracket.
  var closing: Kind {
    switch kind {
    case .symbol("["): .symbol("]")
    case .symbol("{"): .symbol("}")
    case .begin(let environment): .end(environment)
    default: .symbol(")")
    }
  }

  func isSymbol(_ text: String) -> Bool { kind == .symbol(text) }
  func isName(_ text: String) -> Bool { kind == .name(text) }
  var isStatementEnd: Bool { kind == .newline || kind == .endOfText || isSymbol(";") }
}
