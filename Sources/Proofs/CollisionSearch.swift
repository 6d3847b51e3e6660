import Certificates
import Exact
import Symbolics

/// Looks for two small exact points with one image; certified by exact comparison.
struct CollisionSearch: Strategy {
  let name = "collision"

  /// Points tried; the table of images stays this small.
  private static let pointLimit = 1500

  func attempt(_ context: ProofContext) -> StrategyOutcome {
    var table: [[Double]: [[Expression]]] = [:]
    var tried = 0
    for point in context.pointsAndAngles(of: context.domain, 400) {
      tried += 1
      if tried > Self.pointLimit { break }
      guard let key = roundedImage(of: point, context) else { continue }
      for earlier in table[key, default: []] where isCollision(earlier, point, context) {
        return .settled(verdict(earlier, point, context))
      }
      table[key, default: []].append(point)
    }
    return .stopped("no two of \(tried) small points have one image")
  }

  private func verdict(
    _ first: [Expression], _ second: [Expression], _ context: ProofContext
  ) -> Verdict {
    var verdict = Verdict(
      kind: .notInjective, injective: .no, surjective: .undecided, strategy: name)
    verdict.certificate = .collision(
      CollisionEvidence(
        first: first, second: second, image: context.image(of: first), reasons: [.equation]))
    return verdict
  }

  /// f(point) to some ten digits, with parameters at fixed odd values: equal images have equal keys
  /// unless they straddle a rounding boundary.
  private func roundedImage(of point: [Expression], _ context: ProofContext) -> [Double]? {
    var values = Dictionary(uniqueKeysWithValues: zip(context.inputs, point))
    for (position, parameter) in context.problem.parameters.enumerated() {
      values[parameter.symbol] = .rational(7 + 4 * position, 5)
    }
    var key: [Double] = []
    for formula in context.formulas {
      let ball = formula.substituting(values).ball(precision: 80)
      guard ball.isFinite else { return nil }
      let value = ball.midpointDouble
      guard value.magnitude < 1e12 else { return nil }
      key.append((value * 1e8).rounded() / 1e8 + 0)
    }
    return key
  }

  /// a ≠ b in the domain and f(a) = f(b), for all parameter values.
  private func isCollision(_ a: [Expression], _ b: [Expression], _ context: ProofContext) -> Bool {
    guard a != b, context.domainContains(a), context.domainContains(b) else { return false }
    return zip(context.image(of: a), context.image(of: b)).allSatisfy { x, y in
      x == y || x.isIdentical(to: y, under: context.parameterAssumptions)
        || (x.isConstant && y.isConstant && ExactConstant.compare(x, y) == 0)
    }
  }
}
