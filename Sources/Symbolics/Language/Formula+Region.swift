extension Formula {
  /// One set in corpus syntax, `(0,inf) x R where x2 > x1`.
  ///
  /// - Parameters:
  ///   - text: the set.
  ///   - coordinates: the names of a point's coordinates, one a factor.
  ///   - parameters: the other names that ends and conditions may use.
  ///   - file: what messages call the text.
  /// - Returns: the set as a region in the coordinates.
  /// - Throws: every error found.
  public static func parseRegion(
    _ text: String, coordinates: [Symbol], parameters: [Symbol], file: String = "set"
  ) throws(ParseFailure) -> Region {
    // A set is read as the domain of a problem, the only place that knows all about sets.
    let value = value(besides: coordinates + parameters)
    let point = coordinates.map(\.name).joined(separator: ", ")
    var statements = parameters.map { "param \($0)" }
    statements.append("(\(point)) in \(text)")
    statements.append("\(value) = \(coordinates.first?.name ?? "0")")
    let source = SourceText(statements.joined(separator: "\n"), file: file)
    // The text must not be able to end its statement and begin another one.
    if text.contains(where: { ";#\n\r".contains($0) }) {
      let log = DiagnosticLog(source)
      log.error("a set holds ';', '#' or a line end", at: SourceRange(0, 1))
      throw log.failure
    }
    return try FlowParser.parse(source, dialect: .corpus, name: file).problems[0].domain
  }

  /// A name that is none of `taken`.
  private static func value(besides taken: [Symbol]) -> Symbol {
    let stems = Set(taken.map(\.stem))
    return (1...).lazy.map { Symbol(String(repeating: "y", count: $0)) }
      .first { !stems.contains($0.stem) }!
  }
}
