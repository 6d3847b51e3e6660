import Certificates
import Exact
import Symbolics

/// What one preimage contributes to the density.
enum Share {
  case known(PreimageAtPoint, [DensityRemark])
  /// The density at x is not assigned because of this preimage.
  case unassigned(PreimageAtPoint, DensityRemark)
  case undecided(String)
}

extension PushforwardDensity {
  /// p1(z)·|det Df⁻¹(x)| for one preimage z of x; `branch` is the formula that gave z, if f⁻¹ has one.
  func share(
    of z: [Expression], _ branch: PreimageBranch?, _ x: [Symbol: Expression]
  ) -> Share {
    var membership: [CoordinateMembership] = []
    for (k, coordinate) in base.support.coordinates.enumerated() {
      guard let test = test(z[k], of: coordinate, in: base.support.intervals[k]) else {
        return .undecided("whether \(coordinate) = \(z[k].text) lies in the support")
      }
      membership.append(test)
    }
    func preimage(
      _ baseDensity: Expression?, _ determinant: Expression?, _ share: Expression?
    ) -> PreimageAtPoint {
      PreimageAtPoint(
        value: .exact(z), membership: membership, baseDensity: baseDensity,
        inverseDeterminant: determinant, share: share)
    }
    var remarks = membership.compactMap { test in
      test.boundary.map { DensityRemark.onBoundary(test.coordinate, $0) }
    }
    let values = Dictionary(uniqueKeysWithValues: zip(problem.inputs, z))
    let scale = inverseDeterminant(at: z, values, branch, x)
    guard membership.allSatisfy(\.isMember) else {
      return .known(preimage(.zero, scale.value, .zero), membership.compactMap(\.exclusion))
    }
    let p1 = simplified(base.density.substituting(values))
    switch scale {
    case .regular(let value):
      return .known(preimage(p1, value, simplified(p1 * value)), remarks)
    case .byInverse(let value):
      remarks.append(.valueByInverse(preimage: z, isCertain: isWithoutDerivative(at: values)))
      return .known(preimage(p1, value, simplified(p1 * value)), remarks)
    case .critical:
      return .unassigned(preimage(p1, nil, nil), .criticalValue(preimage: z))
    case .notDifferentiable:
      return .unassigned(
        preimage(p1, nil, nil),
        .notDifferentiable(preimage: z, isCertain: isWithoutDerivative(at: values)))
    case .unknown:
      return .undecided("whether det Df vanishes at the preimage")
    }
  }

  /// |det Df⁻¹(x)| at one point.
  private enum InverseDeterminant {
    case regular(Expression)
    /// f is not known to be differentiable at the preimage; f⁻¹ has this determinant.
    case byInverse(Expression)
    /// det Df(z) = 0
    case critical
    /// Neither f at the preimage nor f⁻¹ at x is differentiable.
    case notDifferentiable
    case unknown

    var value: Expression? {
      switch self {
      case .regular(let value), .byInverse(let value): value
      case .critical, .notDifferentiable, .unknown: nil
      }
    }
  }

  private func inverseDeterminant(
    at z: [Expression], _ values: [Symbol: Expression], _ branch: PreimageBranch?,
    _ x: [Symbol: Expression]
  ) -> InverseDeterminant {
    if assumptions.isSmooth(map, determinant, at: values) == true, isSingular(values) == false {
      let forward = simplified(determinant.substituting(values))
      switch assumptions.decide(.compare(forward, .equal, .zero)) {
      case true: return .critical
      case false: return .regular(simplified(1 / forward.magnitude(under: assumptions)))
      case nil: return .unknown
      }
    }
    if assumptions.isSmooth(map, determinant, at: values) == true,
      assumptions.decide(.compare(determinant.substituting(values), .equal, .zero)) == true
    {
      return .critical
    }
    // f is not known to be differentiable at z. The reverse form applies if f⁻¹ is, at x.
    guard let branch, assumptions.isSmooth(branch.point, branch.inverseDeterminant, at: x) == true
    else {
      return assumptions.isSmooth(map, determinant, at: values) == false
        ? .notDifferentiable : .unknown
    }
    return .byInverse(simplified(branch.inverseDeterminant.substituting(x)))
  }

  /// Whether the verdict says that f has no derivative at the point. The form of f alone does not tell: kinks
  /// of its parts may cancel.
  private func isWithoutDerivative(at values: [Symbol: Expression]) -> Bool {
    guard case .bijectionNotSmooth(let set) = verdict.regularity, set.failure == .map else {
      return false
    }
    return assumptions.decide(set.points.substituting(values)) == true
  }

  /// Whether the point is in the set where the verdict says f is no diffeomorphism.
  private func isSingular(_ values: [Symbol: Expression]) -> Bool? {
    guard case .bijectionNotSmooth(let set) = verdict.regularity else { return false }
    return assumptions.decide(set.points.substituting(values))
  }

  /// Compares a coordinate with both ends of its interval; nil when a comparison is not decided.
  private func test(
    _ value: Expression, of coordinate: Symbol, in interval: Interval
  ) -> CoordinateMembership? {
    var violation: Predicate?
    var boundary: Endpoint?
    let ends: [(Endpoint, Relation)] = [(interval.lower, .less), (interval.upper, .greater)]
    for (end, outward) in ends {
      guard let bound = end.value else { continue }
      let beyond = Predicate.compare(value, outward, bound)
      switch assumptions.decide(.compare(value, .equal, bound)) {
      case true:
        boundary = end
        if !end.isClosed { violation = .compare(value, outward.closed, bound) }
      case false:
        switch assumptions.decide(beyond) {
        case true: violation = beyond
        case false: continue
        case nil: return nil
        }
      case nil:
        // On the end or inside of it: no matter which when the end is closed.
        guard end.isClosed, assumptions.decide(beyond) == false else { return nil }
      }
    }
    return CoordinateMembership(
      coordinate: coordinate, value: value, interval: interval, isMember: violation == nil,
      violation: violation, boundary: boundary)
  }
}

extension CoordinateMembership {
  /// Why the coordinate is outside of the support, as a remark.
  var exclusion: DensityRemark? { violation.map { .outsideSupport(coordinate, $0) } }
}
