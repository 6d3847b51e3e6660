import Certificates
import Exact
import Symbolics

/// Whether evidence refutes that a map is injective, by enclosures and differences at the points that it names.
struct Refutation {
  private let problem: Problem
  private let values: [Symbol: Expression]

  /// Whether the certificate shows two points of one image, or two points with determinants of opposite sign; of a
  /// map whose parameters have these values.
  static func isShown(
    _ certificate: Certificate?, for map: Problem, at values: [Symbol: Expression]
  ) -> Bool {
    certificate.map { Refutation(problem: map, values: values).isShown(by: $0) } ?? false
  }

  private func isShown(by certificate: Certificate) -> Bool {
    switch certificate {
    case .collision(let evidence): collide(fixed(evidence.first), fixed(evidence.second))
    case .determinantSigns(let evidence):
      determinant(at: evidence.positive).map { $0 > 0 } ?? false
        && determinant(at: evidence.negative).map { $0 < 0 } ?? false
    case .both(let parts): parts.contains(where: isShown)
    case .condition(let condition, let ifTrue, let ifFalse):
      condition.holds(at: values).map { isShown(by: $0 ? ifTrue : ifFalse) } ?? false
    case .affine(let evidence):
      evidence.determinant.substituting(values).ball(precision: 400).certifiedSign == 0
    case .invarianceOfDomain: problem.inputs.count > problem.outputs.count
    case .inverse, .triangular, .radial, .univalent, .solver, .coercive, .regular, .factored,
      .missingPoint, .image, .stages, .illPosed:
      false
    }
  }

  private func fixed(_ point: [Expression]) -> [Expression] {
    point.map { $0.substituting(values) }
  }

  private func determinant(at point: [Expression]) -> Double? {
    let coordinates = fixed(point).compactMap {
      $0.rationalValue ?? $0.ball(precision: 600).midpoint
    }
    guard coordinates.count == point.count else { return nil }
    return NumericJacobian.determinant(
      of: problem.composedFormulas, by: problem.inputs, at: coordinates)
  }

  /// The points differ, and their images agree to 200 bits.
  private func collide(_ a: [Expression], _ b: [Expression]) -> Bool {
    let precision = 400
    let tolerance = Rational(2).power(-200)!
    func difference(_ x: [Expression], _ y: [Expression]) -> [Ball] {
      zip(x, y).map {
        $0.ball(precision: precision).subtracting(
          $1.ball(precision: precision), precision: precision)
      }
    }
    func image(_ point: [Expression]) -> [Expression] {
      let at = Dictionary(uniqueKeysWithValues: zip(problem.inputs, point))
      return problem.composedFormulas.map { $0.substituting(at) }
    }
    let isOneImage = difference(image(a), image(b)).allSatisfy { ball in
      guard let lower = ball.lowerBound, let upper = ball.upperBound else { return false }
      return -tolerance <= lower && upper <= tolerance
    }
    return isOneImage
      && difference(a, b).contains { ball in ball.certifiedSign.map { $0 != 0 } ?? false }
  }
}
