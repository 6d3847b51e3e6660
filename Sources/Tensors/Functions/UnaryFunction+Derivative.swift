extension Tensor {
  /// f'(x) as a formula in x and y = f(x); nil where it is 0 wherever it exists.
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
    case .tanh: 1 - square(y)
    case .sigmoid: y * (1 - y)
    case .softplus: sigmoid(x)
    case .relu: y .> 0
    case .sine: cos(x)
    case .cosine: -sin(x)
    case .tangent: 1 + square(y)
    case .arcsine: 1 / sqrt((1 - x) * (1 + x))
    case .arccosine: -1 / sqrt((1 - x) * (1 + x))
    case .arctangent: 1 / (1 + square(x))
    case .sinh: x.map(.cosh)
    case .cosh: x.map(.sinh)
    case .asinh: 1 / sqrt(1 + square(x))
    case .acosh: 1 / sqrt((x - 1) * (x + 1))
    case .atanh: 1 / ((1 - x) * (1 + x))
    case .erf: twoOverRootPi * exp(-square(x))
    case .erfc: -twoOverRootPi * exp(-square(x))
    case .inverseErf: 1 / twoOverRootPi * exp(square(y))
    case .normalCDF: oneOverRootTwoPi * exp(-0.5 * square(x))
    case .logNormalCDF: logNormalCDFDerivative(x, y)
    case .normalQuantile: 1 / oneOverRootTwoPi * exp(0.5 * square(y))
    case .logGamma: x.map(.polygamma(0))
    case .polygamma(let order): x.map(.polygamma(order + 1))
    case .logBesselI0: x.map(.besselRatio)
    case .besselRatio: besselRatioDerivative(x, y)
    case .lambertW: 1 / (exp(y) * (1 + y))
    }
  }

  private static let twoOverRootPi = 1.128_379_167_095_512_6
  private static let oneOverRootTwoPi = 0.398_942_280_401_432_7

  /// φ(x)/Φ(x). Far down log φ and log Φ are large and differ little: from t = -x > 50 on it is the asymptotic series
  /// t + 1/t - 2/t³ + 10/t⁵ - 74/t⁷ of Mills' ratio (DLMF 7.12.1) inverted, whose next term, 706/t⁹, is below 2⁻⁴⁷ of it.
  private static func logNormalCDFDerivative(_ x: Tensor, _ y: Tensor) -> Tensor {
    let isFar = x .< -farDown
    let zero = x.trace.constant(0)
    let near = oneOverRootTwoPi * exp(Tensor.select(isFar, zero, -0.5 * square(x) - y))
    let t = max(-x, x.trace.constant(farDown))
    let w = square(1 / t)
    return Tensor.select(isFar, t + (1 - w * (2 - w * (10 - 74 * w))) / t, near)
  }

  private static let farDown = 50.0

  /// A' = 1 - A/x - A² (DLMF 10.29.2); near zero by its series 1/2 - 3x²/16 + 5x⁴/96, because there
  /// 1 - A/x cannot be divided out.
  private static func besselRatioDerivative(_ x: Tensor, _ y: Tensor) -> Tensor {
    let x2 = square(x)
    let series = 0.5 - x2 * (3.0 / 16 - x2 * (5.0 / 96))
    let isSmall = x2 .< 1e-4
    let divisor = Tensor.select(isSmall, x.trace.constant(1), x)
    return Tensor.select(isSmall, series, 1 - y / divisor - square(y))
  }
}
