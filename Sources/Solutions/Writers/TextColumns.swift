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

  /// Formulas may pass the column at which prose is wrapped by this much.
  private static let overhang = 16

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
    let margin = String(repeating: " ", count: indent)
    return zip(zip(lines, cells), rows).flatMap { item, row -> [String] in
      let (line, parts) = item
      let reason = row.reason.map { "(" + writer.write($0) + ")" }
      let whole = line + (reason.map { "  " + $0 } ?? "")
      if whole.count <= writer.width + overhang { return [whole] }
      let rest = parts.dropFirst() + [reason].compactMap { $0 }
      return sides(of: row.premise, writer: writer, indent: indent)
        + rest.map { margin + "    " + $0 }
    }
  }

  /// A formula on one line, or with the sides of a chain below each other when that is too long.
  private static func sides(
    of mathematics: Mathematics, writer: TextWriter, indent: Int
  ) -> [String] {
    let margin = String(repeating: " ", count: indent)
    let whole = margin + writer.write(mathematics)
    guard whole.count > writer.width + overhang, case .chain(let first, let links) = mathematics
    else { return [whole] }
    let head = margin + writer.write(first)
    let lines = links.map { $0.relation.text + " " + writer.write($0.side) }
    let below = String(repeating: " ", count: min(head.count, 40) + 1)
    return [head + " " + lines[0]] + lines.dropFirst().map { below + $0 }
  }
}
