public import Symbolics

/// The image of one base point and the density there.
public struct PushedPoint: Sendable {
  /// z, f(z) and det Df(z).
  public let map: MapAtPoint
  /// p1(z)
  public let baseDensity: Expression
  /// p2(x) with what led there. For an injective f it is p1(z)/|det Df(z)|, otherwise the sum over
  /// all preimages of x.
  public let density: PointDensity
}

extension PushforwardDensity {
  /// x = f(z) and p2(x) for a base point z, exactly; parameters may stay symbolic.
  public func push(_ z: [Expression], digits: Int = 17) throws(DensityError) -> PushedPoint {
    let found = try MapAtPoint(
      of: problem, at: z, determinant: determinant, under: assumptions)
    let values = Dictionary(uniqueKeysWithValues: zip(problem.inputs, z))
    return PushedPoint(
      map: found, baseDensity: simplified(base.density.substituting(values)),
      density: try pushedDensity(at: found.image, from: z, digits))
  }

  private func pushedDensity(
    at image: [Expression], from z: [Expression], _ digits: Int
  ) throws(DensityError) -> PointDensity {
    guard isInjective else { return try density(at: image, digits: digits) }
    let remarks: [DensityRemark] = requirement == .always ? [] : [.requires(requirement)]
    let x = Dictionary(uniqueKeysWithValues: zip(problem.outputs, image))
    let branch: PreimageBranch? =
      if case .branches(let branches, _) = preimages { branches.first } else { nil }
    switch share(of: z, branch, x) {
    case .known(let preimage, let more):
      return PointDensity(
        point: image, preimages: [preimage], outcome: .exact(preimage.share ?? .zero),
        remarks: remarks + more)
    case .unassigned(let preimage, let remark):
      return PointDensity(
        point: image, preimages: [preimage], outcome: .unassigned, remarks: remarks + [remark])
    case .undecided(let reason):
      return PointDensity(
        point: image, preimages: [], outcome: .undecided(reason), remarks: remarks)
    }
  }
}
