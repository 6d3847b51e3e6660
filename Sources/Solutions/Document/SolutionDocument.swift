/// A worked solution as data: the verdict, then numbered steps, then notes. ``TextWriter``,
/// ``MarkdownWriter`` and ``LatexWriter`` write the same document in their formats.
public struct SolutionDocument: Sendable, Hashable {
  /// The problem's name.
  public var title: String
  /// The answer in one line.
  public var headline: Headline
  /// The map with its domain and codomain.
  public var statement: [Block]
  /// The steps, numbered from 1.
  public var steps: [Step]
  /// Remarks that no step depends on.
  public var notes: [Prose]

  /// A document of these parts.
  public init(
    title: String, headline: Headline, statement: [Block] = [], steps: [Step] = [],
    notes: [Prose] = []
  ) {
    self.title = title
    self.headline = headline
    self.statement = statement
    self.steps = steps
    self.notes = notes
  }
}

/// The verdict in a line: `INVERTIBLE (a bijection R^3 -> R^3).   certificate: …`
public struct Headline: Sendable, Hashable {
  /// How the answer reads to someone who hoped for yes; terminals colour by it.
  public enum Tone: Sendable, Hashable { case yes, no, depends, unknown }

  /// What terminals colour the answer by.
  public let tone: Tone
  /// The answer in capitals.
  public let answer: String
  /// What follows the answer, up to and with the full stop.
  public let detail: Prose
  /// What the verdict rests on.
  public let certificate: Prose?

  /// The verdict `answer`, continued by `detail`.
  public init(_ tone: Tone, _ answer: String, detail: Prose, certificate: Prose?) {
    self.tone = tone
    self.answer = answer
    self.detail = detail
    self.certificate = certificate
  }
}

/// One numbered step.
public struct Step: Sendable, Hashable {
  /// What the step does; no full stop at the end.
  public let title: Prose
  /// What the step shows, from top to bottom.
  public var blocks: [Block]

  /// A step with these blocks.
  public init(_ title: Prose, _ blocks: [Block]) {
    self.title = title
    self.blocks = blocks
  }
}

/// A part of a step.
public enum Block: Sendable, Hashable {
  case paragraph(Prose)
  /// Displayed formulas, one a row, their columns aligned.
  case derivation([DerivationRow])
  case table(SolutionTable)

  /// One displayed formula.
  public static func formula(_ formula: Mathematics, because reason: Prose? = nil) -> Block {
    .derivation([DerivationRow(formula, because: reason)])
  }
}

/// `premise  =>  conclusion   (reason)`, or a formula that stands alone.
public struct DerivationRow: Sendable, Hashable {
  /// The formula, or what the conclusion follows from.
  public let premise: Mathematics
  /// What follows from the premise; nil for a formula that stands alone.
  public let conclusion: Mathematics?
  /// Why, without the parentheses around it.
  public let reason: Prose?

  /// The row `premise => conclusion (reason)`.
  public init(_ premise: Mathematics, gives conclusion: Mathematics? = nil, because reason: Prose?)
  {
    self.premise = premise
    self.conclusion = conclusion
    self.reason = reason
  }
}

/// A table with a head; every row has as many cells as the head.
public struct SolutionTable: Sendable, Hashable {
  /// The columns' names.
  public let head: [Prose]
  /// The cells, row after row.
  public let rows: [[Prose]]

  /// - Parameters:
  ///   - head: the columns' names, at least one.
  ///   - rows: the cells.
  public init(head: [Prose], rows: [[Prose]]) {
    precondition(!head.isEmpty, "a table needs at least one column")
    for row in rows {
      precondition(row.count == head.count, "\(row.count) cells in a table of \(head.count)")
    }
    self.head = head
    self.rows = rows
  }
}
