public import Tensors

/// logit y' for y' = Σₖ wₖ σ(aₖ x + bₖ), aₖ > 0, Σ wₖ = 1: a sum of K sigmoids, brought back to ℝ
/// (the deep sigmoidal flow of Huang, Krueger, Lacoste and Courville 2018); parameters log-weights,
/// logarithms of aₖ and bₖ, K each.
///
/// log Σ wₖ σ(uₖ) and log Σ wₖ σ(-uₖ) are computed apart, so that nothing cancels or saturates: far
/// out y is a straight line. The inverse is numerical, with implicit gradients.
public struct SigmoidSumTransform: ElementwiseTransform {
  /// K
  public let terms: Int
  /// Centres -bₖ/aₖ are spread over [-spread, spread] at first.
  public let spread: Double
  /// aₖ at first
  public let slope: Double

  /// A sum of `terms` sigmoids.
  ///
  /// - Parameters:
  ///   - terms: K
  ///   - spread: centres are spread over [-spread, spread] at first.
  ///   - slope: aₖ at first, from 1/100 to 100.
  public init(terms: Int = 8, spread: Double = 2, slope: Double = 1) {
    requireSome("sigmoid", terms)
    require(
      spread >= 0 && spread.isFinite && 0.01...100 ~= slope,
      "a spread of \(spread) with slopes of \(slope), which are not in [0, ∞) and 0.01...100")
    self.terms = terms
    self.spread = spread
    self.slope = slope
  }

  /// 3K
  public var parameterCount: Int { 3 * terms }
  /// `[D, P]`
  public var layout: ParameterLayout { .byFeature }
  /// Equal weights and slopes, centres at equal distances
  public var initialParameters: [Double] {
    let logSlope = UnaryFunction.logarithm.value(slope).beforeSoftBound(MixtureParts.largest)
    return Array(repeating: 0, count: terms) + Array(repeating: logSlope, count: terms)
      + spreadOut(terms, from: -slope * spread, to: slope * spread)
  }

  /// logit Σ wₖ σ(aₖ x + bₖ)
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let sum = MixtureParts(parameters, terms)
    let u = x.repeated(terms) * exp(sum.logSlopes) + sum.offsets
    let (below, above) = (logSigmoid(u), logSigmoid(-u))
    let low = (sum.logWeights + below).logSumExp()
    let high = (sum.logWeights + above).logSumExp()
    // Of the two sums that divide the slope, one is large far out and makes a softmax of the weights instead.
    let isUpper = high .< low
    let spread = isUpper.repeated(terms)
    let shares = (sum.logWeights + Tensor.select(spread, above, below)).logSoftmax()
    let slope = (shares + sum.logSlopes + Tensor.select(spread, below, above)).logSumExp()
    return ElementwiseImage(low - high, slope - Tensor.select(isUpper, low, high))
  }

  /// The root of f(x) = y
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    // y lies between the smallest and the largest aₖ x + bₖ.
    let sum = MixtureParts(parameters, terms)
    let ends = (y.repeated(terms) - sum.offsets) * exp(-sum.logSlopes)
    return solvedIncreasing(y, parameters, between: ends)
  }
}

/// y = Σₖ wₖ Φ(aₖ x + bₖ), the distribution function of a mixture of K normals, from ℝ onto (0, 1);
/// parameters log-weights, logarithms of aₖ and bₖ, K each (Chen and Gopinath's Gaussianization,
/// 2001, puts Φ⁻¹ after it).
///
/// y is 0 or 1 where x lies beyond all components by more than about 5 of their deviations in
/// `Float` and 8 in `Double` (far more on the lower side). The inverse is numerical, with implicit
/// gradients.
public struct MixtureCDFTransform: ElementwiseTransform {
  /// K
  public let components: Int

  /// A mixture of `components` normals.
  ///
  /// - Parameter components: K
  public init(components: Int = 8) {
    requireSome("component", components)
    self.components = components
  }

  /// 3K
  public var parameterCount: Int { 3 * components }
  /// `[D, P]`
  public var layout: ParameterLayout { .byFeature }
  /// (0, 1)
  public var codomain: Interval { .unit }
  /// Equal weights, deviations 1, centres from -2 to 2
  public var initialParameters: [Double] {
    Array(repeating: 0, count: 2 * components) + spreadOut(components, from: -2, to: 2)
  }

  /// Σ wₖ Φ(aₖ x + bₖ)
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let sum = MixtureParts(parameters, components)
    let u = x.repeated(components) * exp(sum.logSlopes) + sum.offsets
    let value = (exp(sum.logWeights) * u.map(.normalCDF)).sum()
    let logDensities = sum.logWeights + sum.logSlopes - 0.5 * square(u)
    return ElementwiseImage(value, logDensities.logSumExp() - logOfRootTwoPi)
  }

  /// The root of f(x) = y; ±∞ for y outside of (0, 1)
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let isInside = (y .> 0) * (y .< 1)
    let safe = Tensor.select(isInside, y, y.trace.constant(0.5))
    // Φ⁻¹(y) lies between the smallest and the largest aₖ x + bₖ.
    let sum = MixtureParts(parameters, components)
    let quantile = safe.map(.normalQuantile).repeated(components)
    let image = solvedIncreasing(
      safe, parameters, between: (quantile - sum.offsets) * exp(-sum.logSlopes))
    let infinity = y.trace.constant(.infinity)
    // y itself where it is NaN.
    let end = Tensor.select(y .<= 0, -infinity, Tensor.select(y .> 0, infinity, y))
    return ElementwiseImage(Tensor.select(isInside, image.value, end), image.logSlope)
  }
}

/// log √(2π)
let logOfRootTwoPi = 0.918_938_533_204_672_8

/// `count` numbers at equal distances; the middle for one.
private func spreadOut(_ count: Int, from lower: Double, to upper: Double) -> [Double] {
  (0..<count).map { lower + (upper - lower) * (Double($0) + 0.5) / Double(count) }
}

/// The parameters of a mixture `[D, 3K]` as tensors `[D, K]`.
private struct MixtureParts {
  let logWeights, logSlopes, offsets: Tensor
  /// The bound of |log aₖ|.
  static let largest = 5.0

  init(_ parameters: Tensor, _ terms: Int) {
    logWeights = parameters.columns(0..<terms).logSoftmax()
    logSlopes = parameters.columns(terms..<2 * terms).softlyBounded(Self.largest)
    offsets = parameters.columns(2 * terms..<3 * terms)
  }
}
