/// Writes solutions as Markdown with `$…$` and `$$…$$` mathematics.
public struct MarkdownWriter: Sendable {
  /// A writer; there is nothing to choose.
  public init() {}

  /// The document as Markdown, with a line feed at the end.
  public func write(_ document: SolutionDocument) -> String {
    var paragraphs = ["## \(Self.escaped(document.title))", write(document.headline)]
    paragraphs += document.statement.map { write($0, indent: "") }
    for (index, step) in document.steps.enumerated() {
      paragraphs.append(write(step, number: index + 1))
    }
    paragraphs += document.notes.map { "> **Note:** \(write($0))" }
    return paragraphs.joined(separator: "\n\n") + "\n"
  }

  private func write(_ headline: Headline) -> String {
    let detail = write(headline.detail)
    let joint = detail.isEmpty || detail.first == "." ? "" : " "
    let line = "**Verdict: \(headline.answer)**\(joint)\(detail)"
    guard let certificate = headline.certificate else { return line }
    return line + "  \n*Certificate: \(write(certificate))*"
  }

  private func write(_ step: Step, number: Int) -> String {
    let mark = "\(number). "
    let indent = String(repeating: " ", count: mark.count)
    var head = mark + "**\(write(step.title)).**"
    var rest = step.blocks[...]
    if case .paragraph(let prose)? = rest.first {
      head += " " + write(prose)
      rest = rest.dropFirst()
    }
    return ([head] + rest.map { write($0, indent: indent) }).joined(separator: "\n\n")
  }

  private func write(_ block: Block, indent: String) -> String {
    let lines: [String] =
      switch block {
      case .paragraph(let prose): [write(prose)]
      case .derivation(let rows): ["$$"] + DerivationLatex.lines(rows, reason: reason) + ["$$"]
      case .table(let table): write(table)
      }
    return lines.map { indent + $0 }.joined(separator: "\n")
  }

  private func write(_ table: SolutionTable) -> [String] {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    return [line(table.head.map(cell)), line(table.head.map { _ in "---" })]
      + table.rows.map { line($0.map(cell)) }
  }

  /// A cell must not contain the bar that ends it.
  private func cell(_ prose: Prose) -> String {
    write(prose).split(separator: "|", omittingEmptySubsequences: false).joined(separator: #"\|"#)
  }

  private func write(_ prose: Prose) -> String {
    prose.fragments.map { fragment in
      switch fragment {
      case .words(let words): Self.escaped(words)
      case .mathematics(let mathematics): "$\(MathematicsNotation.latex.write(mathematics))$"
      case .code(let code): Self.code(code)
      }
    }.joined()
  }

  /// Words and mathematics inside a displayed formula.
  private func reason(_ prose: Prose) -> String {
    LatexText.insideMathematics(prose, plain: LatexText.escaped)
  }

  /// Code between more backticks than it has in a row itself.
  private static func code(_ code: String) -> String {
    var longest = 0
    var run = 0
    for character in code {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    let padding = longest > 0 ? " " : ""
    return fence + padding + code + padding + fence
  }

  /// The signs that Markdown reads as markup, with a backslash in front.
  private static func escaped(_ words: String) -> String {
    var result = ""
    for character in words {
      if "\\`*_[]<>$|#~".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }
}
