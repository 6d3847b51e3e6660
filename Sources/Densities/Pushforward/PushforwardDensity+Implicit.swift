import Exact
import Symbolics

extension PushforwardDensity {
  /// p2 at a point whose only preimage has no closed form: exact if the equations can be solved for
  /// this x, otherwise from certified enclosures of z.
  func implicitDensity(at point: [Expression], digits: Int, remarks: [DensityRemark])
    -> PointDensity
  {
    func result(
      _ preimages: [PreimageAtPoint], _ outcome: PointDensity.Outcome, _ more: [DensityRemark] = []
    ) -> PointDensity {
      PointDensity(
        point: point, preimages: preimages, outcome: outcome, remarks: remarks + more)
    }
    let fibre = Fibre.preimages(
      of: point, under: map, from: problem.domain, assuming: assumptions)
    var solved: [Expression]?
    if case .finite(let found) = fibre { solved = found.first }
    if let z = solved ?? simplePreimage(of: point) {
      switch share(of: z, nil, [:]) {
      case .known(let preimage, let more):
        return result([preimage], .exact(preimage.share ?? .zero), more)
      case .unassigned(let preimage, let remark): return result([preimage], .unassigned, [remark])
      case .undecided(let reason): return result([], .undecided(reason))
      }
    }
    guard let plan = InversePlan(problem, verdict) else {
      return result([], .undecided("the preimage: f⁻¹ has no closed form"))
    }
    let needed = (map + [determinant, base.density]).flatMap(\.freeSymbols)
    if let open = needed.first(where: { !problem.inputs.contains($0) }) {
      return result([], .undecided("the preimage: \(open.name) needs a value"))
    }
    for precision in [128, 512, 2048].map({ $0 + digits * 4 }) {
      let inverse = CertifiedInverse(plan: plan, precision: precision)
      guard let z = inverse.enclosures(outputs: problem.outputs, point: point) else { continue }
      if let exact = exactPreimage(of: point, near: z) {
        guard case .known(let preimage, let more) = share(of: exact, nil, [:]) else { break }
        return result([preimage], .exact(preimage.share ?? .zero), more)
      }
      if let (preimage, outcome, more) = enclosedShare(z, digits, precision) {
        return result([preimage], outcome, more)
      }
    }
    return result([], .undecided("the preimage to \(digits) digits"))
  }

  /// A small point with the image x, for all values of the parameters: since f is injective it is the
  /// preimage.
  private func simplePreimage(of point: [Expression]) -> [Expression]? {
    guard !problem.parameters.isEmpty else { return nil }
    let candidates = WitnessSearch(in: problem.domain, under: assumptions, pointLimit: 200)
    return candidates.points(40).map(\.point).first { z in
      let values = Dictionary(uniqueKeysWithValues: zip(problem.inputs, z))
      return assumptions.decide(problem.domain.membership(of: z)) == true
        && zip(map, point).allSatisfy { formula, x in
          simplified(formula.substituting(values)).isIdentical(to: x, under: assumptions)
        }
    }
  }

  /// A point of small fractions inside the enclosures that is shown to be the preimage.
  func exactPreimage(of point: [Expression], near z: [Symbol: Ball]) -> [Expression]? {
    var candidate: [Symbol: Expression] = [:]
    for input in problem.inputs {
      guard let ball = z[input], let middle = ball.midpoint else { return nil }
      let nearby = (1...Self.simpleDenominator).lazy.map { denominator in
        (middle * Rational(denominator) + Rational(1, over: 2)).floor() / Rational(denominator)
      }
      guard let simple = nearby.first(where: { ball.contains($0) }) else { return nil }
      candidate[input] = Expression(simple)
    }
    for (formula, value) in zip(map, point)
    where ExactConstant.areEqual(formula.substituting(candidate), value) != true {
      return nil
    }
    return problem.inputs.map { candidate[$0]! }
  }

  /// Fractions with denominators up to this one are tried as exact preimages.
  private static let simpleDenominator = 12

  /// The density by an only preimage that is enclosed, if the enclosures are tight enough for all it needs.
  private func enclosedShare(_ z: [Symbol: Ball], _ digits: Int, _ precision: Int) -> (
    PreimageAtPoint, PointDensity.Outcome, [DensityRemark]
  )? {
    guard let (preimage, density) = enclosedPreimage(z, digits, precision) else { return nil }
    if !preimage.isInSupport {
      return (preimage, .exact(.zero), preimage.membership.compactMap(\.exclusion))
    }
    guard let decimal = density.decimal(significantDigits: digits) else { return nil }
    let logarithm = density.log(precision: precision).decimal(significantDigits: digits)
    return (preimage, .numeric(decimal: decimal, logDecimal: logarithm), [])
  }

  /// An enclosed preimage with its share of the density.
  func enclosedPreimage(_ z: [Symbol: Ball], _ digits: Int, _ precision: Int) -> (
    preimage: PreimageAtPoint, share: Ball
  )? {
    let decimals = problem.inputs.map { z[$0]?.decimal(significantDigits: digits) }
    guard let text = decimals as? [String],
      let membership = enclosedMembership(z, text, precision)
    else { return nil }
    let preimage = PreimageAtPoint(
      value: .numeric(text), membership: membership, baseDensity: nil, inverseDeterminant: nil,
      share: nil)
    guard preimage.isInSupport else { return (preimage, Ball(.zero, precision: precision)) }
    let p1 = base.density.ball(over: z, precision: precision)
    let scale = determinant.ball(over: z, precision: precision).magnitude
    return (preimage, p1.divided(by: scale, precision: precision))
  }

  /// Which coordinates are certainly inside or outside of the support; nil when one is neither.
  private func enclosedMembership(_ z: [Symbol: Ball], _ text: [String], _ precision: Int)
    -> [CoordinateMembership]?
  {
    var tests: [CoordinateMembership] = []
    for (k, coordinate) in problem.inputs.enumerated() {
      guard let ball = z[coordinate] else { return nil }
      let interval = base.support.intervals[k]
      var violation: Predicate?
      let value = Rational(text[k]).map { Expression($0) } ?? Expression(coordinate)
      for (end, outward) in [(interval.lower, Relation.less), (interval.upper, .greater)] {
        guard let bound = end.value else { continue }
        let edge = bound.ball(precision: precision)
        let isBelow = ball.certainlyLess(than: edge)
        guard isBelow || edge.certainlyLess(than: ball) else { return nil }
        if isBelow == (outward == .less) { violation = .compare(value, outward, bound) }
      }
      tests.append(
        CoordinateMembership(
          coordinate: coordinate, value: value, interval: interval, isMember: violation == nil,
          violation: violation, boundary: nil))
    }
    return tests
  }
}
