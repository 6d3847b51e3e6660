/// Breaks prose and formulas into lines.
enum TextLines {
  /// Stands for a space at which no line is broken.
  static let fixedSpace: Character = "\u{A0}"

  /// `text` broken at spaces to lines of `width`; the lines after the first start at `hanging`.
  static func wrapped(_ text: String, to width: Int, indent: Int, hanging: Int) -> [String] {
    var lines: [String] = []
    var line = String(repeating: " ", count: indent)
    var isEmpty = true
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if !isEmpty, line.count + 1 + word.count > width, !word.isEmpty {
        while line.last == " " { line.removeLast() }
        lines.append(line)
        line = String(repeating: " ", count: hanging)
        isEmpty = true
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    lines.append(line)
    return lines.map { String($0.map { $0 == fixedSpace ? " " : $0 }) }
  }

  /// A formula within a sentence: its lines end after commas and before relations and signs, and
  /// between factors only where a part without such a place would fill most of a line.
  static func inSentence(_ formula: String, to width: Int) -> String {
    let text = Array(formula)[...]
    let kept = text.indices.map { place in
      isWithinTerm(place, of: text) ? fixedSpace : text[place]
    }
    let isNarrow = kept.split(separator: " ").allSatisfy { $0.count <= width * 2 / 3 }
    return isNarrow ? String(kept) : formula
  }

  /// Whether a single space stands where a line should not be broken if it can be helped.
  private static func isWithinTerm(_ place: Int, of text: ArraySlice<Character>) -> Bool {
    guard text[place] == " ", place > text.startIndex, place + 1 < text.endIndex,
      text[place - 1] != " ", text[place + 1] != " "
    else { return false }
    return (breakKind(in: text, at: place) ?? 3) > 1
  }

  /// A formula after `indent` spaces, broken to lines of `width` before its operators and after its
  /// commas; the lines after the first start at `hanging`.
  static func broken(_ formula: String, to width: Int, indent: Int, hanging: Int) -> [String] {
    var lines: [String] = []
    var rest = Array(formula)[...]
    var start = indent
    while start + rest.count > width, let place = lineBreak(in: rest, before: width - start) {
      let line = String(rest[..<place])
      lines.append(String(repeating: " ", count: start) + line)
      rest = rest[(place + 1)...].drop { $0 == " " }
      start = hanging
    }
    return lines + [String(repeating: " ", count: start) + String(rest)]
  }

  /// The space to break at: the outermost one of those that fill the line well, and of these the
  /// last.
  private static func lineBreak(in text: ArraySlice<Character>, before width: Int) -> Int? {
    var best: (rank: Int, place: Int)?
    var depth = 0
    for place in text.indices.prefix(max(width, 0)) {
      switch text[place] {
      case "(", "[", "{": depth += 1
      case ")", "]", "}": depth -= 1
      case " ":
        guard let kind = breakKind(in: text, at: place) else { continue }
        let isEarly = place - text.startIndex < width / 3
        let rank = 4 * depth + kind + (isEarly ? 1000 : 0)
        if rank <= best?.rank ?? .max { best = (rank, place) }
      default: break
      }
    }
    return best?.place
  }

  /// How well a line may end at a space: after a comma or before a relation, before a sign, between
  /// factors; nil after an operator, or where a line would hold nothing.
  private static func breakKind(in text: ArraySlice<Character>, at place: Int) -> Int? {
    guard place > text.startIndex, place + 1 < text.endIndex else { return nil }
    let before = text[place - 1]
    if before == "," || before == ";" { return 0 }
    if "=<>+-*~([ ".contains(before) { return nil }
    switch text[place + 1] {
    case " ": return nil
    case "=", "<", ">", "~": return 0
    case "+", "-": return 1
    case "*": return 2
    default: return 3
    }
  }
}
