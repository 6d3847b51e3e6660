import Certificates
import Symbolics

/// A map that keeps directions from a center.
struct RadialMap {
  /// a
  let center: [Expression]
  /// b
  let image: [Expression]
  /// h, a formula in `radius`.
  let profile: Expression
  /// r
  let radius: Symbol
  /// h(r)
  let value: Symbol

  /// Maps whose center is that of a quadratic form |z - a|² + c in the formulas.
  static func candidates(in context: ProofContext) -> [RadialMap] {
    var centers: [[Expression]] = []
    for formula in context.formulas {
      for center in formula.centers(of: context.inputs) where !centers.contains(center) {
        centers.append(center)
      }
    }
    return centers.flatMap { center in
      images(of: center, context).compactMap { RadialMap(center: center, image: $0, context) }
    }
  }

  private static func images(of center: [Expression], _ context: ProofContext) -> [[Expression]] {
    if context.domainContains(center) { return [context.image(of: center)] }
    return [context.outputs.map { _ in Expression.zero }]
  }

  private init?(center: [Expression], image: [Expression], _ context: ProofContext) {
    self.center = center
    self.image = image
    let taken = context.inputs + context.outputs + context.problem.parameters.map(\.symbol)
    let free = ["r", "s", "rho", "sigma", "radius", "distance"].map { Symbol($0) }
      .filter { !taken.contains($0) }
    guard free.count > 1 else { return nil }
    radius = free[0]
    value = free[1]
    var ray = center
    ray[0] = ray[0] + Expression(radius)
    let positive = context.parameterAssumptions.adding(
      radius, in: Interval(.open(.zero), .plusInfinity))
    let onRay = Dictionary(uniqueKeysWithValues: zip(context.inputs, ray))
    profile = (context.formulas[0].substituting(onRay) - image[0]).simplified(under: positive)
  }

  /// f(z) - b = (z - a) h(r)/r away from a.
  func keepsDirections(_ context: ProofContext) -> Bool {
    let z = context.inputs.map { Expression($0) }
    let distance = Expression.distance(of: z, from: center)
    let away = context.assumptions.adding(.compare(distance, .greater, .zero))
    let ratio = profile.substituting(radius, by: distance) / distance
    return context.formulas.indices.allSatisfy { index in
      context.formulas[index].isIdentical(
        to: image[index] + (z[index] - center[index]) * ratio, under: away)
    }
  }

  /// The intervals of radii that a region may consist of: between zeros of its condition.
  func radii(of region: Region, about center: [Expression], _ context: ProofContext) -> [Interval] {
    let known = context.parameterAssumptions
    guard let condition = region.radialCondition(about: center, radius: radius, under: known)
    else { return [] }
    let ends = condition.expressions.flatMap { part in
      ScalarSolver.solutions(
        of: part, equals: .zero, for: radius, in: Interval(.closed(.zero), .plusInfinity),
        under: known)?.branches.map(\.solution) ?? []
    }
    var result: [Interval] = []
    let finite = ends.flatMap { [Endpoint.open($0), .closed($0)] }
    for lower in [Endpoint.closed(.zero), .open(.zero)] + finite {
      for upper in [Endpoint.plusInfinity] + finite {
        let interval = Interval(lower, upper)
        if lower.value != upper.value,
          known.adding(radius, in: interval).decide(condition) == true
        {
          result.append(interval)
        }
      }
    }
    return result
  }

  /// Two points of a sphere that h(r) = 0 maps to one point.
  func collapsedSphere(_ context: ProofContext) -> ([Expression], [Expression])? {
    let known = context.parameterAssumptions
    let zeros = ScalarSolver.solutions(
      of: (profile / Expression(radius)).simplified(
        under: known.adding(radius, in: Interval(.open(.zero), .plusInfinity))),
      equals: .zero, for: radius, in: Interval(.open(.zero), .plusInfinity), under: known)
    for branch in zeros?.branches ?? [] where known.decide(branch.condition) == true {
      let radius = branch.solution.simplified(under: known)
      var (first, second) = (center, center)
      first[0] = (first[0] + radius).simplified(under: known)
      second[0] = (second[0] - radius).simplified(under: known)
      if context.domainContains(first), context.domainContains(second) { return (first, second) }
    }
    return nil
  }

  /// det Df = (h(r)/r)ⁿ⁻¹ h'(r)
  func determinant(_ context: ProofContext) -> Expression {
    let positive = context.parameterAssumptions.adding(
      radius, in: Interval(.open(.zero), .plusInfinity))
    let scale = (profile / Expression(radius)).simplified(under: positive)
    let slope = profile.derivative(by: radius).simplified(under: positive)
    let distance = Expression.distance(of: context.inputs.map { Expression($0) }, from: center)
    return (scale.power(context.inputs.count - 1) * slope).substituting(radius, by: distance)
      .simplified(under: context.assumptions)
  }

  /// h'(0) ≥ 0, which no increasing h can do without.
  func slopeCondition(_ context: ProofContext) -> Predicate? {
    guard context.hasParameters else { return nil }
    let slope = profile.derivative(by: radius).substituting(radius, by: .zero)
      .simplified(under: context.parameterAssumptions)
    return .compare(slope, .greaterOrEqual, .zero)
  }

  /// a + (x - b) k(y)/y with k = h⁻¹ and y = |x - b|.
  func inverse(_ profile: ScalarBijection, _ image: Interval, _ context: ProofContext)
    -> [Expression]?
  {
    guard let radius = profile.inverse else { return nil }
    let x = context.outputs.map { Expression($0) }
    let distance = Expression.distance(of: x, from: self.image)
    let positive = context.parameterAssumptions.adding(
      value, in: Interval(.open(.zero), image.upper))
    let ratio = (radius / Expression(value)).simplified(under: positive)
    let isDefined = context.parameterAssumptions.adding(value, in: image).isDefined(ratio)
    return x.indices.map { index in
      let moved =
        center[index] + (x[index] - self.image[index]) * ratio.substituting(value, by: distance)
      let away = moved.simplified(under: context.codomainAssumptions)
      if isDefined { return away }
      return .piecewise([
        Branch(center[index], if: .compare(distance.power(2), .equal, .zero)),
        Branch(away, if: .always),
      ])
    }
  }
}

extension Expression {
  /// The points a for which |z - a|² + c, with a constant c, is a part of the formula.
  fileprivate func centers(of z: [Symbol]) -> [[Expression]] {
    var found: [[Expression]] = []
    func visit(_ part: Expression) {
      guard part.containsAny(of: z) else { return }
      if case .sum = part.form, let center = part.center(z) { found.append(center) }
      part.form.children.forEach(visit)
    }
    visit(self)
    return found
  }

  private func center(_ z: [Symbol]) -> [Expression]? {
    var center: [Expression] = []
    for symbol in z {
      let half = (derivative(by: symbol) / 2).simplified()
      let coordinate = (Expression(symbol) - half).simplified()
      guard !coordinate.containsAny(of: z) else { return nil }
      center.append(coordinate)
    }
    return center
  }
}
