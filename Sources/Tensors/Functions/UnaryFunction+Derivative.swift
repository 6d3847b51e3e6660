extension Tensor {
  /// f'(x) as a formula in x and y = f(x); nil where it is 0 wherever it exists.
  ///
  /// Formulas neither cancel nor overflow. Where they distinguish cases, each case is analytic beyond its range, so
  /// that derivatives of derivatives are right at the boundaries, too: hence `select` rather than |x|.
  static func derivative(of f: UnaryFunction, at x: Tensor, result y: Tensor) -> Tensor? {
    switch f {
    case .negate: x.trace.constant(-1)
    case .absolute: x.map(.sign)
    case .sign, .floor, .isFinite: nil
    case .square: 2 * x
    case .squareRoot: 0.5 / y
    case .cubeRoot: (1.0 / 3) / square(y)
    case .reciprocal: -square(y)
    case .exponential: y
    case .logarithm: 1 / x
    case .log1p: 1 / (1 + x)
    case .expm1: exp(x)
    case .tanh: tanhDerivative(x)
    case .sigmoid: y * sigmoid(-x)
    case .softplus: sigmoid(x)
    case .relu: y .> 0
    case .sine: cos(x)
    case .cosine: -sin(x)
    case .tangent: 1 + square(y)
    case .arcsine: 1 / sqrt((1 - x) * (1 + x))
    case .arccosine: -1 / sqrt((1 - x) * (1 + x))
    case .arctangent: arctangentDerivative(x)
    case .sinh: x.map(.cosh)
    case .cosh: x.map(.sinh)
    case .asinh: asinhDerivative(x)
    case .acosh: 1 / (sqrt(x - 1) * sqrt(x + 1))
    case .atanh: 1 / ((1 - x) * (1 + x))
    case .erf: twoOverRootPi * gaussian(x, factor: 1)
    case .erfc: -twoOverRootPi * gaussian(x, factor: 1)
    case .inverseErf: inverseErfDerivative(x, y)
    case .normalCDF: oneOverRootTwoPi * gaussian(x, factor: 0.5)
    case .logNormalCDF: slopeOfLogNormalCDF(x)
    case .normalQuantile: normalQuantileDerivative(x, y)
    case .logGamma: x.map(.polygamma(0))
    case .polygamma(let order): x.map(.polygamma(order + 1))
    case .logBesselI0: x.map(.besselRatio)
    case .besselRatio: x.map(.besselRatioSlope)
    case .besselRatioSlope: besselRatioCurvature(x, y)
    case .lambertW: lambertWDerivative(x, y)
    case .wrightOmega: y / (1 + y)
    }
  }
}

// MARK: - Elementary functions

extension Tensor {
  /// 1/cosh² x = 4e/(1 + e)² with e = exp(-2|x|).
  private static func tanhDerivative(_ x: Tensor) -> Tensor {
    let e = exp(2 * select(x .< 0, x, -x))
    return 4 * e / square(1 + e)
  }

  /// 1/(1 + x²); beyond 1 by w = 1/x, whose square does not overflow: w²/(1 + w²).
  private static func arctangentDerivative(_ x: Tensor) -> Tensor {
    let (isFar, t) = folded(x)
    let near = 1 / (1 + square(t))
    return select(isFar, square(t) * near, near)
  }

  /// 1/√(1 + x²), likewise.
  private static func asinhDerivative(_ x: Tensor) -> Tensor {
    let (isFar, t) = folded(x)
    let near = 1 / sqrt(1 + square(t))
    return select(isFar, abs(t) * near, near)
  }

  /// Whether |x| > 1, and 1/x if so, else x.
  private static func folded(_ x: Tensor) -> (isFar: Tensor, t: Tensor) {
    let isFar = abs(x) .> 1
    return (isFar, select(isFar, 1 / select(isFar, x, x.trace.constant(1)), x))
  }

  /// 1/(eʸ (1 + y)); for |x| > 1, where the rounding of y weighs more in eʸ, y/(1 + y)/x.
  private static func lambertWDerivative(_ x: Tensor, _ y: Tensor) -> Tensor {
    let isFar = (abs(x) .> 1).combined(.maximum, y .< -1)
    let divisor = select(isFar, x, x.trace.constant(1))
    return select(isFar, y / (1 + y) / divisor, 1 / (exp(y) * (1 + y)))
  }
}

// MARK: - The normal distribution

extension Tensor {
  private static let twoOverRootPi = 1.128_379_167_095_512_6
  private static let oneOverRootTwoPi = 0.398_942_280_401_432_7

  /// exp(-factor x²) for a factor 1 or ½. The rounding of x² would be multiplied by x²: with c, x rounded to 64ths,
  /// c² is exact and x² - c² = (x - c)(x + c) small.
  private static func gaussian(_ x: Tensor, factor: Double) -> Tensor {
    // Beyond ±40 the value is 0 in every format, and c² would round.
    let t = x.clamped(-40, 40)
    let c = (64 * t).map(.floor) / 64
    return exp(-factor * square(c)) * exp(-factor * ((t - c) * (t + c)))
  }

  /// φ(x)/Φ(x). Below -12, where Φ(x) comes near the least number of `Float`, by Laplace's continued fraction with
  /// t = -x, t + 1/(t + 2/(t + …)) (Abramowitz and Stegun 26.2.14), of which ten levels leave 2⁻⁵⁴.
  private static func slopeOfLogNormalCDF(_ x: Tensor) -> Tensor {
    let isFar = x .< -12
    let inner = select(isFar, x.trace.constant(0), x)
    let near = oneOverRootTwoPi * gaussian(inner, factor: 0.5) / inner.map(.normalCDF)
    let t = max(-x, x.trace.constant(12))
    return select(isFar, t * laplaceFraction(square(1 / t)), near)
  }

  /// 1 + w/(1 + 2w/(1 + 3w/(1 + …))) down to level 10.
  private static func laplaceFraction(_ w: Tensor) -> Tensor {
    w.polynomial(convergent([1], [1])) / w.polynomial(convergent([0], [1]))
  }

  /// P₁₀ of the recurrence Pₖ = Pₖ₋₁ + k w Pₖ₋₂, as terms in w, from P₋₁ and P₀.
  private static func convergent(_ before: [Double], _ start: [Double]) -> [Double] {
    var (previous, current) = (before, start)
    for level in 1...10 {
      var next = current + Array(repeating: 0, count: max(0, previous.count + 1 - current.count))
      for (power, term) in previous.enumerated() { next[power + 1] += Double(level) * term }
      (previous, current) = (current, next)
    }
    return current
  }

  /// Σ terms[k] xᵏ
  private func polynomial(_ terms: [Double]) -> Tensor {
    terms.dropLast().reversed().reduce(zeros + terms.last!) { $0 * self + $1 }
  }

  /// 1/φ(y) = (Φ(z)/φ(z))/q with the nearer tail q = Φ(z), which is p or 1 - p: the rounding of y weighs y² times as
  /// much in φ(y) alone as in the quotient.
  private static func normalQuantileDerivative(_ p: Tensor, _ y: Tensor) -> Tensor {
    let isLow = p .< 0.5
    let (q, z) = (select(isLow, p, 1 - p), select(isLow, y, -y))
    return 1 / (q * slopeOfLogNormalCDF(z))
  }

  /// ½√π exp(y²) = ½√π (erfc(a)/exp(-a²))/q, a = |y| and q = 1 - |x|: likewise.
  private static func inverseErfDerivative(_ x: Tensor, _ y: Tensor) -> Tensor {
    let isLow = x .< 0
    let (q, a) = (select(isLow, 1 + x, 1 - x), select(isLow, -y, y))
    return 1 / twoOverRootPi * a.map(.erfc) / (q * gaussian(a, factor: 1))
  }
}

// MARK: - Bessel functions

extension Tensor {
  /// A'' = A/x² - A'/x - 2AA', from A' = 1 - A/x - A² (DLMF 10.29.2); near zero by its series
  /// -3x/8 + 5x³/24 - 77x⁵/1024.
  private static func besselRatioCurvature(_ x: Tensor, _ slope: Tensor) -> Tensor {
    let x2 = square(x)
    let series = -x * (3.0 / 8 - x2 * (5.0 / 24 - x2 * (77.0 / 1024)))
    let isSmall = x2 .< 1e-3
    let divisor = select(isSmall, x.trace.constant(1), x)
    let ratio = x.map(.besselRatio)
    return select(
      isSmall, series, (ratio / divisor - slope) / divisor - 2 * ratio * slope)
  }
}
