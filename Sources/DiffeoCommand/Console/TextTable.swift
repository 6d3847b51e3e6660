/// Rows of cells with their columns aligned, for terminals.
enum TextTable {
  /// The rows as lines; a column is as wide as its widest cell, up to 60 characters.
  static func lines(_ rows: [[String]], gap: Int = 3) -> [String] {
    let rows = rows.map { $0.map(\.printable) }
    var widths: [Int] = []
    for row in rows {
      for (column, cell) in row.dropLast().enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], min(cell.count, 60))
      }
    }
    return rows.map { row in
      row.enumerated().map { column, cell in
        column == row.count - 1
          ? cell
          : cell + String(repeating: " ", count: max(widths[column] - cell.count, 0) + gap)
      }.joined()
    }
  }
}
