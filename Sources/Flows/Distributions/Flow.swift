public import Tensors

/// x = f(z), z from a base distribution: log p(x) = log p_base(f⁻¹(x)) + log|det ∂f⁻¹/∂x|.
public struct Flow: Distribution {
  /// The distribution of z
  public let base: any Distribution
  /// f
  public let bijector: any Bijector
  /// The context that both share.
  public let contextFeatures: Int

  /// The image of a base distribution.
  ///
  /// - Parameters:
  ///   - base: the distribution of z.
  ///   - bijector: f; its domain holds the support of the base.
  public init(base: any Distribution, bijector: any Bijector) {
    base.requireSides()
    bijector.requireSides()
    require(
      base.features == bijector.features,
      "a base of \(base.features) features for a bijector of \(bijector.features)")
    for (feature, (support, domain)) in zip(base.support, bijector.domain).enumerated() {
      require(
        domain.contains(support),
        "flow: feature \(feature) of the base lies in \(support), but the bijector is defined on "
          + "\(domain)")
    }
    self.base = base
    self.bijector = bijector
    contextFeatures = commonContext("flow", [base.contextFeatures, bijector.contextFeatures])
  }

  /// D
  public var features: Int { base.features }
  /// The codomain of f; that of the base for features that f leaves unchanged
  public var support: [Interval] { bijector.image(of: base.support) }
  /// That of the base
  public var noise: NoiseCount { base.noise }

  /// log p_base(z) + log|det ∂z/∂x|; -∞ also for x so far out that z is no number of the format
  public func logDensity(_ x: Tensor, _ scope: Scope) -> Tensor {
    guard support.contains(where: { $0 != .line }) else { return logDensityWithin(x, scope) }
    // Where f⁻¹ is not defined neither the value nor its gradients may be NaN: a point of the
    // support takes the row's place.
    let trace = x.trace
    let isInside = x.isInside(support)
    let interior = trace.constant(support.map(\.interior), [features])
    let within = logDensityWithin(Tensor.select(isInside, x, interior), scope)
    return Tensor.select(
      isInside.sum() .< Double(features), trace.constant(-.infinity), within)
  }

  private func logDensityWithin(_ x: Tensor, _ scope: Scope) -> Tensor {
    let image = bijector.checkedInverse(x, scope.child("bijector"))
    let total =
      base.checkedLogDensity(image.value, scope.child("base")) + image.logDet.summed(like: x)
    // Far out z overflows, and differences of such numbers are none: the density is too small for any number.
    let isNumber = total.combined(.equal, total)
    return Tensor.select(isNumber, total, x.trace.constant(-.infinity))
  }

  /// f(z)
  public func sample(_ noise: Noise, _ scope: Scope) -> Tensor {
    bijector.checkedForward(
      base.checkedSample(noise, scope.child("base")), scope.child("bijector")
    ).value
  }
}
