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
  /// For a wrong claim: a point that shows it, where there is one to show. It lies where the claim's
  /// formula has its variables; for an invertible map it is one of two points with one image, or one
  /// that is not a value; it is empty where values of the parameters alone show it.
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
