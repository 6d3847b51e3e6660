import Exact
import Symbolics

extension CheckSetting {
  /// a, b ∈ X, a ≠ b, f(a) = f(b).
  func check(_ evidence: CollisionEvidence) throws(RejectedStep) -> Set<ProvenFact> {
    for point in [evidence.first, evidence.second] {
      try requireReal(point)
      try require(
        point.count == problem.inputs.count
          && parameters.decide(problem.domain.membership(of: point)) == true,
        "both points lie in the domain")
    }
    let differs = zip(evidence.first, evidence.second).contains { a, b in
      parameters.decide(.compare(a, .unequal, b)) == true
    }
    try require(differs, "the points differ")
    for (a, b) in zip(image(of: evidence.first), image(of: evidence.second)) {
      try require(areEqual(a, b), "f takes one value at both points")
    }
    return [.notInjective]
  }

  /// det Df > 0 and < 0 at two interior points of a product of intervals, f continuous and analytic
  /// near the points.
  func check(_ evidence: DeterminantSignEvidence) throws(RejectedStep) -> Set<ProvenFact> {
    try require(problem.domain.isProduct, "the domain is connected")
    try require(
      formulas.count == problem.inputs.count
        && formulas.allSatisfy { $0.isContinuousWhereDefined(in: problem.inputs) },
      "f is continuous and square")
    let determinant = Matrix.jacobian(of: formulas, by: problem.inputs)
      .determinant(under: onDomain)
    for (point, sign) in [(evidence.positive, SignSet.positive), (evidence.negative, .negative)] {
      try requireReal(point)
      let isInterior = zip(problem.domain.intervals, point).allSatisfy { interval, value in
        [interval.lower, interval.upper].allSatisfy { end in
          end.value.map { parameters.decide(.compare($0, .unequal, value)) == true } ?? true
        }
      }
      try require(
        isInterior && parameters.decide(problem.domain.membership(of: point)) == true,
        "the points lie in the interior of the domain")
      let values = Dictionary(uniqueKeysWithValues: zip(problem.inputs, point))
      try require(
        formulas.allSatisfy { parameters.isAnalytic($0, at: values) },
        "f is smooth near the points")
      try require(
        parameters.signs(of: determinant.substituting(values)) == sign,
        "the determinant has the stated signs")
    }
    return [.notInjective]
  }

  /// n > m, f continuous on a product of intervals none of which is a point.
  ///
  /// An injective continuous map of an open set of R^n into R^n is open (Brouwer 1912), but followed by
  /// R^m ⊂ R^n the image of f has no inner point.
  func checkInvarianceOfDomain() throws(RejectedStep) -> Set<ProvenFact> {
    try require(
      problem.inputs.count > problem.outputs.count, "there are more unknowns than outputs")
    try require(
      formulas.allSatisfy { $0.isContinuousWhereDefined(in: problem.inputs) }, "f is continuous")
    let hasInterior = problem.domain.intervals.allSatisfy { interval in
      guard let lower = interval.lower.value, let upper = interval.upper.value else { return true }
      return parameters.decide(.compare(lower, .less, upper)) == true
    }
    try require(
      problem.domain.isProduct && hasInterior, "the domain contains an open set of its space")
    return [.notInjective]
  }

  /// A point of the codomain that f does not reach.
  func check(_ evidence: MissingPointEvidence) throws(RejectedStep) -> Set<ProvenFact> {
    try requireReal(evidence.point)
    try require(
      parameters.decide(problem.codomain.membership(of: evidence.point)) == true,
      "the point lies in the codomain")
    guard let necessary = evidence.necessary else {
      let fibre = Fibre.preimages(
        of: evidence.point, under: formulas, from: problem.domain, assuming: parameters)
      guard case .finite(let points) = fibre, points.isEmpty else {
        throw RejectedStep("the point has no preimage")
      }
      return [.notOnto]
    }
    let atPoint = necessary.substituting(
      Dictionary(uniqueKeysWithValues: zip(problem.outputs, evidence.point)))
    try require(parameters.decide(atPoint) == false, "the point violates the condition")
    try require(valuesSatisfy(necessary), "every value of f satisfies the condition")
    return [.notOnto]
  }

  /// A point of the domain where a formula is undefined, or outside the codomain.
  func check(_ evidence: IllPosedEvidence) throws(RejectedStep) -> Set<ProvenFact> {
    let fixed = evidence.parameters
    for parameter in problem.parameters {
      guard let value = fixed[parameter.symbol] else { continue }
      let isAdmissible = parameter.constraint.substituting(fixed).holds(at: [:]) == true
      try require(
        isAdmissible && (!parameter.isInteger || value.rationalValue?.isInteger == true),
        "the parameter \(parameter.symbol) has an admissible value")
    }
    try requireReal(evidence.witness.map { $0.substituting(fixed) })
    let membership = problem.domain.membership(of: evidence.witness).substituting(fixed)
    try require(parameters.decide(membership) == true, "the witness lies in the domain")
    let atWitness = try failing(evidence).substituting(
      Dictionary(uniqueKeysWithValues: zip(problem.inputs, evidence.witness))
    ).substituting(fixed)
    try require(parameters.decide(atWitness) == false, "the condition fails at the witness")
    return [.illPosed]
  }

  /// The condition on z that the evidence says to fail.
  private func failing(_ evidence: IllPosedEvidence) throws(RejectedStep) -> Predicate {
    guard case .values(let stage) = evidence.cause else { return evidence.violated }
    guard let stated = problem.statedSets.first(where: { $0.stage == stage }) else {
      throw RejectedStep("the values lie outside a stated set")
    }
    return stated.region.membership(of: stated.formulas)
  }

  /// Coordinates such as log(0) are no numbers, though they may cancel out of the values of f.
  /// -2/a is a number only where a is not 0: coordinates must be defined for all parameter values.
  private func requireReal(_ point: [Expression]) throws(RejectedStep) {
    let isReal = point.allSatisfy { $0.isConstant ? $0.isRealConstant : parameters.isDefined($0) }
    try require(isReal, "the point is real")
  }

  /// Equality of two values for all admissible parameters.
  func areEqual(_ a: Expression, _ b: Expression) -> Bool {
    a == b || a.isIdentical(to: b, under: parameters)
      || (a.isConstant && b.isConstant && ExactConstant.compare(a, b) == 0)
  }
}
