public import Tensors

/// p(x) = Π xᵃ⁻¹ (1 - x)ᵇ⁻¹ Γ(a + b)/(Γ(a) Γ(b)) on (0, 1), the Beta distribution with learned a and b for
/// each feature. With a context both depend on it.
///
/// a and b stay within e^±3 of where they begin. Logarithms of Γ are taken apart, so that log p is off by about a rounding
/// of (a + b) log(a + b): in `Float` by 10⁻⁴ for 100 of each, by 10⁻² for 10⁴. Samples are g/(g + h) with gamma-distributed g and h by
/// the method of Marsaglia and Tsang (2000), with eight tries: with a chance of 10⁻¹⁰ none of them is
/// accepted and the last one is taken.
public struct Beta: Distribution {
  /// D
  public let features: Int
  /// a at first
  public let alpha: Double
  /// b at first
  public let beta: Double
  /// C
  public let contextFeatures: Int
  /// What computes a and b from a context.
  public let network: any Network

  /// On `features` features.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - alpha: a at first, from 10⁻⁶ to 10⁶.
  ///   - beta: b at first, from 10⁻⁶ to 10⁶.
  ///   - context: C; 0 for none.
  ///   - network: what computes a and b from the context.
  public init(
    _ features: Int, alpha: Double = 2, beta: Double = 2, context: Int = 0,
    network: any Network = Perceptron.standard
  ) {
    requireFeatures(features)
    require(
      1e-6...1e6 ~= alpha && 1e-6...1e6 ~= beta,
      "Beta(\(alpha), \(beta)) has a parameter that is not in 10⁻⁶...10⁶")
    self.features = features
    self.alpha = alpha
    self.beta = beta
    contextFeatures = context
    self.network = network
  }

  /// (0, 1)
  public var support: [Interval] { Array(repeating: .unit, count: features) }
  /// Those of two gamma distributions for each feature
  public var noise: NoiseCount {
    NoiseCount(
      normals: 2 * features * GammaSampler.normals, uniforms: 2 * features * GammaSampler.uniforms)
  }

  /// Σ log p
  public func logDensity(_ x: Tensor, _ scope: Scope) -> Tensor {
    let (a, b) = shapes(scope)
    let isInside = (x .> 0) * (x .< 1)
    let safe = Tensor.select(isInside, x, x.trace.constant(0.5))
    let constant = (a + b).map(.logGamma) - a.map(.logGamma) - b.map(.logGamma)
    let within = ((a - 1) * log(safe) + (b - 1) * log1p(-safe) + constant).total()
    return Tensor.select(
      isInside.sum() .< Double(features), x.trace.constant(-.infinity), within)
  }

  /// 1/(1 + h/g)
  public func sample(_ noise: Noise, _ scope: Scope) -> Tensor {
    let (a, b) = shapes(scope)
    return GammaSampler.shares(noise, a, b)
  }

  private func shapes(_ scope: Scope) -> (a: Tensor, b: Tensor) {
    let logarithms = scope.learned(
      ["logAlpha", "logBeta"].map { LearnedNumbers($0, [features]) }, context: contextFeatures,
      by: network
    ).map { $0.softlyBounded(3) }
    return (alpha * exp(logarithms[0]), beta * exp(logarithms[1]))
  }
}

/// Logarithms of gamma-distributed numbers: d v u^(1/a) with d = a + 2/3 and v = (1 + n/√(9d))³, n normal,
/// accepted where log u' < n²/2 + d - d v + d log v (Marsaglia and Tsang 2000).
package struct GammaSampler {
  /// Acceptance has a chance of more than 95 % for every a.
  private static let tries = 8
  /// Normal numbers for each shape
  package static let normals = tries
  /// One for each try, and one more
  package static let uniforms = tries + 1

  /// `[B, n]`
  private let logSamples: Tensor

  /// g/(g + h), as a Beta distribution has them, within (0, 1), `[B, n]`.
  ///
  /// - Parameters:
  ///   - noise: for each pair twice `normals` and `uniforms` numbers.
  ///   - a: the shapes of g, `[n]`.
  ///   - b: those of h, `[n]`.
  package static func shares(_ noise: Noise, _ a: Tensor, _ b: Tensor) -> Tensor {
    let logs = GammaSampler(noise, Tensor.concatenated([a, b])).logSamples
    let count = a.shape.count
    return sigmoid(logs.slice(0..<count) - logs.slice(count..<2 * count)).moved(into: .unit)
  }

  /// - Parameters:
  ///   - noise: at least `normals` and `uniforms` numbers for each shape.
  ///   - shapes: a, `[n]`.
  private init(_ noise: Noise, _ shapes: Tensor) {
    let count = shapes.shape.count
    func portion(_ numbers: Tensor, _ number: Int) -> Tensor {
      numbers.slice(number * count..<(number + 1) * count)
    }
    let d = shapes + 2.0 / 3
    let scale = 1 / (3 * sqrt(d))
    var logV: Tensor?
    for attempt in 0..<GammaSampler.tries {
      let normal = portion(noise.normals!, attempt)
      let root = 1 + scale * normal
      let isPositive = root .> 0
      let candidate = 3 * log(Tensor.select(isPositive, root, root.trace.constant(1)))
      let bound = 0.5 * square(normal) + d * (candidate - expm1(candidate))
      let isAccepted = isPositive * (log(portion(noise.uniforms!, attempt)) .< bound)
      logV = logV.map { Tensor.select(isAccepted, candidate, $0) } ?? candidate
    }
    let boost = log(portion(noise.uniforms!, GammaSampler.tries)) / shapes
    logSamples = log(d) + logV! + boost
  }
}
