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

  /// A table with its columns aligned. Where that is too wide the last column is broken, or, when the
  /// others leave no room for it, each row becomes a list with the column's name before each cell.
  static func table(
    head: [String], rows: [[String]], to width: Int, indent: Int
  ) -> [String] {
    let all = [head] + rows
    let lines = aligned(all, gap: 3, indent: indent)
    if lines.allSatisfy({ $0.count <= width }) { return lines }
    let starts = aligned(all.map { $0.dropLast() + ["|"] }, gap: 3, indent: indent)
      .map { String($0.dropLast()) }
    let column = starts.map(\.count).max() ?? 0
    guard column <= width / 2 else {
      return Array(rows.map { list($0, head, to: width, indent: indent) }.joined(separator: [""]))
    }
    return zip(starts, all).flatMap { start, row in
      labelled(start, row[row.count - 1], to: width, hanging: column)
    }
  }

  /// The cells of one row below each other, each after its column's name.
  private static func list(
    _ row: [String], _ head: [String], to width: Int, indent: Int
  ) -> [String] {
    let column = indent + (head.map(\.count).max() ?? 0) + 3
    return zip(head, row).flatMap { name, cell -> [String] in
      var label = String(repeating: " ", count: indent) + name
      label += String(repeating: " ", count: column - label.count)
      return labelled(label, cell, to: width, hanging: column)
    }
  }

  private static func labelled(
    _ label: String, _ cell: String, to width: Int, hanging: Int
  ) -> [String] {
    var lines = TextLines.broken(cell, to: width, indent: label.count, hanging: hanging)
    lines[0] = label + lines[0].dropFirst(label.count)
    return lines
  }

  /// Derivations: premises below each other, then the arrows; the reasons follow. A row that is too
  /// long for one line gets a line for each of its parts.
  static func derivation(_ rows: [DerivationRow], writer: TextWriter, indent: Int) -> [String] {
    let hasArrows = rows.contains { $0.conclusion != nil }
    let cells = rows.map { row in
      [writer.write(row.premise)] + (row.conclusion.map { ["=>  " + writer.write($0)] } ?? [])
    }
    let lines =
      hasArrows
      ? aligned(cells, gap: 2, indent: indent)
      : cells.map { String(repeating: " ", count: indent) + $0[0] }
    return zip(zip(lines, cells), rows).flatMap { item, row -> [String] in
      let (line, parts) = item
      let reason = row.reason.map { "(" + writer.write($0) + ")" }
      let whole = line + (reason.map { "  " + $0 } ?? "")
      if whole.count <= writer.widest { return [whole] }
      var lines = sides(of: row.premise, writer: writer, indent: indent)
      for part in parts.dropFirst() {
        lines += TextLines.broken(
          part, to: writer.widest, indent: indent + 4, hanging: indent + 12)
      }
      if let reason {
        lines += TextLines.wrapped(
          reason, to: writer.widest, indent: indent + 4, hanging: indent + 5)
      }
      return lines
    }
  }

  /// A formula on one line, or with the sides of a chain below each other when that is too long.
  private static func sides(
    of mathematics: Mathematics, writer: TextWriter, indent: Int
  ) -> [String] {
    let whole = writer.write(mathematics)
    guard indent + whole.count > writer.widest, case .chain(let first, let links) = mathematics
    else {
      return TextLines.broken(whole, to: writer.widest, indent: indent, hanging: indent + 4)
    }
    let head = writer.write(first)
    let below = min(indent + head.count, 40) + 1
    var start = indent
    var lines: [String] = []
    for (index, link) in links.enumerated() {
      let side = link.relation.text + " " + writer.write(link.side)
      lines += TextLines.broken(
        index == 0 ? head + " " + side : side, to: writer.widest, indent: start,
        hanging: below + 2)
      start = below
    }
    return lines
  }
}
