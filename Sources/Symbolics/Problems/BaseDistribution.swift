/// The distribution p1 of z, as written after `z ~`.
public indirect enum BaseDistribution: Hashable, Sendable {
  /// N(mean, sd²), independent by coordinate.
  case normal(mean: [Expression], deviation: [Expression])
  /// N(mean, covariance), the covariance symmetric positive definite, row by row.
  case multivariateNormal(mean: [Expression], covariance: [[Expression]])
  /// Constant on a bounded box of intervals, zero elsewhere.
  case uniform([Interval])
  /// Density sech²((z - location) / (2 scale)) / (4 scale), independent by coordinate.
  case logistic(location: [Expression], scale: [Expression])
  /// Density exp(-|z - location| / scale) / (2 scale), independent by coordinate.
  case laplace(location: [Expression], scale: [Expression])
  /// Student's t centred at 0, its density ∝ (1 + z²/ν)^(-(ν+1)/2), independent by coordinate.
  case studentT(degreesOfFreedom: [Expression])
  /// Density rate · exp(-rate z) on [0, ∞), independent by coordinate.
  case exponential(rate: [Expression])
  /// Density ∝ z^(a-1) (1 - z)^(b-1) on (0, 1), independent by coordinate.
  case beta(a: [Expression], b: [Expression])
  /// One distribution a coordinate (each of dimension 1), from `z1 ~ …` lines.
  case independent([BaseDistribution])

  /// The number of coordinates.
  public var dimension: Int {
    switch self {
    case .normal(let mean, _), .multivariateNormal(let mean, _): mean.count
    case .uniform(let box): box.count
    case .logistic(let location, _), .laplace(let location, _): location.count
    case .studentT(let degrees): degrees.count
    case .exponential(let rate): rate.count
    case .beta(let a, _): a.count
    case .independent(let parts): parts.count
    }
  }

  /// Every expression inside replaced by its image.
  public func mapExpressions(_ f: (Expression) -> Expression) -> BaseDistribution {
    func ends(_ end: Endpoint) -> Endpoint {
      switch end {
      case .minusInfinity, .plusInfinity: end
      case .open(let value): .open(f(value))
      case .closed(let value): .closed(f(value))
      }
    }
    switch self {
    case .normal(let mean, let deviation):
      return .normal(mean: mean.map(f), deviation: deviation.map(f))
    case .multivariateNormal(let mean, let covariance):
      return .multivariateNormal(mean: mean.map(f), covariance: covariance.map { $0.map(f) })
    case .uniform(let box):
      return .uniform(box.map { Interval(ends($0.lower), ends($0.upper)) })
    case .logistic(let location, let scale):
      return .logistic(location: location.map(f), scale: scale.map(f))
    case .laplace(let location, let scale):
      return .laplace(location: location.map(f), scale: scale.map(f))
    case .studentT(let degrees): return .studentT(degreesOfFreedom: degrees.map(f))
    case .exponential(let rate): return .exponential(rate: rate.map(f))
    case .beta(let a, let b): return .beta(a: a.map(f), b: b.map(f))
    case .independent(let parts): return .independent(parts.map { $0.mapExpressions(f) })
    }
  }
}
