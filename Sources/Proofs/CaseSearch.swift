import Certificates
import Exact
import Symbolics

/// A map that depends on parameters: comparisons of the parameters cut it into cases until each case
/// is settled. The comparisons on the way to the cases of one kind make up the condition for it.
struct CaseSearch {
  /// Cases within cases beyond this are given up.
  private static let depthLimit = 5

  /// The cases that may still be looked at.
  private var budget = 40
  /// What was found out about a case already.
  private var known: [Case: Found] = [:]

  /// The map for some of the parameter values.
  private struct Case: Hashable {
    let problem: Problem
    let facts: [Predicate]
  }

  /// What the strategies say of a case.
  private struct Found {
    let verdict: Verdict
    let conditions: [Predicate]
  }

  /// The verdict by cases, if every case is settled.
  ///
  /// - Parameters:
  ///   - context: the map, which no strategy settles for all parameter values.
  ///   - suggested: conditions under which strategies would settle it.
  mutating func verdict(_ context: ProofContext, suggested: [Predicate]) -> Verdict? {
    split(context, suggested, depth: Self.depthLimit)?.verdict
  }

  /// The verdict by the two sides of the condition, if a strategy settles each as it is.
  mutating func verdict(_ context: ProofContext, on condition: Predicate) -> Verdict? {
    let candidates = CaseCandidates(context: context, suggested: [condition])
    guard let plain = candidates.plainSuggestion else { return nil }
    let sides = [plain, plain.negation].map { context.restricted(to: $0) }
    return joined(plain, sides, depth: 0)?.verdict
  }

  private mutating func split(_ context: ProofContext, _ suggested: [Predicate], depth: Int)
    -> SettledCase?
  {
    guard depth > 0 else { return nil }
    let conditions = CaseCandidates(context: context, suggested: suggested).conditions()
    // A condition is worth following whose one side is settled without more cases.
    for condition in conditions {
      let sides = [condition, condition.negation].map { context.restricted(to: $0) }
      guard sides.contains(where: { settled($0, depth: 0) != nil }) else { continue }
      if let joined = joined(condition, sides, depth: depth - 1) { return joined }
    }
    for condition in conditions {
      let sides = [condition, condition.negation].map { context.restricted(to: $0) }
      if let joined = joined(condition, sides, depth: depth - 1) { return joined }
    }
    return nil
  }

  private mutating func joined(_ condition: Predicate, _ sides: [ProofContext], depth: Int)
    -> SettledCase?
  {
    guard let ifTrue = settled(sides[0], depth: depth),
      let ifFalse = settled(sides[1], depth: depth)
    else { return nil }
    return SettledCase(condition, ifTrue: ifTrue, ifFalse: ifFalse)
  }

  private mutating func settled(_ context: ProofContext, depth: Int) -> SettledCase? {
    guard let found = found(context) else { return nil }
    return SettledCase(found.verdict) ?? split(context, found.conditions, depth: depth)
  }

  private mutating func found(_ context: ProofContext) -> Found? {
    let key = Case(problem: context.problem, facts: context.facts)
    if let found = known[key] { return found }
    guard budget > 0 else { return nil }
    budget -= 1
    let found = EffortLimit.within(EffortLimit.remaining / 4) { verified(context) }
    known[key] = found
    return found
  }

  /// What strategies say of one case; without a closed inverse where only that makes it verifiable.
  private func verified(_ context: ProofContext) -> Found {
    let (verdict, conditions) = Prover.uncut(context)
    guard verdict.inverse != nil, context.usesClosedInverses, let certificate = verdict.certificate,
      !CertificateChecker.check(
        certificate, proving: verdict, for: context.problem, where: context.facts
      ).holds
    else { return Found(verdict: verdict, conditions: conditions) }
    let plain = ProofContext(context.problem, where: context.facts, usesClosedInverses: false)
    return Found(verdict: Prover.uncut(plain).verdict, conditions: conditions)
  }
}

/// A verdict that leaves nothing open for some of the parameter values.
struct SettledCase {
  let verdict: Verdict
  private let kind: ConditionalKind

  /// The case that a verdict settles; nil if it does not.
  init?(_ verdict: Verdict) {
    switch verdict.kind {
    case .undecided, .illPosed: return nil
    case .conditional:
      guard let condition = verdict.condition, let ifTrue = verdict.kindIfTrue,
        let ifFalse = verdict.kindIfFalse
      else { return nil }
      kind = ConditionalKind(condition, ifTrue: ifTrue, ifFalse: ifFalse)
    case .bijective, .injectiveNotSurjective, .notInjective:
      kind = ConditionalKind(always: verdict.kind)
    }
    guard verdict.certificate != nil else { return nil }
    self.verdict = verdict
  }

  /// Both sides of a condition.
  init?(_ condition: Predicate, ifTrue: SettledCase, ifFalse: SettledCase) {
    guard let first = ifTrue.verdict.certificate, let second = ifFalse.verdict.certificate else {
      return nil
    }
    let sides = [ifTrue, ifFalse].sorted { $0.rank < $1.rank }
    var verdict = Verdict(
      kind: .conditional, injective: Self.joined(sides.map(\.verdict.injective)),
      surjective: Self.joined(sides.map(\.verdict.surjective)),
      strategy: sides[0].verdict.strategy)
    if let kind = ConditionalKind(split: condition, ifTrue: ifTrue.kind, ifFalse: ifFalse.kind) {
      self.kind = kind
      verdict.condition = kind.condition
      verdict.kindIfTrue = kind.ifTrue
      verdict.kindIfFalse = kind.ifFalse
    } else {
      guard ifTrue.kind.kinds == ifFalse.kind.kinds, ifTrue.kind.kinds.count == 1 else {
        return nil
      }
      kind = ifTrue.kind
      verdict.kind = kind.ifTrue
    }
    let best = sides.filter { $0.rank == sides[0].rank && $0.rank < 2 }
    verdict.inverse = Self.common(best.map(\.verdict.inverse))
    verdict.image = Self.common(best.map(\.verdict.image))
    verdict.certificate = .condition(condition, ifTrue: first, ifFalse: second)
    self.verdict = verdict
  }

  /// 0 where f is, or may be, a bijection.
  private var rank: Int {
    switch kind.ifTrue {
    case .bijective: 0
    case .injectiveNotSurjective: 1
    case .notInjective, .conditional, .undecided, .illPosed: 2
    }
  }

  private static func common<Value: Equatable>(_ values: [Value?]) -> Value? {
    guard let first = values.first, values.allSatisfy({ $0 == first }) else { return nil }
    return first
  }

  private static func joined(_ answers: [Verdict.Answer]) -> Verdict.Answer {
    if answers[0] == answers[1] { return answers[0] }
    return answers.contains(.undecided) ? .undecided : .conditional
  }
}
