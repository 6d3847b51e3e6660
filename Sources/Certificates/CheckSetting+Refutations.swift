import Exact
import Symbolics

extension CheckSetting {
  /// a, b ∈ X, a ≠ b, f(a) = f(b).
  func check(_ evidence: CollisionEvidence) throws(RejectedStep) -> Set<ProvenFact> {
    for point in [evidence.first, evidence.second] { try requireInDomain(point) }
    let differs = zip(evidence.first, evidence.second).contains { a, b in
      parameters.decide(.compare(a, .unequal, b)) == true
    }
    try require(differs, "the points differ")
    try require(
      evidence.image.count == formulas.count, "the image has a coordinate for each output")
    for point in [evidence.first, evidence.second] {
      for (value, stated) in zip(image(of: point), evidence.image) {
        try require(
          areEqual(value, stated), "f takes the value \(stated.text) at \(Self.written(point))")
      }
    }
    return [.notInjective]
  }

  /// det Df > 0 and < 0 at two interior points of a product of intervals, f continuous and analytic
  /// near the points.
  func check(_ evidence: DeterminantSignEvidence) throws(RejectedStep) -> Set<ProvenFact> {
    try require(problem.domain.isProduct, "the domain is connected")
    try require(
      formulas.count == problem.inputs.count
        && formulas.allSatisfy { onDomain.isContinuous($0, in: problem.inputs) },
      "f is continuous and square")
    let determinant = Matrix.jacobian(of: formulas, by: problem.inputs)
      .determinant(under: onDomain)
    try require(
      determinant.isIdentical(to: evidence.determinant, under: onDomain),
      "det Df = \(evidence.determinant.text)")
    for (point, sign) in [(evidence.positive, SignSet.positive), (evidence.negative, .negative)] {
      try requireInDomain(point)
      let isInterior = zip(problem.domain.intervals, point).allSatisfy { interval, value in
        [interval.lower, interval.upper].allSatisfy { end in
          end.value.map { parameters.decide(.compare($0, .unequal, value)) == true } ?? true
        }
      }
      try require(isInterior, "\(Self.written(point)) lies in the interior of the domain")
      let values = Dictionary(uniqueKeysWithValues: zip(problem.inputs, point))
      try require(
        formulas.allSatisfy { parameters.isAnalytic($0, at: values) },
        "f is smooth near \(Self.written(point))")
      try require(
        parameters.signs(of: determinant.substituting(values)) == sign,
        "det Df is \(sign == .positive ? "positive" : "negative") at \(Self.written(point))")
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
      formulas.allSatisfy { onDomain.isContinuous($0, in: problem.inputs) }, "f is continuous")
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
    try require(
      evidence.point.count == problem.outputs.count, "the point has a coordinate for each output")
    try requireReal(evidence.point)
    try require(
      parameters.decide(problem.codomain.membership(of: evidence.point)) == true,
      "\(Self.written(evidence.point)) lies in the codomain")
    guard let necessary = evidence.necessary else {
      let fibre = Fibre.preimages(
        of: evidence.point, under: formulas, from: problem.domain, assuming: parameters)
      guard case .finite(let points) = fibre, points.isEmpty else {
        throw rejected("the point has no preimage")
      }
      log.record("the point has no preimage")
      return [.notOnto]
    }
    let atPoint = necessary.substituting(
      Dictionary(uniqueKeysWithValues: zip(problem.outputs, evidence.point)))
    try require(parameters.decide(atPoint) == false, "the point violates \(necessary.text)")
    try require(valuesSatisfy(necessary), "every value of f satisfies \(necessary.text)")
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
        "\(parameter.symbol) = \(value.text) is admissible")
    }
    try require(
      evidence.witness.count == problem.inputs.count, "the witness has a coordinate for each input")
    try requireReal(evidence.witness.map { $0.substituting(fixed) })
    let membership = problem.domain.membership(of: evidence.witness).substituting(fixed)
    try require(
      parameters.decide(membership) == true, "\(Self.written(evidence.witness)) lies in the domain")
    let values = fixed.merging(zip(problem.inputs, evidence.witness.map { $0.substituting(fixed) }))
    {
      $1
    }
    try require(fails(evidence.cause, at: values), "f is undefined there, or leaves a stated set")
    return [.illPosed]
  }

  /// Whether a formula is certainly undefined, or outside of a stated set, at the values of the inputs
  /// (and of parameters).
  private func fails(_ cause: IllPosedEvidence.Cause, at values: [Symbol: Expression]) -> Bool {
    switch cause {
    case .values(let stage):
      guard let stated = problem.statedSets.first(where: { $0.stage == stage }) else {
        return false
      }
      let membership = stated.region.membership(of: stated.formulas)
      return parameters.decide(membership.substituting(values)) == false
    case .operation:
      return problem.composedObligations.contains { fails($0.substituting(values)) }
    }
  }

  /// Whether the operation is reached, and certainly not defined.
  private func fails(_ obligation: Obligation) -> Bool {
    let isReached =
      parameters.decide(obligation.guardCondition) == true
      && obligation.indices.allSatisfy {
        parameters.decide(.compare($0.lower, .lessOrEqual, $0.upper)) == true
      }
    if obligation.requirement == .integer, let value = obligation.subject.rationalValue {
      return isReached && !value.isInteger
    }
    return isReached && parameters.decide(obligation) == false
  }

  private func requireInDomain(_ point: [Expression]) throws(RejectedStep) {
    try require(
      point.count == problem.inputs.count && !point.contains { $0.containsAny(of: problem.inputs) },
      "the point has a value for each input")
    try requireReal(point)
    try require(
      parameters.decide(problem.domain.membership(of: point)) == true,
      "\(Self.written(point)) lies in the domain")
  }

  /// `(1, 0)`, or the one coordinate.
  private static func written(_ point: [Expression]) -> String {
    let text = point.map(\.text).joined(separator: ", ")
    return point.count == 1 ? text : "(\(text))"
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
