import Exact

extension Expression {
  /// ``simplified(under:)`` with functions of other functions' inverses undone, where that leaves less to
  /// read: u/(1 + u) for sigmoid(log(u)), √(1 + u²) for cosh(asinh(u)).
  public func condensed(under assumptions: Assumptions = Assumptions()) -> Expression {
    let plain = simplified(under: assumptions)
    let hasNestedCalls = plain.contains { part in
      guard case .call(_, let arguments) = part.form else { return false }
      return arguments.contains { argument in
        argument.contains { if case .call = $0.form { true } else { false } }
      }
    }
    guard hasNestedCalls else { return plain }
    return plain.shorter(plain.normalForm(under: assumptions).simplified(under: assumptions))
  }

  /// The shortest in print of the formula as it stands, with its parts simplified, as one fraction
  /// multiplied out, and as one fraction in factors.
  ///
  /// The result equals `self` wherever `self` is defined and the assumptions hold. Functions stay as
  /// they are written; what exceeds the limits is returned as it is.
  public func simplified(under assumptions: Assumptions = Assumptions()) -> Expression {
    guard isNormalisable else { return self }
    return Simplifier(under: assumptions.assumingDefined(self)).simplified(self)
  }

  /// The formula as a rational number times powers of irreducible polynomials in its kernels.
  ///
  /// The result equals `self` wherever `self` is defined and the assumptions hold; what exceeds the
  /// limits is returned as it is.
  public func factored(under assumptions: Assumptions = Assumptions()) -> Expression {
    displayed(under: assumptions) { (field, element) throws(ExactError) in
      try field.factoredForm(of: element)
    }
  }

  /// The formula as one fraction of polynomials in its kernels, multiplied out.
  ///
  /// The result equals `self` wherever `self` is defined and the assumptions hold; what exceeds the
  /// limits is returned as it is.
  public func expanded(under assumptions: Assumptions = Assumptions()) -> Expression {
    displayed(under: assumptions) { (field, element) throws(ExactError) in
      try field.expression(of: element)
    }
  }

  private func displayed(
    under assumptions: Assumptions,
    _ write: (KernelField, RationalFunction) throws(ExactError) -> Expression
  ) -> Expression {
    guard isNormalisable else { return self }
    let field = KernelField(
      for: [self], under: assumptions.assumingDefined(self), style: .display)
    do throws(ExactError) {
      return try write(field, field.read(self))
    } catch {
      return self
    }
  }
}

/// Simplification under one set of assumptions, each part of a formula once.
private final class Simplifier {
  private let assumptions: Assumptions
  private var results: [Expression: Expression] = [:]

  init(under assumptions: Assumptions) { self.assumptions = assumptions }

  func simplified(_ formula: Expression) -> Expression {
    if let known = results[formula] { return known }
    guard EffortLimit.spend(5) else { return formula }
    let inner = withSimplifiedParts(formula)
    var best = formula.shorter(inner)
    if case .piecewise = inner.form {
      results[formula] = inner
      return inner
    }
    let field = KernelField(for: [inner], under: assumptions, style: .display)
    if let element = try? field.read(inner), let tidy = try? field.tidyForm(of: element) {
      best = best.shorter(tidy)
    }
    results[formula] = best
    return best
  }

  /// The arguments of functions, exponents and branches simplified: the parts that one fraction over
  /// the whole formula does not reach.
  private func withSimplifiedParts(_ formula: Expression) -> Expression {
    switch formula.form {
    case .rational, .pi, .symbol: return formula
    case .sum, .product: return formula.mapChildren { withSimplifiedParts($0) }
    case .call(let function, let arguments) where function == .abs || function == .sign:
      let signs = assumptions.signs(of: arguments[0])
      let u = simplified(arguments[0])
      if signs.isNonnegative, function == .abs { return u }
      if signs.isNonpositive, function == .abs { return -u }
      if signs == .positive || signs == .negative { return signs == .positive ? 1 : -1 }
      return .call(function, [u])
    case .call(let function, let arguments)
    where (function == .max || function == .min) && arguments.count == 2:
      let signs = assumptions.signs(of: arguments[0] - arguments[1])
      if signs.isNonnegative { return simplified(arguments[function == .max ? 0 : 1]) }
      if signs.isNonpositive { return simplified(arguments[function == .max ? 1 : 0]) }
      return formula.mapChildren { simplified($0) }
    case .call, .power: return formula.mapChildren { simplified($0) }
    case .finiteSum(let sum):
      return .finiteSum(
        sum.body.simplified(under: assumptions.inside(sum)), over: sum.index,
        from: simplified(sum.lower), to: simplified(sum.upper))
    case .piecewise(let branches): return simplifiedCases(branches)
    }
  }

  /// Branches under their conditions, those that never apply left out.
  private func simplifiedCases(_ branches: [Branch]) -> Expression {
    var known = assumptions
    var kept: [Branch] = []
    for branch in branches {
      let condition = branch.condition.mapExpressions { simplified($0) }.folded
      let truth = known.decide(condition)
      if truth == false { continue }
      let value = branch.value.simplified(under: known.adding(condition))
      kept.append(Branch(value, if: truth == true ? .always : condition))
      if truth == true { break }
      known = known.adding(condition.negation)
    }
    return kept.isEmpty ? .piecewise(branches) : .piecewise(kept)
  }
}
