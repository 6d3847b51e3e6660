/// Splits a text into tokens. Comments and spaces go; every mistake is reported and skipped.
struct Lexer {
  let source: SourceText
  let log: DiagnosticLog
  var position = 0
  var tokens: [Token] = []
  var isSpaced = true
  /// Whether an odd number of `$` has been passed.
  private var isInDollars = false

  /// The tokens of the text, ended by an `endOfText`.
  static func tokens(of source: SourceText, log: DiagnosticLog) -> [Token] {
    var lexer = Lexer(source: source, log: log)
    if source.scalars.count > LanguageLimits.fileLength {
      log.error(
        "the text is longer than \(LanguageLimits.fileLength) characters", at: SourceRange(0, 1))
    } else {
      while lexer.position < source.scalars.count { lexer.scan() }
    }
    lexer.add(.endOfText, from: source.scalars.count)
    return lexer.tokens
  }

  private init(source: SourceText, log: DiagnosticLog) {
    self.source = source
    self.log = log
  }

  func peek(_ distance: Int = 0) -> Unicode.Scalar? {
    let index = position + distance
    return index < source.scalars.count ? source.scalars[index] : nil
  }

  mutating func add(_ kind: Token.Kind, from start: Int, isLatex: Bool = false) {
    tokens.append(
      Token(
        kind: kind, range: SourceRange(start, position), isSpaced: isSpaced, isLatex: isLatex))
    isSpaced = false
  }

  private mutating func scan() {
    let start = position
    guard let scalar = peek() else { return }
    switch scalar {
    case "\n":
      position += 1
      add(.newline, from: start)
      isSpaced = true
    case " ", "\t", "\r", "\u{A0}":
      position += 1
      isSpaced = true
    case "$": scanDollar()
    case "#":
      while let next = peek(), next != "\n" { position += 1 }
    case "\\": scanCommand()
    default:
      if scalar.isDigit || (scalar == "." && (peek(1)?.isDigit ?? false)) {
        scanNumber()
      } else if let plain = Self.mathCharacters[scalar] {
        position += 1
        for symbol in plain { add(symbol, from: start, isLatex: true) }
      } else if scalar.isSuperscript {
        scanSuperscript()
      } else if scalar.properties.isAlphabetic {
        scanName()
      } else {
        scanSymbol()
      }
    }
  }

  /// `$…$` around a formula says nothing; a `$` alone has lost its partner.
  private mutating func scanDollar() {
    let start = position
    position += 1
    isSpaced = true
    isInDollars.toggle()
    guard isInDollars, !source.scalars[position...].contains("$") else { return }
    isInDollars = false
    log.error(
      "this '$' has no partner",
      hint: "a LaTeX formula stands between two, $x = z^2$, or without any",
      at: SourceRange(start, position))
    add(.invalid, from: start)
  }

  private mutating func scanNumber() {
    let start = position
    while peek()?.isDigit ?? false { position += 1 }
    if peek() == ".", peek(1) != "." {
      position += 1
      while peek()?.isDigit ?? false { position += 1 }
    }
    let mantissa = position - start
    var exponentDigits = 0
    if peek() == "e" || peek() == "E" {
      let signed = peek(1) == "-" || peek(1) == "+" ? 2 : 1
      if peek(signed)?.isDigit ?? false {
        position += signed
        while peek()?.isDigit ?? false {
          exponentDigits += 1
          position += 1
        }
      }
    }
    let range = SourceRange(start, position)
    if mantissa > LanguageLimits.digits || exponentDigits > 3 {
      log.error(
        "the number has more than \(LanguageLimits.digits) digits or a decimal exponent above 999",
        at: range)
      return add(.invalid, from: start)
    }
    add(.number(source[range]), from: start)
  }

  /// ² and ³ after an operand are powers.
  private mutating func scanSuperscript() {
    let start = position
    var digits = ""
    while let next = peek(), next.isSuperscript {
      digits.append(next.superscriptDigit)
      position += 1
    }
    add(.symbol("^"), from: start, isLatex: true)
    add(.number(digits), from: start, isLatex: true)
  }

  private mutating func scanSymbol() {
    let start = position
    for length in [2, 1] where start + length <= source.scalars.count {
      let text = source[SourceRange(start, start + length)]
      guard let kind = Self.symbols[text] else { continue }
      position += length
      add(kind, from: start)
      return
    }
    position += 1
    let code = "U+" + String(source.scalars[start].value, radix: 16, uppercase: true)
    let isPrintable = source.scalars[start].properties.generalCategory != .control
    log.error(
      "unexpected character \(isPrintable ? "'\(source.scalars[start])' (\(code))" : code)",
      at: SourceRange(start, position))
    add(.invalid, from: start)
  }

  private static let symbols: [String: Token.Kind] = {
    let plain = [
      "+", "-", "*", "/", "^", "%", "(", ")", "[", "]", "{", "}", ",", ":", ";", "=", "==", "!=",
      "<",
      "<=", ">", ">=", "|", "~", "..", "->", "&", "_",
    ]
    var table = Dictionary(uniqueKeysWithValues: plain.map { ($0, Token.Kind.symbol($0)) })
    table["**"] = .symbol("^")
    table["&&"] = .name("and")
    table["<>"] = .symbol("!=")
    return table
  }()

  /// Mathematical characters and what they stand for.
  static let mathCharacters: [Unicode.Scalar: [Token.Kind]] = [
    "−": [.symbol("-")], "·": [.symbol("*")], "⋅": [.symbol("*")], "×": [.symbol("×")],
    "÷": [.symbol("/")], "≤": [.symbol("<=")], "≥": [.symbol(">=")], "≠": [.symbol("!=")],
    "∈": [.name("in")], "∼": [.symbol("~")], "→": [.symbol("->")], "∞": [.name("inf")],
    "ℝ": [.name("R")], "π": [.name("pi")], "√": [.name("sqrt")], "∛": [.name("cbrt")],
    "∖": [.symbol("\\")], "∧": [.name("and")], "∨": [.name("or")], "¬": [.name("not")],
    "σ": [.name("sigma")], "Φ": [.name("Phi")],
  ]
}

extension Unicode.Scalar {
  var isDigit: Bool { self >= "0" && self <= "9" }
  var isSubscript: Bool { self >= "₀" && self <= "₉" }
  /// The plain digit of a subscript.
  var subscriptDigit: Character { Character(String(value - 0x2080)) }
  var isSuperscript: Bool { "⁰¹²³⁴⁵⁶⁷⁸⁹".unicodeScalars.contains(self) }
  /// The plain digit of a superscript.
  var superscriptDigit: Character {
    switch self {
    case "¹": "1"
    case "²": "2"
    case "³": "3"
    default: Character(String(value - 0x2070))
    }
  }
}
