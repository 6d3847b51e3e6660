import Exact
import Symbolics

/// The density of one coordinate of a product distribution.
struct CoordinateDensity {
  let interval: Interval
  let density: Expression
  let logDensity: Expression

  /// One factor a coordinate; a multivariate normal is no product and not handled here.
  static func factors(
    of distribution: BaseDistribution, _ coordinates: [Symbol], _ assumptions: Assumptions
  ) throws(DistributionError) -> [CoordinateDensity] {
    var factors: [CoordinateDensity] = []
    for (k, coordinate) in coordinates.enumerated() {
      let z = Expression(coordinate)
      switch distribution {
      case .normal(let mean, let deviation):
        factors.append(try normal(z, mean[k], deviation[k], assumptions))
      case .multivariateNormal:
        preconditionFailure("a multivariate normal distribution has no factors")
      case .uniform(let box): factors.append(try uniform(coordinate, box[k], assumptions))
      case .logistic(let location, let scale):
        factors.append(try logistic(z, location[k], scale[k], assumptions))
      case .laplace(let location, let scale):
        factors.append(try laplace(z, location[k], scale[k], assumptions))
      case .studentT(let degrees): factors.append(try studentT(z, degrees[k], assumptions))
      case .exponential(let rate): factors.append(try exponential(z, rate[k], assumptions))
      case .beta(let a, let b): factors.append(try beta(z, a[k], b[k], assumptions))
      case .independent(let parts):
        factors.append(try part(parts[k], coordinate, assumptions))
      }
    }
    return factors
  }

  /// One line `z1 ~ …` of a product.
  private static func part(
    _ part: BaseDistribution, _ coordinate: Symbol, _ assumptions: Assumptions
  ) throws(DistributionError) -> CoordinateDensity {
    guard part.dimension == 1 else { throw .dimension(found: part.dimension, expected: 1) }
    if case .multivariateNormal(let mean, let covariance) = part {
      let variance = covariance.first?.first ?? .zero
      return try normal(Expression(coordinate), mean[0], variance.squareRoot, assumptions)
    }
    return try factors(of: part, [coordinate], assumptions)[0]
  }

  /// e^(-(z-μ)²/(2σ²)) / (√(2π) σ)
  private static func normal(
    _ z: Expression, _ mean: Expression, _ deviation: Expression, _ assumptions: Assumptions
  ) throws(DistributionError) -> CoordinateDensity {
    try assumptions.requirePositive(deviation, "standard deviation")
    let exponent = .rational(-1, 2) * ((z - mean) / deviation).power(2)
    return CoordinateDensity(
      interval: .reals,
      density: .exp(exponent) / ((2 * Expression.pi).squareRoot * deviation),
      logDensity: exponent - .rational(1, 2) * .log(2 * .pi) - .log(deviation))
  }

  /// 1/(b - a) between the ends of the interval.
  private static func uniform(
    _ coordinate: Symbol, _ interval: Interval, _ assumptions: Assumptions
  ) throws(DistributionError) -> CoordinateDensity {
    guard let lower = interval.lower.value, let upper = interval.upper.value else {
      throw .unboundedBox(coordinate: coordinate)
    }
    switch assumptions.decide(.compare(upper - lower, .greater, .zero)) {
    case true: break
    case false: throw .emptyBox(coordinate: coordinate, lower: lower, upper: upper)
    case nil: throw .signUnknown(quantity: "width of the box", value: upper - lower)
    }
    return CoordinateDensity(
      interval: interval, density: 1 / (upper - lower), logDensity: -.log(upper - lower))
  }

  /// e^(-u)/(s(1 + e^(-u))²) with u = (z - μ)/s
  private static func logistic(
    _ z: Expression, _ location: Expression, _ scale: Expression, _ assumptions: Assumptions
  ) throws(DistributionError) -> CoordinateDensity {
    try assumptions.requirePositive(scale, "scale")
    let u = (z - location) / scale
    return CoordinateDensity(
      interval: .reals,
      density: .exp(-u) / (scale * (1 + .exp(-u)).power(2)),
      // Not -u - 2 softplus(-u), which is NaN where u overflows.
      logDensity: -.call(.softplus, [u]) - .call(.softplus, [-u]) - .log(scale))
  }

  /// e^(-|z-μ|/b)/(2b)
  private static func laplace(
    _ z: Expression, _ location: Expression, _ scale: Expression, _ assumptions: Assumptions
  ) throws(DistributionError) -> CoordinateDensity {
    try assumptions.requirePositive(scale, "scale")
    let u = .abs(z - location) / scale
    return CoordinateDensity(
      interval: .reals, density: .exp(-u) / (2 * scale), logDensity: -u - .log(2 * scale))
  }

  /// c(1 + z²/ν)^(-(ν+1)/2) with c = Γ((ν+1)/2)/(√(νπ) Γ(ν/2)) = 1/(√ν B(1/2, ν/2))
  private static func studentT(
    _ z: Expression, _ degrees: Expression, _ assumptions: Assumptions
  ) throws(DistributionError) -> CoordinateDensity {
    try assumptions.requirePositive(degrees, "number of degrees of freedom")
    let half = Expression.rational(1, 2)
    guard let beta = GammaFunction.beta(half, half * degrees) else {
      throw .noClosedForm(distribution: "student_t", value: degrees)
    }
    let constant = 1 / (degrees.squareRoot * beta)
    let kernel = 1 + z.power(2) / degrees
    let exponent = -half * (degrees + 1)
    return CoordinateDensity(
      interval: .reals, density: constant * .power(kernel, exponent),
      logDensity: .log(constant) + exponent * .log(kernel))
  }

  /// λe^(-λz) for z ≥ 0
  private static func exponential(
    _ z: Expression, _ rate: Expression, _ assumptions: Assumptions
  ) throws(DistributionError) -> CoordinateDensity {
    try assumptions.requirePositive(rate, "rate")
    return CoordinateDensity(
      interval: .nonnegative, density: rate * .exp(-rate * z), logDensity: .log(rate) - rate * z)
  }

  /// z^(a-1)(1-z)^(b-1)/B(a, b) on (0, 1). An end belongs to the support where the density has a
  /// positive limit there, a = 1 or b = 1; elsewhere it is 0 or unbounded at the end.
  private static func beta(
    _ z: Expression, _ a: Expression, _ b: Expression, _ assumptions: Assumptions
  ) throws(DistributionError) -> CoordinateDensity {
    try assumptions.requirePositive(a, "shape a")
    try assumptions.requirePositive(b, "shape b")
    guard let constant = GammaFunction.beta(a, b) else {
      let isHalves = a.rationalValue.map { ($0 * 2).isInteger } ?? false
      throw .noClosedForm(distribution: "beta", value: isHalves ? b : a)
    }
    return CoordinateDensity(
      interval: Interval(a.isOne ? .closed(.zero) : .open(.zero), b.isOne ? .closed(1) : .open(1)),
      density: .power(z, a - 1) * .power(1 - z, b - 1) / constant,
      logDensity: .sum([(a - 1) * .log(z), (b - 1) * .log(1 - z), -.log(constant)]))
  }
}
