import Formats
import Symbolics

/// Names and values as options have them: `a,b`, or `u=26.7,type=spiral`, with spaces around them or not. One that holds a
/// comma or an equals sign stands in double quotes, as in `type="spiral, barred"`; a quote in it is written twice.
enum ColumnList {
  /// The names in a list.
  static func names(_ list: String?) -> [String] {
    entries(of: list ?? "", separators: ",").flatMap(\.self)
  }

  /// The two names of `a=b`; nil where it is something else.
  static func pair(_ text: String) -> (String, String)? {
    let entries = entries(of: text, separators: ",=")
    return entries.count == 1 ? pair(entries[0]) : nil
  }

  /// The entries of a list of pairs: each as text and, unless it is something else, as the two sides of `a=b`.
  static func pairs(_ list: String?) -> [(text: String, sides: (String, String)?)] {
    entries(of: list ?? "", separators: ",=").map { ($0.joined(separator: "="), pair($0)) }
  }

  /// A name or a value as ``names(_:)`` and ``pairs(_:)`` read it.
  static func quotedIfNeeded(_ text: String) -> String {
    guard text.contains(where: { ",=\"".contains($0) }) else { return text }
    return "\""
      + text.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }

  private static func pair(_ sides: [String]) -> (String, String)? {
    guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else { return nil }
    return (sides[0], sides[1])
  }

  /// What stands between commas, without empty entries, each in parts between equals signs where these are separators.
  private static func entries(of list: String, separators: String) -> [[String]] {
    var rest = list[...]
    var entries: [[String]] = [[]]
    repeat {
      entries[entries.count - 1].append(part(of: &rest, separators))
      if rest.first == "," { entries.append([]) }
    } while rest.popFirst() != nil
    return entries.filter { $0 != [""] && $0 != [] }
  }

  /// Takes the text up to a separator.
  private static func part(of rest: inout Substring, _ separators: String) -> String {
    rest = rest.drop { $0 == " " }
    if let (text, left) = quoted(rest, separators) {
      rest = left
      return text
    }
    let end = rest.firstIndex { separators.contains($0) } ?? rest.endIndex
    var text = rest[..<end]
    while text.last == " " { text.removeLast() }
    rest = rest[end...]
    return String(text)
  }

  /// The text in quotes that the list begins with, and what follows; nil where a quote is only a character.
  private static func quoted(
    _ list: Substring, _ separators: String
  ) -> (text: String, rest: Substring)? {
    guard list.first == "\"" else { return nil }
    var text = ""
    var rest = list.dropFirst()
    while let character = rest.popFirst() {
      if character != "\"" || rest.first == "\"" {
        if character == "\"" { rest.removeFirst() }
        text.append(character)
        continue
      }
      rest = rest.drop { $0 == " " }
      return rest.first.map(separators.contains) ?? true ? (text, rest) : nil
    }
    return nil
  }

  /// Ends the command where a name is not that of a column, or is there twice.
  static func check(_ names: [String], of table: Table) throws {
    for (index, name) in names.enumerated() {
      guard table.columnNames.contains(name) else {
        let near = Spelling.nearest(to: name, among: table.columnNames)
        throw CommandFailure.usage(
          "there is no column '\(name)'",
          hint: near.map { "did you mean '\($0)'?" }
            ?? "the columns are \(table.columnNames.joined(separator: ", "))")
      }
      if names[..<index].contains(name) {
        throw CommandFailure.usage("column '\(name)' is named twice")
      }
    }
  }
}
