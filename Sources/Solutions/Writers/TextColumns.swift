/// Lines of cells, each column as wide as its widest cell.
enum TextColumns {
  /// A cell wider than this does not widen its column: it would push the others off the page.
  private static let widestAligned = 56

  /// Rows of any lengths with their columns aligned.
  static func aligned(_ rows: [[String]], gap: Int, indent: Int) -> [String] {
    var widths: [Int] = []
    for row in rows {
      for (column, cell) in row.dropLast().enumerated() {
        if column == widths.count { widths.append(0) }
        if cell.count <= widestAligned { widths[column] = max(widths[column], cell.count) }
      }
    }
    let margin = String(repeating: " ", count: indent)
    return rows.map { row in
      var line = margin
      for (column, cell) in row.enumerated() {
        line += cell
        if column < row.count - 1 {
          line += String(repeating: " ", count: max(0, widths[column] - cell.count) + gap)
        }
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// Derivations: premises below each other, then the arrows, then the reasons. A row that is too
  /// long for one line gets a line for each of its parts.
  static func derivation(_ rows: [DerivationRow], writer: TextWriter, indent: Int) -> [String] {
    let hasArrows = rows.contains { $0.conclusion != nil }
    let cells = rows.map { row in
      var parts = [writer.write(row.premise)]
      if let conclusion = row.conclusion { parts.append("=>  " + writer.write(conclusion)) }
      if let reason = row.reason {
        if hasArrows && row.conclusion == nil { parts.append("") }
        parts.append("(" + writer.write(reason) + ")")
      }
      return parts
    }
    let margin = String(repeating: " ", count: indent)
    return zip(aligned(cells, gap: 2, indent: indent), cells).flatMap { line, parts in
      if line.count <= writer.width { return [line] }
      return [margin + parts[0]]
        + parts.dropFirst().filter { !$0.isEmpty }.map { margin + "    " + $0 }
    }
  }
}
