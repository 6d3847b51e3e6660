/// No two points of the domain have one image: a solver finds nothing that satisfies the question.
public struct SolverEvidence: Sendable {
  /// The question in SMT-LIB, as ``init(_:where:)`` writes it; unknown functions are numbers about which true facts are
  /// asserted.
  public let query: String

  /// The question that stands in a file.
  public init(query: String) { self.query = query }
}
