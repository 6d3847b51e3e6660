/// Writes solutions as plain text with aligned columns, for terminals and files.
public struct TextWriter: Sendable {
  /// Prose is wrapped at this column.
  public var width: Int
  /// Formulas and tables may go on up to this column.
  public var widest: Int
  /// Whether the verdict is coloured by the escape sequences of terminals.
  public var isColored: Bool

  /// - Parameters:
  ///   - width: the column to wrap prose at.
  ///   - widest: the column up to which formulas and tables may go on.
  ///   - isColored: whether to use the escape sequences of terminals.
  public init(width: Int = 100, widest: Int? = nil, isColored: Bool = false) {
    self.width = width
    self.widest = widest ?? width + 16
    self.isColored = isColored
  }

  /// The document as text, with a line feed at the end.
  public func write(_ document: SolutionDocument) -> String {
    var lines = write(document.headline)
    lines += document.statement.flatMap { write($0, indent: 3) }
    for (index, step) in document.steps.enumerated() { lines += write(step, number: index + 1) }
    for note in document.notes { lines += wrapped("Note: " + fixed(note), indent: 0, hanging: 6) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func write(_ headline: Headline) -> [String] {
    let label = "Verdict: "
    let detail = write(headline.detail)
    let joint = detail.isEmpty || detail.first == "." ? "" : " "
    let plain = label + headline.answer + joint + detail
    var lines = TextLines.broken(plain, to: widest, indent: 0, hanging: label.count)
    if let certificate = headline.certificate {
      let evidence = "certificate: " + write(certificate)
      let column = 61
      let gap = max(column - plain.count, 3)
      if plain.count + gap + evidence.count <= min(widest, max(width, column + evidence.count)) {
        lines = [plain + String(repeating: " ", count: gap) + evidence]
      } else {
        lines += wrapped(evidence, indent: 3, hanging: 6)
      }
    }
    let start = label + headline.answer
    guard lines[0].hasPrefix(start) else { return lines }
    lines[0] =
      label + colored(headline.answer, headline.tone) + lines[0].dropFirst(start.count)
    return lines
  }

  private func colored(_ answer: String, _ tone: Headline.Tone) -> String {
    guard isColored else { return answer }
    let code =
      switch tone {
      case .yes: "32"
      case .no: "31"
      case .depends: "33"
      case .unknown: "36"
      }
    return "\u{1B}[1;\(code)m\(answer)\u{1B}[0m"
  }

  private func write(_ step: Step, number: Int) -> [String] {
    let head = "\(number). \(fixed(step.title))."
    let indent = "\(number). ".count
    guard let first = step.blocks.first else { return wrapped(head, indent: 0, hanging: indent) }
    var rest = step.blocks[...]
    var lines: [String]
    if let inline = inlineText(of: first), rest.count == 1 || !inline.isFormula,
      !inline.isFormula || head.count + 2 + inline.text.count <= width
    {
      lines = wrapped(head + "  " + inline.text, indent: 0, hanging: indent)
      rest = rest.dropFirst()
    } else {
      lines = wrapped(head, indent: 0, hanging: indent)
    }
    return lines + rest.flatMap { write($0, indent: indent) }
  }

  /// What may follow a step's title on the same line: words, or one formula without a reason.
  private func inlineText(of block: Block) -> (text: String, isFormula: Bool)? {
    switch block {
    case .paragraph(let prose): (fixed(prose), false)
    case .derivation(let rows) where rows.count == 1 && rows[0].conclusion == nil:
      rows[0].reason == nil ? (write(rows[0].premise), true) : nil
    default: nil
    }
  }

  private func write(_ block: Block, indent: Int) -> [String] {
    switch block {
    case .paragraph(let prose): wrapped(fixed(prose), indent: indent, hanging: indent)
    case .derivation(let rows): TextColumns.derivation(rows, writer: self, indent: indent + 2)
    case .table(let table):
      TextColumns.table(
        head: table.head.map(write), rows: table.rows.map { $0.map(write) }, to: widest,
        indent: indent)
    }
  }

  func write(_ mathematics: Mathematics) -> String { MathematicsNotation.text.write(mathematics) }

  func write(_ prose: Prose) -> String {
    prose.fragments.map { fragment in
      switch fragment {
      case .words(let words): words
      case .mathematics(let mathematics): write(mathematics)
      case .code(let code): "`\(code)`"
      }
    }.joined()
  }

  /// The sentence with its short formulas kept on one line each, and the products of longer ones.
  private func fixed(_ prose: Prose) -> String {
    let longest = 24
    return prose.fragments.map { fragment in
      let text = write(Prose([fragment]))
      guard case .mathematics = fragment else { return text }
      if text.count > longest { return TextLines.inSentence(text, to: width) }
      return String(text.map { $0 == " " ? TextLines.fixedSpace : $0 })
    }.joined()
  }

  private func wrapped(_ text: String, indent: Int, hanging: Int) -> [String] {
    TextLines.wrapped(text, to: width, indent: indent, hanging: hanging)
  }
}

extension Prose {
  /// The sentence as plain text on one line.
  public var text: String { TextWriter().write(self) }
}
