/// Displayed formulas as an `aligned` environment, for LaTeX and for Markdown.
enum DerivationLatex {
  /// A row whose LaTeX is longer than this is set on several lines.
  private static let longestRow = 170
  /// A row with more LaTeX than this is too long to stand in a display with others.
  private static let longestAligned = 320

  /// Rows that stand in one display, or one row that is too long for that.
  enum Group {
    case aligned([DerivationRow])
    case long(DerivationRow)
  }

  /// The rows in order, those that are too long by themselves.
  static func groups(_ rows: [DerivationRow]) -> [Group] {
    var result: [Group] = []
    for row in rows {
      if parts(of: row).contains(where: { $0.count > longestAligned }) {
        result.append(.long(row))
      } else if case .aligned(let earlier)? = result.last {
        result[result.count - 1] = .aligned(earlier + [row])
      } else {
        result.append(.aligned([row]))
      }
    }
    return result
  }

  /// Whether TeX can break the formula into lines: it breaks neither exponents nor fractions.
  static func canBeBroken(_ latex: String) -> Bool {
    var depth = 0
    var length = 0
    for byte in latex.utf8 {
      if byte == UInt8(ascii: "}") { depth -= 1 }
      length = depth == 0 ? 0 : length + 1
      if length > longestGroup { return false }
      if byte == UInt8(ascii: "{") { depth += 1 }
    }
    return true
  }

  /// An exponent or fraction with more LaTeX than this does not fit a line.
  private static let longestGroup = 200

  /// The sides of the premise and the conclusion, each as a formula of its own.
  static func parts(of row: DerivationRow) -> [String] {
    var result = sides(of: row.premise)
    if result.count > 1 { result[0...1] = [result[0] + " " + result[1]] }
    if let conclusion = row.conclusion {
      var more = sides(of: conclusion)
      if more.count > 1 { more[0...1] = [more[0] + " " + more[1]] }
      more[0] = #"\Rightarrow\quad "# + more[0]
      result += more
    }
    return result
  }

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
    let parts = sides(of: row.premise)
    var line = ([parts[0]] + parts.dropFirst().prefix(1).map { "&" + $0 } + parts.dropFirst(2))
      .joined(separator: " ")
    if parts.count == 1 { line = "& " + line }
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
    let parts = sides(of: row.premise)
    var lines = [parts.count == 1 ? "& " + parts[0] : parts[0] + " &" + parts[1]]
    lines += parts.dropFirst(2).map { "&" + $0 }
    if let conclusion = row.conclusion {
      lines.append(#"&\Rightarrow\quad "# + MathematicsNotation.latex.write(conclusion))
    }
    if let why = row.reason { lines.append(#"&\qquad\text{("# + reason(why) + ")}") }
    return lines
  }

  /// The sides of a chain, each but the first with its sign in front.
  private static func sides(of mathematics: Mathematics) -> [String] {
    let notation = MathematicsNotation.latex
    guard case .chain(let first, let links) = mathematics else {
      return [notation.write(mathematics)]
    }
    return [notation.write(first)]
      + links.map { notation.spell($0.relation) + " " + notation.write($0.side) }
  }
}
