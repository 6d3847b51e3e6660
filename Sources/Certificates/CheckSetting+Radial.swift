import Symbolics

extension CheckSetting {
  /// f keeps directions and changes the distance from a center by a bijection of intervals.
  func check(_ evidence: RadialEvidence) throws(RejectedStep) -> Set<ProvenFact> {
    let count = problem.inputs.count
    try require(
      count > 1 && problem.outputs.count == count && evidence.center.count == count
        && evidence.image.count == count, "the dimensions agree")
    let symbols = problem.inputs + problem.outputs + problem.parameters.map(\.symbol)
    let radius = evidence.radius
    try require(!symbols.contains(radius), "the distance has a name of its own")
    let value = problem.outputs[0]
    let parts = evidence.center + evidence.image
    try require(
      parts.allSatisfy { !$0.containsAny(of: problem.inputs) && parameters.isDefined($0) },
      "the centers are points")
    try requireDirections(evidence)
    let domain = evidence.radii
    try requireRadii(domain, of: problem.domain, about: evidence.center, evidence)
    guard
      let profile = ScalarBijection.find(
        evidence.formula, in: radius, over: domain, value: value, under: parameters),
      let image = profile.image
    else { throw rejected("the radius is mapped by a bijection of an interval") }
    try requireSign(image, of: profile, domain)
    let isOnto =
      (try? requireRadii(image, of: problem.codomain, about: evidence.image, evidence)) != nil
    return isOnto ? [.injective, .onto] : [.injective]
  }

  /// f⁻¹(x) = a + (x - b) h⁻¹(s)/s with s = |x - b| for x ≠ b, and a at b where a is in the domain; after
  /// the evidence was found to be right.
  func requireInverse(
    _ inverse: [Expression], of evidence: RadialEvidence
  ) throws(RejectedStep) {
    let value = problem.inputs[0]
    guard inverse.count == problem.inputs.count,
      !inverse.contains(where: { $0.containsAny(of: problem.inputs) }),
      let radius = ScalarBijection.find(
        evidence.formula, in: evidence.radius, over: evidence.radii, value: value,
        under: parameters)?.inverse
    else { throw rejected("f^-1 has a formula in the outputs for each input") }
    try requireDefined(definedness(of: inverse), over: problem.codomain, "f^-1")
    let distance = Expression.distance(of: outputValues, from: evidence.image)
    let away = parameters.adding(problem.codomain).adding(
      .compare(distance.power(2), .unequal, .zero)
    ).adding(.compare(distance, .greater, .zero))
    let ratio = radius.substituting(value, by: distance) / distance
    for (index, formula) in inverse.enumerated() {
      let moved = (outputValues[index] - evidence.image[index]) * ratio
      try require(
        formula.isIdentical(to: evidence.center[index] + moved, under: away),
        "f^-1 keeps directions in coordinate \(index + 1)")
    }
    if parameters.decide(problem.domain.membership(of: evidence.center)) == false { return }
    let there = Dictionary(uniqueKeysWithValues: zip(problem.outputs, evidence.image))
    for (formula, expected) in zip(inverse, evidence.center) {
      let found = formula.substituting(there).simplified(under: parameters)
      try require(areEqual(found, expected), "f^-1 maps one center to the other")
    }
  }

  /// f(z) - b = (z - a) h(r)/r for z ≠ a, and f(a) = b where a is in the domain.
  private func requireDirections(_ evidence: RadialEvidence) throws(RejectedStep) {
    let distance = Expression.distance(of: inputValues, from: evidence.center)
    let away = onDomain.adding(.compare(distance, .greater, .zero))
    let ratio =
      evidence.formula.substituting(evidence.radius, by: distance) / distance
    for index in formulas.indices {
      let offset = (inputValues[index] - evidence.center[index]) * ratio
      try require(
        formulas[index].isIdentical(to: evidence.image[index] + offset, under: away),
        "f keeps directions in coordinate \(index + 1)")
    }
    if parameters.decide(problem.domain.membership(of: evidence.center)) == false { return }
    for (value, expected) in zip(image(of: evidence.center), evidence.image) {
      try require(areEqual(value, expected), "f maps one center to the other")
    }
  }

  /// A point lies in the region exactly if its distance from the center lies in the interval.
  private func requireRadii(
    _ interval: Interval, of region: Region, about center: [Expression],
    _ evidence: RadialEvidence
  ) throws(RejectedStep) {
    let radius = evidence.radius
    guard
      let condition = region.radialCondition(about: center, radius: radius, under: parameters)
    else { throw rejected("\(region.text) is a condition on the distance from the center") }
    let membership = interval.membership(of: Expression(radius))
    let isDistance = parameters.adding(radius, in: Interval(.closed(.zero), .plusInfinity))
    let inside = parameters.adding(radius, in: interval)
    try require(
      inside.decide(.compare(Expression(radius), .greaterOrEqual, .zero)) == true
        && inside.decide(condition) == true,
      "every radius of the interval belongs to \(region.text)")
    // Radii outside: below the lower end or above the upper one.
    for part in membership.conjuncts where isDistance.decide(part) != true {
      try require(
        isDistance.adding(part.negation).decide(condition) == false,
        "no other radius belongs to \(region.text)")
    }
  }

  /// h(r) > 0 for r > 0, and h(0) = 0 where the center is in the domain.
  private func requireSign(_ image: Interval, of profile: ScalarBijection, _ domain: Interval)
    throws(RejectedStep)
  {
    let inside = parameters.adding(profile.value, in: image)
    let value = Expression(profile.value)
    if domain.lower == .closed(.zero) {
      try require(image.lower == .closed(.zero), "the radius 0 goes to 0")
      try require(
        inside.decide(.compare(value, .greaterOrEqual, .zero)) == true
          && profile.direction == .increasing, "radii are not negative")
    } else {
      let radius = Expression(profile.variable)
      try require(
        parameters.adding(profile.variable, in: domain)
          .decide(.compare(radius, .greater, .zero)) == true, "the radius 0 is left out")
      try require(inside.decide(.compare(value, .greater, .zero)) == true, "radii are positive")
    }
  }
}
