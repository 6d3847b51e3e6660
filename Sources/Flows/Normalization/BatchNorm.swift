public import Tensors

/// z = eᵍ (x - m)/√v + b with running means m and variances v of the data that pass, and learned g and b
/// (Dinh, Sohl-Dickstein and Bengio 2017; Papamakarios, Pavlakou and Murray 2017); log|det ∂x/∂z| =
/// Σ (log v/2 - g).
///
/// m and v begin as those of all data. Within a step of training they are constant, so that densities
/// are those of a flow then, too; after it they move towards those of the step's rows, by `rate` of the
/// way. Where data come as z, as in ``Bijector/inverted``, it is z that has the mean -m/√v and the variance 1/v, and x
/// is what leaves with mean 0 and variance 1, but for g and b.
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
    requireFeatures(features)
    require(0 < rate && rate < 1, "a rate of \(rate) is not in (0, 1)")
    self.features = features
    self.rate = rate
  }

  /// √v e⁻ᵍ (z - b) + m
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    let parts = parts(scope)
    follow(z, parts.moments, scope) { $0.mirrored }
    let logScale = 0.5 * parts.moments.logVariance - parts.logGain
    return Image((z - parts.shift) * exp(logScale) + parts.moments.mean, LogDet(logScale))
  }

  /// eᵍ (x - m)/√v + b
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    let parts = parts(scope)
    follow(x, parts.moments, scope) { $0 }
    let logScale = parts.logGain - 0.5 * parts.moments.logVariance
    return Image((x - parts.moments.mean) * exp(logScale) + parts.shift, LogDet(logScale))
  }

  /// Sets m and v by data that pass, and `seen` says what moments these would have; or, as it undoes itself, what m and
  /// v belong to given ones.
  private func follow(
    _ data: Tensor, _ own: Moments, _ scope: Scope, seen: (Moments) -> Moments
  ) {
    let running = seen(own)
    let logUnit = 0.5 * running.logVariance
    let all = seen(Moments(data, around: running.mean, logUnit: logUnit, scope))
    scope.begin([("mean", all.mean), ("logVariance", all.logVariance)])
    let deviation = data - running.mean
    // log((1 - r) v + r v'), v' about the running mean: right for steps of a single row, too.
    let step = log(scope.mean(square(deviation * exp(-logUnit))))
    let next = seen(
      Moments(
        mean: running.mean + rate * scope.mean(deviation),
        logVariance: running.logVariance + log1p(rate * expm1(step))))
    scope.update("mean", to: next.mean)
    scope.update("logVariance", to: next.logVariance)
  }

  private func parts(_ scope: Scope) -> (moments: Moments, logGain: Tensor, shift: Tensor) {
    (
      Moments(
        mean: scope.state("mean", [features], .constant(0)),
        logVariance: scope.state("logVariance", [features], .constant(0))),
      scope.parameter("logGain", [features], .constant(0)),
      scope.parameter("shift", [features], .constant(0))
    )
  }
}

extension Moments {
  fileprivate init(mean: Tensor, logVariance: Tensor) {
    self.mean = mean
    self.logVariance = logVariance
  }

  /// Those of z where x = √v z + m has mean 0 and variance 1; and, the other way round, m and v where z has these.
  fileprivate var mirrored: Moments {
    Moments(mean: -mean * exp(-0.5 * logVariance), logVariance: -logVariance)
  }
}
