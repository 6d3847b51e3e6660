/// The lines of a text, or the rows of an array, that the rows of a table were read from: runs of rows on consecutive
/// ones.
struct RowLines: Sendable {
  /// Whether they are lines of a text.
  let areOfText: Bool
  private struct Run { let row, line: Int }

  private var runs: [Run] = []
  private(set) var rowCount = 0

  init(ofText: Bool = true) { areOfText = ofText }

  /// Adds rows on consecutive lines, the first of them on `line`.
  mutating func append(rows: Int, from line: Int) {
    guard rows > 0 else { return }
    if runs.last.map({ $0.line + rowCount - $0.row }) != line {
      runs.append(Run(row: rowCount, line: line))
    }
    rowCount += rows
  }

  /// Adds the rows of another part of the file.
  mutating func append(_ other: RowLines) {
    for (index, run) in other.runs.enumerated() {
      let end = index + 1 < other.runs.count ? other.runs[index + 1].row : other.rowCount
      append(rows: end - run.row, from: run.line)
    }
  }

  /// The line, or the row of the array, of a row, which is counted from 0 and the other from 1.
  func line(ofRow row: Int) -> Int {
    precondition(row >= 0 && row < rowCount, "row \(row) of \(rowCount)")
    var (low, high) = (0, runs.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if runs[middle].row <= row { low = middle } else { high = middle }
    }
    return runs[low].line + row - runs[low].row
  }
}
