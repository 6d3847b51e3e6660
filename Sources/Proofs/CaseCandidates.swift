import Certificates
import Exact
import Symbolics

/// Comparisons of parameters that may tell apart what a map is.
struct CaseCandidates {
  let context: ProofContext
  /// What strategies ask for.
  let suggested: [Predicate]

  /// More comparisons than this are not tried.
  private static let limit = 6

  private var known: Assumptions { context.parameterAssumptions }

  /// The comparisons that are open, the likeliest first.
  func conditions() -> [Predicate] {
    guard context.hasParameters else { return [] }
    return Array(
      comparisons(in: suggested + slopeConditions() + parameterConditions()).prefix(Self.limit))
  }

  /// The first comparison that a strategy asks for, if it is open.
  var plainSuggestion: Predicate? { comparisons(in: suggested).first }

  private func comparisons(in conditions: [Predicate]) -> [Predicate] {
    var result: [Predicate] = []
    for plain in conditions.flatMap({ plain($0).conjuncts }) {
      guard case .compare = plain, isOpen(plain), !result.contains(plain),
        !result.contains(plain.negation)
      else { continue }
      result.append(plain)
    }
    return result
  }

  private func isOpen(_ condition: Predicate) -> Bool {
    let parameters = context.problem.parameters.map(\.symbol)
    return condition.freeSymbols.allSatisfy(parameters.contains) && known.decide(condition) == nil
  }

  // MARK: The sign of det Df

  /// f' is of one sign only if its discriminant, and its values at a few points, allow that.
  private func slopeConditions() -> [Predicate] {
    guard context.isSquare else { return [] }
    let slope = Matrix.jacobian(of: context.formulas, by: context.inputs)
      .determinant(under: context.assumptions).simplified(under: context.assumptions)
    return discriminants(slope) + values(slope) + zeroConditions(slope)
  }

  /// Parameter values for which the formula for a zero of det Df fails.
  private func zeroConditions(_ slope: Expression) -> [Predicate] {
    context.inputs.compactMap { variable in
      ScalarSolver.solutions(
        of: slope, equals: .zero, for: variable, in: context.assumptions.interval(of: variable),
        under: context.assumptions
      )?.exceptional
    }
  }

  private func discriminants(_ slope: Expression) -> [Predicate] {
    context.inputs.compactMap { variable in
      guard let c = slope.polynomialCoefficients(in: variable), c.count == 3 else { return nil }
      return .compare(c[1].power(2) - 4 * c[0] * c[2], .greater, .zero)
    }
  }

  /// At the origin, and where a circular function of one unknown is extreme.
  private func values(_ slope: Expression) -> [Predicate] {
    let origin = context.inputs.map { _ in Expression.zero }
    var points = [origin]
    let hasAngles = context.formulas.contains(where: \.hasCircularFunction)
    for position in origin.indices where hasAngles {
      var point = origin
      point[position] = .pi
      points.append(point)
    }
    return points.filter(context.domainContains).map { point in
      let values = Dictionary(uniqueKeysWithValues: zip(context.inputs, point))
      return .compare(slope.substituting(values).simplified(under: known), .less, .zero)
    }
  }

  // MARK: The parameters themselves

  /// The sides of values that are excluded, and the signs.
  private func parameterConditions() -> [Predicate] {
    context.problem.parameters.flatMap { parameter -> [Predicate] in
      let symbol = Expression(parameter.symbol)
      return parameter.excluded.map { .compare(symbol, .less, $0) } + [
        .compare(symbol, .equal, .zero), .compare(symbol, .less, .zero),
      ]
    }
  }

  // MARK: Plain forms

  /// The same condition, solved for the parameter if there is but one and it is affine in it.
  private func plain(_ condition: Predicate) -> Predicate {
    guard case .compare(let left, let relation, let right) = condition else { return condition }
    let u = (left - right).factored(under: known)
    if let symbol = u.freeSymbols.first, u.freeSymbols.count == 1,
      let root = known.affineRoot(of: u, in: symbol), root.isConstant,
      let slope = u.derivative(by: symbol).simplified().rationalValue, slope.sign != 0
    {
      return .compare(Expression(symbol), slope.sign > 0 ? relation : relation.mirrored, root)
    }
    return (divided(u, relation) ?? .compare(u, relation, .zero)).plainSigns(under: known)
  }

  /// The same condition on a parameter in which u is affine, without the factor of it: a + c > 0 for
  /// 1 + c/a > 0 and a > 0.
  private func divided(_ u: Expression, _ relation: Relation) -> Predicate? {
    for symbol in u.freeSymbols {
      guard let root = known.affineRoot(of: u, in: symbol) else { continue }
      let slope = u.derivative(by: symbol).simplified(under: known)
      let signs = known.signs(of: slope)
      guard slope.rationalValue == nil, signs.isPositive || signs.isNegative else { continue }
      return .compare(
        Expression(symbol) - root, signs.isPositive ? relation : relation.mirrored, .zero)
    }
    return nil
  }
}
