/// Successive halving (Jamieson and Talwalkar 2016): all candidates are trained for a short while, the better half of
/// them for twice as long, and so on until one is left.
///
/// Each trial is a whole fit, whose rate falls to 0: how good a flow is in the middle of its schedule says little.
struct ArchitectureSearch {
  /// A plan for each candidate.
  let candidates: [FitPlan]

  /// All trials together take this share of the time, or of the steps of the fit they come before.
  static let share = 0.4
  /// Fewer steps say nothing.
  private static let fewestSteps = 100

  /// How many candidates each round has: all, half of them, and so on down to two.
  var roundSizes: [Int] {
    var sizes = [candidates.count]
    while sizes.last! > 2 { sizes.append((sizes.last! + 1) / 2) }
    return sizes
  }

  /// The number of trials in all rounds.
  var trialCount: Int { roundSizes.reduce(0, +) }

  /// A candidate that is to be trained.
  struct Trial {
    let candidate: Int
    /// From 0
    let round: Int
    let plan: FitPlan
  }

  /// The trial that comes after others; nil where all are done.
  ///
  /// - Parameter outcomes: what validation rows said in the trials so far, in their order; nil for a gradient that
  ///   stayed not finite.
  func trial(after outcomes: [Double?]) -> Trial? {
    var start = 0
    var field = Array(candidates.indices)
    for (round, size) in roundSizes.enumerated() {
      if outcomes.count < start + size {
        let candidate = field[outcomes.count - start]
        let plan = plan(candidate, share: Self.share / Double(roundSizes.count * size))
        return Trial(candidate: candidate, round: round, plan: plan)
      }
      let ranked = ranking(field, outcomes[start..<start + size])
      start += size
      field = round + 1 < roundSizes.count ? ranked.prefix(roundSizes[round + 1]).sorted() : ranked
    }
    return nil
  }

  /// The best candidate of the last round.
  ///
  /// - Parameter outcomes: of all trials.
  func winner(_ outcomes: [Double?]) -> Int {
    var start = 0
    var field = Array(candidates.indices)
    for size in roundSizes {
      field = ranking(Array(field.prefix(size)).sorted(), outcomes[start..<start + size])
      start += size
    }
    return field[0]
  }

  /// The best first; of equals the one that is named first.
  private func ranking(_ field: [Int], _ outcomes: ArraySlice<Double?>) -> [Int] {
    let scored = zip(field, outcomes).map { (candidate: $0, value: $1 ?? -.infinity) }
    return scored.sorted { ($1.value, $0.candidate) < ($0.value, $1.candidate) }.map(\.candidate)
  }

  private func plan(_ candidate: Int, share: Double) -> FitPlan {
    var plan = candidates[candidate]
    plan.members = 1
    plan.steps = max(Self.fewestSteps, Int(share * Double(plan.steps)))
    plan.timeBudget = plan.timeBudget.map { $0 * share }
    return plan
  }
}

/// A short fit of one architecture, to compare it with others.
public struct SearchTrial: Hashable, Sendable, Codable {
  /// Which flow.
  public let architecture: Architecture
  /// The round, from 1: in each one the better half of the last one is trained for twice as long.
  public let round: Int
  /// The number of steps that were taken.
  public let steps: Int
  /// The mean log-density of the validation rows; nil where gradients stayed not finite.
  public let validation: Double?
}
