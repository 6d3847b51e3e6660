/// A literal of Python, as the header of a NumPy file is one; tuples count as lists.
enum PythonLiteral: Equatable {
  case string(String)
  case integer(Int)
  case boolean(Bool)
  case list([PythonLiteral])
  case dictionary([String: PythonLiteral])

  /// The literal that is all of `text`; nil for anything else, and for brackets inside of brackets more
  /// than a few times.
  init?(_ text: String) {
    var parser = Parser(rest: text.unicodeScalars[...])
    guard let literal = parser.literal(depth: 8), parser.isAtEnd else { return nil }
    self = literal
  }

  private struct Parser {
    var rest: Substring.UnicodeScalarView

    var isAtEnd: Bool {
      mutating get {
        skipBlanks()
        return rest.isEmpty
      }
    }

    mutating func literal(depth: Int) -> PythonLiteral? {
      skipBlanks()
      guard depth > 0, let first = rest.first else { return nil }
      switch first {
      case "'", "\"": return string().map { .string($0) }
      case "(": return items(until: ")", depth).map { .list($0) }
      case "[": return items(until: "]", depth).map { .list($0) }
      case "{": return dictionary(depth)
      default: return word()
      }
    }

    private mutating func skipBlanks() {
      rest = rest.drop { $0 == " " || $0 == "\n" || $0 == "\t" }
    }

    /// Moves past `scalar`, if it comes next.
    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
      skipBlanks()
      guard rest.first == scalar else { return false }
      rest.removeFirst()
      return true
    }

    private mutating func string() -> String? {
      let quote = rest.removeFirst()
      var text = String.UnicodeScalarView()
      while let scalar = rest.popFirst() {
        if scalar == quote { return String(text) }
        guard scalar == "\\" else {
          text.append(scalar)
          continue
        }
        switch rest.popFirst() {
        case "n": text.append("\n")
        case let escaped? where "\\'\"".unicodeScalars.contains(escaped): text.append(escaped)
        default: return nil
        }
      }
      return nil
    }

    private mutating func items(until end: Unicode.Scalar, _ depth: Int) -> [PythonLiteral]? {
      rest.removeFirst()
      var items: [PythonLiteral] = []
      while !take(end) {
        guard items.isEmpty || take(",") else { return nil }
        if take(end) { return items }
        guard let item = literal(depth: depth - 1) else { return nil }
        items.append(item)
      }
      return items
    }

    private mutating func dictionary(_ depth: Int) -> PythonLiteral? {
      rest.removeFirst()
      var entries: [String: PythonLiteral] = [:]
      while !take("}") {
        guard entries.isEmpty || take(",") else { return nil }
        if take("}") { break }
        guard case .string(let key)? = literal(depth: depth - 1), take(":"),
          let value = literal(depth: depth - 1), entries.updateValue(value, forKey: key) == nil
        else { return nil }
      }
      return .dictionary(entries)
    }

    /// `True`, `False`, or an integer; Python 2 wrote an `L` behind long ones.
    private mutating func word() -> PythonLiteral? {
      let word = String(
        rest.prefix { $0 == "-" || $0.properties.isAlphabetic || ("0"..."9").contains($0) })
      rest.removeFirst(word.unicodeScalars.count)
      if word == "True" { return .boolean(true) }
      if word == "False" { return .boolean(false) }
      return Int(word.hasSuffix("L") ? String(word.dropLast()) : word).map { .integer($0) }
    }
  }
}
