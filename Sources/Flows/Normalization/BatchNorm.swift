public import Tensors

/// z = eᵍ (x - m)/√v + b with running means m and variances v of the data that pass, and learned g and b
/// (Dinh, Sohl-Dickstein and Bengio 2017; Papamakarios, Pavlakou and Murray 2017); log|det ∂x/∂z| =
/// Σ (log v/2 - g).
///
/// m and v begin as those of all data. Within a step of training they are constant, so that densities
/// are those of a flow then, too; after it they move towards those of the step's rows, by `rate` of the
/// way. They follow data that pass through the inverse, from data to base.
public struct BatchNorm: Bijector {
  /// D
  public let features: Int
  /// How far a step moves the running means and variances, as a share of the way.
  public let rate: Double

  /// Normalises `features` features.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - rate: the share of a step in running means and variances, in (0, 1).
  public init(_ features: Int, rate: Double = 0.05) {
    require(features >= 1, "at least one feature expected, got \(features)")
    require(0 < rate && rate < 1, "a rate of \(rate) is not in (0, 1)")
    self.features = features
    self.rate = rate
  }

  /// √v e⁻ᵍ (z - b) + m
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    let parts = parts(scope)
    // Data that come this way set nothing.
    scope.begin([])
    let logScale = 0.5 * parts.logVariance - parts.logGain
    return Image((z - parts.shift) * exp(logScale) + parts.mean, LogDet(logScale))
  }

  /// eᵍ (x - m)/√v + b
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    let parts = parts(scope)
    follow(x, parts.mean, parts.logVariance, scope)
    let logScale = parts.logGain - 0.5 * parts.logVariance
    return Image((x - parts.mean) * exp(logScale) + parts.shift, LogDet(logScale))
  }

  private func follow(_ x: Tensor, _ mean: Tensor, _ logVariance: Tensor, _ scope: Scope) {
    let all = Moments(x, around: mean)
    scope.begin([("mean", all.mean), ("logVariance", all.logVariance)])
    let deviation = x - mean
    scope.update("mean", to: mean + rate * deviation.meanOverRows())
    // log((1 - r) v + r v'), v' about the running mean: right for steps of a single row, too.
    let step = log(square(deviation).meanOverRows()) - logVariance
    scope.update("logVariance", to: logVariance + log1p(rate * expm1(step)))
  }

  private func parts(
    _ scope: Scope
  ) -> (mean: Tensor, logVariance: Tensor, logGain: Tensor, shift: Tensor) {
    (
      scope.state("mean", [features], .constant(0)),
      scope.state("logVariance", [features], .constant(0)),
      scope.parameter("logGain", [features], .constant(0)),
      scope.parameter("shift", [features], .constant(0))
    )
  }
}
