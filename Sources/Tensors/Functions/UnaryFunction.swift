/// A function of one number, applied feature by feature.
///
/// `value(_:)` is the definition in `Double`, `Tensor.derivative(of:result:)` the derivative. Outside a function's
/// domain the value is NaN, at a pole the infinity that it tends to.
public enum UnaryFunction: Hashable, Sendable {
  /// -x
  case negate
  /// |x|
  case absolute
  /// -1, 0 or 1
  case sign
  /// x²
  case square
  /// √x
  case squareRoot
  /// ∛x, for any x
  case cubeRoot
  /// 1/x
  case reciprocal
  /// eˣ
  case exponential
  /// log x
  case logarithm
  /// log(1 + x)
  case log1p
  /// eˣ - 1
  case expm1
  /// tanh x
  case tanh
  /// 1/(1 + e⁻ˣ)
  case sigmoid
  /// log(1 + eˣ)
  case softplus
  /// max(x, 0)
  case relu
  /// sin x
  case sine
  /// cos x
  case cosine
  /// tan x
  case tangent
  /// arcsin x, |x| ≤ 1
  case arcsine
  /// arccos x, |x| ≤ 1
  case arccosine
  /// arctan x
  case arctangent
  /// sinh x
  case sinh
  /// cosh x
  case cosh
  /// arsinh x
  case asinh
  /// arcosh x, x ≥ 1
  case acosh
  /// artanh x, |x| < 1
  case atanh
  /// erf x
  case erf
  /// 1 - erf x
  case erfc
  /// The y with erf y = x, |x| < 1
  case inverseErf
  /// Φ(x), the standard normal distribution function
  case normalCDF
  /// log Φ(x)
  case logNormalCDF
  /// Φ⁻¹(x), 0 < x < 1
  case normalQuantile
  /// log|Γ(x)|
  case logGamma
  /// ψ⁽ⁿ⁾(x), the n-th derivative of the digamma function; x > 0 for n > 0
  case polygamma(Int)
  /// log I₀(x), the modified Bessel function
  case logBesselI0
  /// I₁(x)/I₀(x)
  case besselRatio
  /// The derivative of I₁(x)/I₀(x)
  case besselRatioSlope
  /// W(x) on branch 0 or -1: the w with w eʷ = x
  case lambertW(branch: Int)
  /// Wright's ω(x) = W(eˣ) on branch 0: the w with w + log w = x
  case wrightOmega
  /// ⌊x⌋
  case floor
  /// 1 where x is finite, else 0
  case isFinite
}

extension UnaryFunction {
  /// Every function, with a representative of those that have a parameter: what tests go through.
  public static let all: [UnaryFunction] = [
    .negate, .absolute, .sign, .square, .squareRoot, .cubeRoot, .reciprocal, .exponential,
    .logarithm, .log1p, .expm1, .tanh, .sigmoid, .softplus, .relu, .sine, .cosine, .tangent,
    .arcsine, .arccosine, .arctangent, .sinh, .cosh, .asinh, .acosh, .atanh, .erf, .erfc,
    .inverseErf, .normalCDF, .logNormalCDF, .normalQuantile, .logGamma, .polygamma(0),
    .polygamma(1), .logBesselI0, .besselRatio, .besselRatioSlope, .lambertW(branch: 0),
    .lambertW(branch: -1), .wrightOmega, .floor, .isFinite,
  ]

  /// f(x), in `Double`.
  public func value(_ x: Double) -> Double {
    switch self {
    case .negate: -x
    case .absolute: x.magnitude
    case .sign: x > 0 ? 1 : x < 0 ? -1 : x
    case .square: x * x
    case .squareRoot: x.squareRoot()
    case .cubeRoot: Elementary.cubeRoot(x)
    case .reciprocal: 1 / x
    case .exponential: Elementary.exp(x)
    case .logarithm: Elementary.log(x)
    case .log1p: Elementary.log1p(x)
    case .expm1: Elementary.expm1(x)
    case .tanh: Elementary.tanh(x)
    case .sigmoid: Elementary.sigmoid(x)
    case .softplus: Elementary.softplus(x)
    case .relu: x > 0 ? x : x.isNaN ? x : 0
    case .sine: Elementary.sin(x)
    case .cosine: Elementary.cos(x)
    case .tangent: Elementary.tan(x)
    case .arcsine: Elementary.asin(x)
    case .arccosine: Elementary.acos(x)
    case .arctangent: Elementary.atan(x)
    case .sinh: Elementary.sinh(x)
    case .cosh: Elementary.cosh(x)
    case .asinh: Elementary.asinh(x)
    case .acosh: Elementary.acosh(x)
    case .atanh: Elementary.atanh(x)
    case .erf: Elementary.erf(x)
    case .erfc: Elementary.erfc(x)
    case .inverseErf: StandardNormal.erfinv(x)
    case .normalCDF: StandardNormal.cdf(x)
    case .logNormalCDF: StandardNormal.logCdf(x)
    case .normalQuantile: StandardNormal.quantile(x)
    case .logGamma: GammaFunction.logGamma(x)
    case .polygamma(let order): GammaFunction.polygamma(order, x)
    case .logBesselI0: BesselFunction.logI0(x)
    case .besselRatio: BesselFunction.ratio(x)
    case .besselRatioSlope: BesselFunction.ratioSlope(x)
    case .lambertW(let branch): LambertW.value(x, branch: branch)
    case .wrightOmega: LambertW.wrightOmega(x)
    case .floor: x.rounded(.down)
    case .isFinite: x.isFinite ? 1 : 0
    }
  }
}
