public import Symbolics

/// What is found of one claim.
public struct ClaimAnswer: Sendable {
  /// Whether the claim holds.
  public enum Judgement: String, Sendable {
    case right, wrong, undecided
  }

  /// The claim.
  public let claim: Claim
  /// Whether it holds.
  public let judgement: Judgement
  /// Why, in one or more sentences.
  public let reason: Prose
  /// For a wrong claim: a point at which it fails, in the variables of the claim's formula, where
  /// there is one to show.
  public let witness: Witness?

  /// `Right. …`
  var sentence: Prose {
    switch judgement {
    case .right: "Right. \(reason)"
    case .wrong: "Wrong. \(reason)"
    case .undecided: "Not decided. \(reason)"
    }
  }
}
