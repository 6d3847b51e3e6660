/// The three notations of sets.
enum SetNotation {
  case text, corpus, exact, latex

  func write(_ expression: Expression) -> String {
    switch self {
    case .text: expression.text
    case .corpus: expression.corpusText
    case .exact: expression.exactText
    case .latex: expression.latex
    }
  }

  func write(_ end: Endpoint) -> String {
    switch end {
    case .minusInfinity: self == .latex ? "-\\infty" : "-inf"
    case .plusInfinity: self == .latex ? "\\infty" : "inf"
    case .open(let value), .closed(let value): write(value)
    }
  }

  func write(_ interval: Interval) -> String {
    if interval.isReals { return self == .latex ? "\\mathbb{R}" : "R" }
    let separator = self == .corpus || self == .exact ? "," : ", "
    return (interval.lower.isClosed ? "[" : "(") + write(interval.lower) + separator
      + write(interval.upper) + (interval.upper.isClosed ? "]" : ")")
  }

  /// A product of intervals, with powers for equal ones in a row: `(0, 1) x R^2`, `[0, 2]^3`.
  func write(_ intervals: [Interval]) -> String {
    var factors: [(interval: Interval, count: Int)] = []
    for interval in intervals {
      if factors.last?.interval == interval {
        factors[factors.count - 1].count += 1
      } else {
        factors.append((interval, 1))
      }
    }
    return factors.map { write($0.interval, power: $0.count) }
      .joined(separator: self == .latex ? " \\times " : " x ")
  }

  private func write(_ interval: Interval, power: Int) -> String {
    if power == 1 { return write(interval) }
    return write(interval) + "^" + (self == .latex && power > 9 ? "{\(power)}" : "\(power)")
  }

  func write(_ region: Region) -> String {
    let box = write(region.intervals)
    if region.isProduct { return box }
    switch self {
    case .text: return "\(box) where \(region.predicate.text)"
    case .corpus: return "\(box) where \(region.predicate.corpusText)"
    case .exact: return "\(box) where \(region.predicate.exactText)"
    case .latex:
      let names = region.coordinates.map(\.latex).joined(separator: ", ")
      let point = region.dimension == 1 ? names : "(\(names))"
      return "\\{ \(point) \\in \(box) : \(region.predicate.latex) \\}"
    }
  }
}

extension Endpoint: CustomStringConvertible {
  /// The end's value as plain text; `inf` or `-inf` when it is infinite.
  public var text: String { SetNotation.text.write(self) }
  /// The end's value in the syntax of the corpus.
  public var corpusText: String { SetNotation.corpus.write(self) }
  /// The end's value in LaTeX.
  public var latex: String { SetNotation.latex.write(self) }
  /// The same as `text`.
  public var description: String { text }
}

extension Interval: CustomStringConvertible {
  /// The interval as plain text: `[0, 2)`, `R`.
  public var text: String { SetNotation.text.write(self) }
  /// The interval in the syntax of the corpus: `(0,inf)`.
  public var corpusText: String { SetNotation.corpus.write(self) }
  /// The interval in LaTeX: `\mathbb{R}`.
  public var latex: String { SetNotation.latex.write(self) }
  /// The same as `text`.
  public var description: String { text }
}

extension Region: CustomStringConvertible {
  /// The region as plain text: `R^3`, `(0, 1) x R`, `R^2 where z1 < z2`.
  public var text: String { SetNotation.text.write(self) }
  /// The region in the syntax of the corpus.
  public var corpusText: String { SetNotation.corpus.write(self) }
  /// The region in the syntax of the corpus, written so that ``Formula/parseRegion(_:coordinates:parameters:file:)``
  /// reads it back as the same region.
  public var exactText: String { SetNotation.exact.write(self) }
  /// The region in LaTeX: `\mathbb{R}^3`.
  public var latex: String { SetNotation.latex.write(self) }
  /// The same as `text`.
  public var description: String { text }
}
