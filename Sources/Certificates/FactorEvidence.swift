public import Symbolics

/// f = f_L ∘ … ∘ f_1 for maps f_i that the problem does not state, each a bijection onto the next one's
/// domain.
public struct FactorEvidence: Sendable {
  /// f_1, …, f_L with the sets that they map onto.
  public let stages: [Stage]
  /// A certificate for each of them.
  public let parts: [Certificate]
  /// f is the composition of `stages`, each proven by the part at its position.
  public init(stages: [Stage], parts: [Certificate]) {
    self.stages = stages
    self.parts = parts
  }
}
