import Certificates
import Symbolics

/// A variable that drops out of every formula on a set: f is constant along it there.
struct CollapseStrategy: Strategy {
  let name = "collapse"

  func attempt(_ context: ProofContext) -> StrategyOutcome {
    for finding in Collapse.findings(context) {
      guard let (first, second) = finding.pair(context) else { continue }
      var verdict = Verdict(
        kind: .notInjective, injective: .no, surjective: .undecided, strategy: name)
      verdict.certificate = .collision(
        CollisionEvidence(
          first: first, second: second, image: context.image(of: first),
          reasons: [.collapse(variable: finding.variable, where: finding.condition)]))
      return .settled(verdict)
    }
    return .stopped("no variable drops out of all formulas on a visible set")
  }
}

/// On the set where `fixed` = `value`, no formula contains `variable`.
struct Collapse {
  let variable: Symbol
  let fixed: Symbol?
  let value: Expression

  var condition: Predicate {
    fixed.map { .compare(Expression($0), .equal, value) } ?? .always
  }

  /// The collapses visible after fixing at most one other coordinate at a small value.
  static func findings(_ context: ProofContext) -> [Collapse] {
    var result: [Collapse] = []
    for variable in context.inputs {
      if context.formulas.allSatisfy({ !$0.contains(variable) }) {
        result.append(Collapse(variable: variable, fixed: nil, value: .zero))
        continue
      }
      for fixed in context.inputs where fixed != variable {
        for value in [Expression.zero, 1, -1] {
          let drops = context.formulas.allSatisfy { formula in
            !formula.substituting(fixed, by: value).simplified(under: context.assumptions)
              .contains(variable)
          }
          if drops { result.append(Collapse(variable: variable, fixed: fixed, value: value)) }
        }
      }
    }
    return result
  }

  /// Two points of the domain in the set that differ in `variable` alone.
  func pair(_ context: ProofContext) -> ([Expression], [Expression])? {
    let position = context.inputs.firstIndex(of: variable)!
    for point in context.points(of: context.domain, 60) {
      var first = point
      if let fixed { first[context.inputs.firstIndex(of: fixed)!] = value }
      for other in [Expression.one, 2, -1, .rational(1, 2), .zero, 3] where other != first[position]
      {
        var second = first
        second[position] = other
        if context.domainContains(first), context.domainContains(second) { return (first, second) }
      }
    }
    return nil
  }
}
