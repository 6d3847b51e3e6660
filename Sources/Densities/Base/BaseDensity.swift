public import Symbolics

/// The density p1 of a base distribution as formulas in the coordinates of z.
public struct BaseDensity: Sendable {
  /// The distribution as it was given.
  public let distribution: BaseDistribution
  /// z1 … zn, or z.
  public let coordinates: [Symbol]
  /// Where p1 is given by ``density``; outside it is 0. A box is closed or open as it was written.
  public let support: Region
  /// p1(z) on the support.
  public let density: Expression
  /// log p1(z) on the support, as a sum that neither overflows nor underflows.
  public let logDensity: Expression

  /// Checks the parameters of `distribution` and derives its formulas.
  ///
  /// - Parameters:
  ///   - distribution: p1 as written.
  ///   - coordinates: z1 … zn, or z.
  ///   - assumptions: what is known of the symbols in the distribution's parameters.
  public init(
    _ distribution: BaseDistribution, coordinates: [Symbol], assumptions: Assumptions
  ) throws(DistributionError) {
    guard distribution.dimension == coordinates.count else {
      throw .dimension(found: distribution.dimension, expected: coordinates.count)
    }
    self.distribution = distribution
    self.coordinates = coordinates
    if case .multivariateNormal(let mean, let covariance) = distribution {
      let normal = try MultivariateNormal(
        mean: mean, covariance: covariance, assumptions: assumptions)
      support = .space(coordinates)
      density = normal.density(at: coordinates.map { Expression($0) })
      logDensity = normal.logDensity(at: coordinates.map { Expression($0) })
      return
    }
    let factors = try CoordinateDensity.factors(of: distribution, coordinates, assumptions)
    support = Region(coordinates: coordinates, intervals: factors.map(\.interval))
    density = .product(factors.map(\.density))
    logDensity = .sum(factors.map(\.logDensity))
  }
}

extension Assumptions {
  /// Checks that `value` is positive; `quantity` names it in the error.
  func requirePositive(_ value: Expression, _ quantity: String) throws(DistributionError) {
    switch decide(.compare(value, .greater, .zero)) {
    case true: return
    case false: throw .notPositive(quantity: quantity, value: value)
    case nil: throw .signUnknown(quantity: quantity, value: value)
    }
  }
}
