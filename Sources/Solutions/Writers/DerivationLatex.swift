/// Displayed formulas as an `aligned` environment, for LaTeX and for Markdown.
enum DerivationLatex {
  /// A row whose LaTeX is longer than this is set on several lines.
  private static let longestRow = 170

  /// The environment with a line for each row: premise, `\Rightarrow` conclusion, reason.
  static func lines(_ rows: [DerivationRow], reason: (Prose) -> String) -> [String] {
    let hasArrows = rows.contains { $0.conclusion != nil }
    let flat = rows.map { row(of: $0, hasArrows: hasArrows, reason: reason) }
    let isLong = flat.contains { $0.count > longestRow }
    let body = isLong ? rows.flatMap { stacked($0, reason: reason) } : flat
    return [#"\begin{aligned}"#] + body.map { $0 + #" \\"# } + [#"\end{aligned}"#]
  }

  private static func row(
    of row: DerivationRow, hasArrows: Bool, reason: (Prose) -> String
  ) -> String {
    var line = aligned(row.premise).joined(separator: " ")
    if let conclusion = row.conclusion {
      line += #" && \Rightarrow\quad "# + MathematicsNotation.latex.write(conclusion)
    } else if hasArrows, row.reason != nil {
      line += " &&"
    }
    if let why = row.reason { line += #" && \text{("# + reason(why) + ")}" }
    return line
  }

  /// The parts of a long row, and the sides of its chains, below each other.
  private static func stacked(_ row: DerivationRow, reason: (Prose) -> String) -> [String] {
    var lines = aligned(row.premise)
    if lines.count > 1 { lines[0...1] = [lines[0] + " " + lines[1]] }
    if let conclusion = row.conclusion {
      lines.append(#"&\Rightarrow\quad "# + MathematicsNotation.latex.write(conclusion))
    }
    if let why = row.reason { lines.append(#"&\qquad\text{("# + reason(why) + ")}") }
    return lines
  }

  /// The sides of a chain, the sign of each after the mark at which rows are aligned (the first
  /// only, when they stand on one line).
  private static func aligned(_ mathematics: Mathematics) -> [String] {
    let notation = MathematicsNotation.latex
    guard case .chain(let first, let links) = mathematics else {
      return ["& " + notation.write(mathematics)]
    }
    return [notation.write(first)]
      + links.map { "&" + $0.relation.latex + " " + notation.write($0.side) }
  }
}
