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

  fileprivate static func powerRequirement(_ exponent: Expression, under assumptions: Assumptions)
    -> Obligation.Requirement?
  {
    if exponent.rationalValue != nil { return powerRequirement(exponent) }
    let signs = assumptions.signs(of: exponent)
    if assumptions.isInteger(exponent) { return signs.isNonnegative ? nil : .nonzero }
    return signs.isPositive ? .nonnegative : .positive
  }

  /// The conditions for this expression, as it stands in canonical form, to be defined.
  ///
  /// They hold for derived formulas (an inverse, say); for a formula as a user wrote it the
  /// obligations of its ``Stage`` count, since canonical form may have cancelled a pole.
  public var definednessObligations: [Obligation] {
    definednessObligations(under: Assumptions())
  }

  /// The same, where `assumptions` may tell that an exponent is an integer: z^K is then defined for
  /// every z ≠ 0, and for K ≥ 0 everywhere; or that it is positive: z^a is then 0 for z = 0.
  public func definednessObligations(under assumptions: Assumptions) -> [Obligation] {
    var walk = ObligationWalk()
    walk.visit(self, Place(guardCondition: .always, indices: [], known: assumptions))
    return walk.found
  }
}

/// Where in a formula an operation stands: under which conditions it is reached.
private struct Place: Hashable {
  var guardCondition: Predicate
  var indices: [Obligation.IndexRange]
  var known: Assumptions
}

/// Collects what the operations of a formula need, operands first. What is met twice in one place is
/// looked at once, for formulas that share much.
private struct ObligationWalk {
  var found: [Obligation] = []
  private var visited: [Place: Set<Expression>] = [:]

  mutating func visit(_ u: Expression, _ place: Place) {
    switch u.form {
    case .rational, .pi, .symbol: return
    default: break
    }
    guard visited[place, default: []].insert(u).inserted else { return }
    func own(_ subject: Expression, _ requirement: Obligation.Requirement) -> Obligation {
      Obligation(
        subject, requirement, if: place.guardCondition, source: u.text, indices: place.indices)
    }
    switch u.form {
    case .rational, .pi, .symbol: return
    case .sum(let parts), .product(let parts): visit(parts, place)
    case .power(let base, let exponent):
      visit([base, exponent], place)
      if let requirement = Expression.powerRequirement(exponent, under: place.known) {
        found.append(own(base, requirement))
      }
    case .call(let function, let arguments):
      visit(arguments, place)
      found += Self.callObligations(function, arguments, own)
    case .piecewise(let branches): visit(branches, place)
    case .finiteSum(let sum):
      visit([sum.lower, sum.upper], place)
      found += [own(sum.lower, .integer), own(sum.upper, .integer)]
      found.append(own(sum.upper - sum.lower + 1, .nonnegative))
      let range = Obligation.IndexRange(sum.index, from: sum.lower, to: sum.upper)
      var inner = place
      inner.indices.append(range)
      inner.known = place.known.adding(range)
      visit(sum.body, inner)
    }
  }

  private mutating func visit(_ parts: [Expression], _ place: Place) {
    for part in parts { visit(part, place) }
  }

  private static func callObligations(
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
  private mutating func visit(_ branches: [Branch], _ place: Place) {
    var earlier: [Predicate] = [place.guardCondition]
    var reached = place
    for branch in branches {
      reached.guardCondition = .all(earlier)
      visit(branch.condition.expressions, reached)
      reached.guardCondition = .all(earlier + [branch.condition])
      visit(branch.value, reached)
      earlier.append(branch.condition.negation)
    }
    let uncovered = Predicate.all(earlier)
    if uncovered != .never, branches.last?.condition != .always {
      found.append(
        Obligation(
          .zero, .nonzero, if: uncovered, source: "piecewise", indices: place.indices))
    }
  }
}
