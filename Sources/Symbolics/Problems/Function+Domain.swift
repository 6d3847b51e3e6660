import Exact

extension Function {
  /// What the argument of a one-argument function must satisfy for the value to be real; nil for
  /// functions that are defined everywhere.
  public var argumentRequirement: Obligation.Requirement? {
    switch self {
    case .log: .positive
    case .log1p: .within(Interval(.open(-1), .plusInfinity))
    case .tan: .cosineNonzero
    case .asin, .acos: .within(Interval(.closed(-1), .closed(1)))
    case .acosh: .within(Interval(.closed(1), .plusInfinity))
    case .atanh, .erfinv: .within(Interval(.open(-1), .open(1)))
    case .norminv, .logit: .within(Interval(.open(0), .open(1)))
    case .lambertw(let branch):
      .within(Interval(.closed(-.exp(-1)), branch == 0 ? .plusInfinity : .open(0)))
    case .exp, .expm1, .abs, .sign, .floor, .realRoot, .sin, .cos, .atan, .sinh, .cosh, .tanh,
      .asinh, .erf, .normcdf, .sigmoid, .softplus, .atan2, .max, .min, .mod:
      nil
    }
  }
}

extension Expression {
  /// What must hold for the power base^exponent to be real, or nil if it always is: base ≠ 0 for a
  /// negative integer, base ≥ 0 for a positive fraction, base > 0 for anything else that is no
  /// nonnegative integer.
  public static func powerRequirement(_ exponent: Expression) -> Obligation.Requirement? {
    guard let value = exponent.rationalValue else { return .positive }
    if value.isInteger { return value.sign < 0 ? .nonzero : nil }
    return value.sign > 0 ? .nonnegative : .positive
  }

  private static func powerRequirement(_ exponent: Expression, under assumptions: Assumptions)
    -> Obligation.Requirement?
  {
    guard exponent.rationalValue == nil, assumptions.isInteger(exponent) else {
      return powerRequirement(exponent)
    }
    return assumptions.signs(of: exponent).isNonnegative ? nil : .nonzero
  }

  /// The conditions for this expression, as it stands in canonical form, to be defined.
  ///
  /// They hold for derived formulas (an inverse, say); for a formula as a user wrote it the
  /// obligations of its ``Stage`` count, since canonical form may have cancelled a pole.
  public var definednessObligations: [Obligation] {
    definednessObligations(under: Assumptions())
  }

  /// The same, where `assumptions` may tell that an exponent is an integer: z^K is then defined for
  /// every z ≠ 0, and for K ≥ 0 everywhere.
  public func definednessObligations(under assumptions: Assumptions) -> [Obligation] {
    obligations(guard: .always, indices: [], under: assumptions)
  }

  private func obligations(
    guard condition: Predicate, indices: [Obligation.IndexRange], under assumptions: Assumptions
  ) -> [Obligation] {
    func own(_ subject: Expression, _ requirement: Obligation.Requirement) -> Obligation {
      Obligation(subject, requirement, if: condition, source: text, indices: indices)
    }
    func inner(_ parts: [Expression]) -> [Obligation] {
      parts.flatMap { $0.obligations(guard: condition, indices: indices, under: assumptions) }
    }
    switch form {
    case .rational, .pi, .symbol: return []
    case .sum(let parts), .product(let parts): return inner(parts)
    case .power(let base, let exponent):
      let requirement = Self.powerRequirement(exponent, under: assumptions)
      return inner([base, exponent]) + (requirement.map { [own(base, $0)] } ?? [])
    case .call(let function, let arguments):
      return inner(arguments) + callObligations(function, arguments, own)
    case .piecewise(let branches):
      return Self.branchObligations(
        branches, guard: condition, indices: indices, under: assumptions)
    case .finiteSum(let sum):
      let range = Obligation.IndexRange(sum.index, from: sum.lower, to: sum.upper)
      return inner([sum.lower, sum.upper])
        + [own(sum.lower, .integer), own(sum.upper, .integer)]
        + [own(sum.upper - sum.lower + 1, .nonnegative)]
        + sum.body.obligations(
          guard: condition, indices: indices + [range], under: assumptions.adding(range))
    }
  }

  private func callObligations(
    _ function: Function, _ arguments: [Expression],
    _ own: (Expression, Obligation.Requirement) -> Obligation
  ) -> [Obligation] {
    switch function {
    case .mod: [own(arguments[1], .positive)]
    case .atan2: [own(arguments[0].power(2) + arguments[1].power(2), .nonzero)]
    default: function.argumentRequirement.map { [own(arguments[0], $0)] } ?? []
    }
  }

  /// Each branch under its own condition and the failure of the earlier ones; some branch must apply.
  private static func branchObligations(
    _ branches: [Branch], guard condition: Predicate, indices: [Obligation.IndexRange],
    under assumptions: Assumptions
  ) -> [Obligation] {
    var earlier: [Predicate] = [condition]
    var result: [Obligation] = []
    for branch in branches {
      for compared in branch.condition.expressions {
        result += compared.obligations(
          guard: .all(earlier), indices: indices, under: assumptions)
      }
      result += branch.value.obligations(
        guard: .all(earlier + [branch.condition]), indices: indices, under: assumptions)
      earlier.append(branch.condition.negation)
    }
    let uncovered = Predicate.all(earlier)
    if uncovered != .never, branches.last?.condition != .always {
      result.append(
        Obligation(.zero, .nonzero, if: uncovered, source: "piecewise", indices: indices))
    }
    return result
  }
}
