import Exact
import Symbolics

/// The two spellings of mathematics; Markdown uses LaTeX's.
enum MathematicsNotation {
  case text, latex

  /// Formulas with more nodes than this are named by their size: no reader follows them, and a
  /// tree with shared parts can have far more nodes than bytes in memory.
  private static let largestFormula = 20_000
  /// TeX gives up beyond 255 nested groups; a formula takes up to three a level.
  private static let deepestLatex = 80

  func write(_ mathematics: Mathematics) -> String {
    switch mathematics {
    case .expression(let formula): limited([formula]) ?? spell(formula)
    case .predicate(let condition):
      limited(condition.expressions) ?? spell(condition)
    case .region(let set): limited(set.predicate.expressions) ?? spell(set)
    case .locus(.or(let parts)):
      parts.map { write(.locus($0)) }.joined(separator: self == .text ? " u " : #" \cup "#)
    case .locus(let condition):
      self == .text
        ? "{\(write(.predicate(condition)))}" : #"\{ \#(write(.predicate(condition))) \}"#
    case .interval(let set): self == .text ? set.text : set.latex
    case .vector(let entries): writeVector(entries)
    case .matrix(let rows): writeMatrix(rows.map { $0.map { write(.expression($0)) } })
    case .notation(let name): spell(name)
    case .application(let map, let arguments):
      spell(map) + bracketed(arguments.map(write).joined(separator: ", "))
    case .product(let factors):
      factors.map(writeFactor).joined(separator: self == .text ? " * " : #" \cdot "#)
    case .sum(let terms): writeSum(terms)
    case .absolute(let inner): bars(write(inner))
    case .decimal(let digits): spell(decimal: digits)
    case .chain(let first, let links):
      links.reduce(write(first)) { $0 + " " + spell($1.relation) + " " + write($1.side) }
    }
  }

  private func limited(_ formulas: [Expression]) -> String? {
    let size = formulas.map(\.size).max() ?? 0
    let depth = formulas.map(\.depth).max() ?? 0
    let isTooDeep = self == .latex && depth > Self.deepestLatex
    return size > Self.largestFormula || isTooDeep ? spell(.tooLarge(size)) : nil
  }

  private func writeVector(_ entries: [Expression]) -> String {
    if entries.count == 1 { return write(.expression(entries[0])) }
    let written = entries.map { write(.expression($0)) }
    if entries.allSatisfy(\.isShortEntry) {
      return bracketed(written.joined(separator: ", "))
    }
    return self == .text
      ? "( " + written.joined(separator: ",  ") + " )"
      : longVector(written.joined(separator: #",\;\allowbreak "#))
  }

  /// Brackets that grow keep TeX from breaking the line between them.
  private func longVector(_ entries: String) -> String {
    entries.count > 100 ? "(\(entries))" : bracketed(entries)
  }

  private func writeFactor(_ factor: Mathematics) -> String {
    factor.isSumLike ? bracketed(write(factor)) : write(factor)
  }

  private func writeSum(_ terms: [Mathematics]) -> String {
    var text = write(terms[0])
    for term in terms.dropFirst() {
      if case .expression(let formula) = term, term.startsWithMinus {
        text += " - " + write(.expression(-formula))
      } else {
        text += " + " + (term.startsWithMinus ? bracketed(write(term)) : write(term))
      }
    }
    return text
  }
}

extension Expression {
  /// A number, a symbol or its negative: entries that need no space around them.
  fileprivate var isShortEntry: Bool {
    isConstant || symbolValue != nil || (-self).symbolValue != nil
  }
}

extension Mathematics {
  /// Whether it needs brackets as a factor.
  fileprivate var isSumLike: Bool {
    switch self {
    case .expression(let formula):
      if case .sum = formula.form { true } else { startsWithMinus }
    case .sum, .chain: true
    case .vector(let entries) where entries.count == 1:
      Mathematics.expression(entries[0]).isSumLike
    case .product(let factors): factors.contains(where: \.isSumLike)
    default: startsWithMinus
    }
  }

  fileprivate var startsWithMinus: Bool {
    switch self {
    case .expression(let formula):
      switch formula.form {
      case .rational(let value): value.sign < 0
      case .product(let factors): (factors[0].rationalValue?.sign ?? 1) < 0
      default: false
      }
    case .decimal(let digits): digits.hasPrefix("-")
    default: false
    }
  }
}

extension Mathematics.Notation {
  fileprivate static func tooLarge(_ size: Int) -> Self {
    let words = "(a formula of \(size) nodes)"
    return Self(words, latex: "\\text{\(words)}")
  }
}
