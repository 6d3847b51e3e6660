import Certificates
import Exact
import Foundation
import Proofs
import Symbolics
import Testing

/// Maps that are not injective by construction.
@Suite("Random maps that are not injective")
struct RefutationTests {
  @Test("Refuted, with two points of one image", arguments: Iterations.seeds(16))
  func folded(seed: Int) throws {
    var draw = SplitMix64(seed: seed, stream: 31)
    let map = NoninjectiveMap.random(dimension: draw.integer(in: 1...4), using: &draw)
    let problem = try parsed(map.source)
    let verdict = Prover.verdict(for: problem)
    #expect(verdict.kind == .notInjective, "\(map.source)\n\(verdict.tried)")
    #expect(verdict.checked == .accepted, "\(map.source)")
    let certificate = try #require(verdict.certificate, "\(map.source)")
    #expect(refutes(certificate, problem), "\(map.source)\n\(certificate)")
  }

  /// Whether the certificate shows two points of one image, checked by enclosures of their images
  /// alone; or two points with determinants of opposite sign, checked by differences.
  private func refutes(_ certificate: Certificate, _ problem: Problem) -> Bool {
    switch certificate {
    case .collision(let evidence):
      collide(evidence.first, evidence.second, problem)
    case .determinantSigns(let evidence):
      determinant(problem, at: evidence.positive).map { $0 > 0 } ?? false
        && determinant(problem, at: evidence.negative).map { $0 < 0 } ?? false
    case .both(let parts): parts.contains { refutes($0, problem) }
    case .affine, .inverse, .triangular, .radial, .univalent, .solver, .coercive, .regular,
      .factored,
      .invarianceOfDomain,
      .missingPoint, .image, .condition, .stages, .illPosed:
      false
    }
  }

  private func determinant(_ problem: Problem, at point: [Expression]) -> Double? {
    let coordinates = point.compactMap(\.rationalValue)
    guard coordinates.count == point.count else { return nil }
    return NumericJacobian.determinant(
      of: problem.composedFormulas, by: problem.inputs, at: coordinates)
  }

  /// The points differ, and their images agree to 200 bits.
  private func collide(_ a: [Expression], _ b: [Expression], _ problem: Problem) -> Bool {
    let precision = 400
    let tolerance = Rational(2).power(-200)!
    func difference(_ x: [Expression], _ y: [Expression]) -> [Ball] {
      zip(x, y).map {
        $0.ball(precision: precision).subtracting(
          $1.ball(precision: precision), precision: precision)
      }
    }
    func image(_ point: [Expression]) -> [Expression] {
      let values = Dictionary(uniqueKeysWithValues: zip(problem.inputs, point))
      return problem.composedFormulas.map { $0.substituting(values) }
    }
    let isOneImage = difference(image(a), image(b)).allSatisfy { ball in
      guard let lower = ball.lowerBound, let upper = ball.upperBound else { return false }
      return -tolerance <= lower && upper <= tolerance
    }
    return isOneImage
      && difference(a, b).contains { ball in ball.certifiedSign.map { $0 != 0 } ?? false }
  }
}
