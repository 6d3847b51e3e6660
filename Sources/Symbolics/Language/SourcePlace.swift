/// A piece of a text for messages: its line and column, and the line itself.
public struct SourcePlace: Hashable, Sendable {
  /// The name of the text.
  public let file: String
  /// The line of the first character, counted from 1.
  public let line: Int
  /// The column of the first character, counted from 1.
  public let column: Int
  /// The number of characters marked, at least 1.
  public let length: Int
  /// The line, or the part of a long one around the place.
  public let excerpt: String
  /// Where in the excerpt the place is, counted from 0.
  public let excerptStart: Int

  init(_ range: SourceRange, in source: SourceText) {
    let location = source.location(of: range.lower)
    file = source.file
    line = location.line
    column = location.column
    length = max(1, min(range.upper, location.lineRange.upper) - range.lower)
    (excerpt, excerptStart) = Self.excerpt(
      of: location.lineRange, around: location.column, in: source)
  }

  /// As wide as the number of the line.
  var margin: String { String(repeating: " ", count: String(line).count) }

  /// The line with its number, and carets under the place.
  var picture: String {
    let visible = max(1, min(length, excerpt.count - excerptStart))
    let carets =
      String(repeating: " ", count: excerptStart) + String(repeating: "^", count: visible)
    return " \(line) | \(excerpt)\n \(margin) | \(carets)"
  }

  /// The part of a line around a place, and the place in it: no control characters, at most
  /// `widest` characters.
  private static func excerpt(
    of line: SourceRange, around column: Int, in source: SourceText
  ) -> (text: String, start: Int) {
    let widest = 110
    let length = line.upper - line.lower
    let start = min(column - 1, length)
    let first = length <= widest ? 0 : max(0, min(start - 30, length - widest))
    let window = source.scalars[(line.lower + first)..<min(line.upper, line.lower + first + widest)]
    let characters = window.map { scalar in
      scalar.properties.generalCategory == .control ? " " : Character(scalar)
    }
    return (String(characters), start - first)
  }
}
