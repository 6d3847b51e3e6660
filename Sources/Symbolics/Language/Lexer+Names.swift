/// Names with their indices, and LaTeX commands.
extension Lexer {
  /// A name; an index in any spelling, `z1`, `z_1`, `z_{1}`, `z₁`, becomes part of it.
  mutating func scanName() {
    let start = position
    var name = ""
    while let next = peek(), next.isDigit || isLetter(next) {
      if position - start < LanguageLimits.nameLength { name.unicodeScalars.append(next) }
      position += 1
    }
    if position - start > LanguageLimits.nameLength {
      log.error(
        "the name is longer than \(LanguageLimits.nameLength) characters",
        at: SourceRange(start, start + LanguageLimits.nameLength))
    }
    finishName(name, from: start, isLatex: false)
  }

  private func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic && Self.mathCharacters[scalar] == nil
  }

  private mutating func finishName(_ letters: String, from start: Int, isLatex: Bool) {
    var name = letters
    var isLatex = isLatex
    while true {
      if let next = peek(), next.isSubscript {
        name.append(next.subscriptDigit)
        position += 1
        isLatex = true
      } else if peek() == "_", let index = scanIndex() {
        isLatex = isLatex || index.isBraced
        let isNumber = index.text.allSatisfy(\.isNumber)
        name += (isNumber && !(name.last?.isNumber ?? true) ? "" : "_") + index.text
        if isNumber { break }
      } else {
        break
      }
    }
    add(.name(name), from: start, isLatex: isLatex)
  }

  /// The text after an underscore: digits, letters, or either in braces.
  private mutating func scanIndex() -> (text: String, isBraced: Bool)? {
    if peek(1) == "{" {
      var length = 2
      var text = ""
      while let next = peek(length), next.isDigit || next == "," || next == " " || isLetter(next) {
        if next != ",", next != " " { text.unicodeScalars.append(next) }
        length += 1
      }
      guard peek(length) == "}", !text.isEmpty else { return nil }
      position += length + 1
      return (text, true)
    }
    var text = ""
    var length = 1
    let wantsDigits = peek(1)?.isDigit ?? false
    while let next = peek(length), wantsDigits ? next.isDigit : (next.isDigit || isLetter(next)) {
      text.unicodeScalars.append(next)
      length += 1
    }
    if text.isEmpty { return nil }
    position += length
    return (text, false)
  }

  /// What stands after a backslash.
  mutating func scanCommand() {
    let start = position
    position += 1
    guard let next = peek() else { return add(.symbol("\\"), from: start) }
    switch next {
    case "\\":
      position += 1
      add(.symbol("\\\\"), from: start, isLatex: true)
    case ",", ";", "!", ":":
      position += 1
      isSpaced = true
    case "{":
      // `R\{0, 2}` takes values out of a set; after a \setminus it is only a brace.
      if !(tokens.last?.isSymbol("\\") ?? false) { add(.symbol("\\"), from: start) }
      position += 1
      add(.symbol("{"), from: position - 1)
    case "}", "|":
      position += 1
      add(.symbol(String(next)), from: start, isLatex: true)
    default:
      if next.properties.isAlphabetic {
        scanNamedCommand(from: start)
      } else {
        add(.symbol("\\"), from: start)
      }
    }
  }

  private mutating func scanNamedCommand(from start: Int) {
    var name = ""
    while let next = peek(), next.isASCII, next.properties.isAlphabetic {
      name.unicodeScalars.append(next)
      position += 1
    }
    switch name {
    case "frac", "tfrac", "dfrac":
      add(.command("frac"), from: start, isLatex: true)
      scanSingleDigits()
    case "sqrt", "sum": add(.command(name), from: start, isLatex: true)
    case "begin", "end":
      let environment = scanBraced() ?? ""
      add(name == "begin" ? .begin(environment) : .end(environment), from: start, isLatex: true)
    case "mathbb", "mathcal", "mathrm", "mathbf", "operatorname", "boldsymbol", "mathit":
      finishName(scanBraced() ?? "", from: start, isLatex: true)
    case "text", "textrm":
      for word in (scanBraced() ?? "").split(separator: " ") {
        add(.name(String(word)), from: start, isLatex: true)
      }
      isSpaced = true
    default:
      if let plain = Self.commands[name] {
        for kind in plain { add(kind, from: start, isLatex: true) }
        if plain.isEmpty { isSpaced = true }
      } else if Symbol.greekLetters.contains(name.replacing("var", with: "")) {
        finishName(name.replacing("var", with: ""), from: start, isLatex: true)
      } else if FunctionTable.entries[name] != nil {
        add(.name(name), from: start, isLatex: true)
      } else {
        log.error("unknown command '\\\(name)'", at: SourceRange(start, position))
        add(.invalid, from: start)
      }
    }
  }

  /// \frac12 is one half: digits that follow a command at once are arguments of their own.
  private mutating func scanSingleDigits() {
    for _ in 0..<2 {
      guard let digit = peek(), digit.isDigit else { return }
      position += 1
      add(.number(String(digit)), from: position - 1)
    }
  }

  /// The text in braces that follows a command.
  private mutating func scanBraced() -> String? {
    var length = 0
    while peek(length) == " " { length += 1 }
    if let single = peek(length), isLetter(single) {
      position += length + 1
      return String(single)
    }
    guard peek(length) == "{" else { return nil }
    let start = position + length + 1
    while let next = peek(length), next != "}", next != "\n" { length += 1 }
    guard peek(length) == "}" else { return nil }
    let text = source[SourceRange(start, position + length)]
    position += length + 1
    return text
  }

  /// LaTeX commands with a plain meaning; an empty list is white space.
  private static let commands: [String: [Token.Kind]] = [
    "left": [], "right": [], "big": [], "bigl": [], "bigr": [], "Big": [], "Bigl": [], "Bigr": [],
    "quad": [], "qquad": [], "displaystyle": [], "limits": [],
    "cdot": [.symbol("*")], "times": [.symbol("×")], "div": [.symbol("/")], "in": [.name("in")],
    "to": [.symbol("->")], "rightarrow": [.symbol("->")], "longrightarrow": [.symbol("->")],
    "sim": [.symbol("~")], "pi": [.name("pi")], "infty": [.name("inf")],
    "le": [.symbol("<=")], "leq": [.symbol("<=")], "ge": [.symbol(">=")], "geq": [.symbol(">=")],
    "ne": [.symbol("!=")], "neq": [.symbol("!=")], "lt": [.symbol("<")], "gt": [.symbol(">")],
    "lvert": [.symbol("|")], "rvert": [.symbol("|")], "vert": [.symbol("|")],
    "setminus": [.symbol("\\")], "land": [.name("and")], "lor": [.name("or")],
    "neg": [.name("not")], "lnot": [.name("not")], "bmod": [.symbol("%")], "top": [.name("T")],
    "ln": [.name("log")], "arcsin": [.name("asin")], "arccos": [.name("acos")],
    "arctan": [.name("atan")], "lbrace": [.symbol("{")], "rbrace": [.symbol("}")],
    "lfloor": [.name("floor"), .symbol("(")], "rfloor": [.symbol(")")],
  ]
}
