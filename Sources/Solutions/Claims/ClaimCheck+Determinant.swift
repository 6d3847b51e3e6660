import Certificates
import Symbolics

extension ClaimCheck {
  /// det Df, where f is differentiable.
  func determinant(_ claimed: Expression, _ needed: [Obligation]) -> Finding {
    same(claimed, needed, as: verdict.determinant, where: .always, named: .notation(.determinant))
  }

  /// log|det Df|, where det Df ≠ 0.
  func logAbsDet(_ claimed: Expression, _ needed: [Obligation]) -> Finding {
    let zeros = verdict.determinant?.zeroSet(under: onDomain) ?? .never
    return same(
      claimed, needed, as: verdict.logAbsDet, where: zeros.negation, named: .notation(.logDet))
  }

  /// The claimed formula is defined wherever the actual one is, and is the same function there.
  private func same(
    _ claimed: Expression, _ needed: [Obligation], as actual: Expression?,
    where place: Predicate, named name: Mathematics
  ) -> Finding {
    guard let actual else { return .open("\(name) is not known.") }
    let ownNeeds = actual.definednessObligations(under: parameters)
    let facts = Predicate.all(
      [place] + ownNeeds.filter(\.indices.isEmpty).compactMap(\.implication))
    let isDefined: Bool
    switch definedness(needed, over: problem.domain, where: facts) {
    case .violated(let witness, let obligation):
      return .wrong(
        """
        \(name.equals(.expression(actual))); at \(Mathematics.vector(witness.point)), a point of \
        \(problem.domain), \(code: obligation.source) is not defined\(setting(witness)).
        """, witness)
    case .unknown: isDefined = false
    case .holds: isDefined = true
    }
    for witness in points(of: problem.domain, trying: [claimed]) {
      guard let right = value(actual, problem.inputs, witness, needing: ownNeeds),
        let wrong = value(claimed, problem.inputs, witness, needing: needed)
      else { continue }
      if differ(right, wrong) {
        return .wrong(
          """
          \(name.equals(.expression(actual))); at \(Mathematics.vector(witness.point)) it \
          is \(right), not \(wrong)\(setting(witness)).
          """, witness)
      }
    }
    let known = onDomain.adding(facts)
    // exp is injective, and may clear logarithms that are hard to compare.
    let isSame =
      claimed.isIdentical(to: actual, under: known)
      || Expression.exp(claimed).isIdentical(to: .exp(actual), under: known)
    return isSame && isDefined
      ? .right("\(name.equals(.expression(actual)))\(proviso(condition)).")
      : .open("It is \(name.equals(.expression(actual))).")
  }
}

extension Obligation {
  /// The guard implies the requirement; nil where the predicate language has no word for that.
  fileprivate var implication: Predicate? {
    predicate.map { .any([guardCondition.negation, $0]) }
  }
}
