import Formats
import Symbolics

/// Names of columns as options have them: `a,b`.
enum ColumnList {
  /// The names in a list, without spaces around them.
  static func names(_ list: String?) -> [String] {
    (list ?? "").split(separator: ",").map { part in
      String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// The two names of `a=b`; nil where it is something else.
  static func pair(_ text: String) -> (String, String)? {
    let sides = text.split(separator: "=", omittingEmptySubsequences: false)
    guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else { return nil }
    return (String(sides[0]), String(sides[1]))
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
