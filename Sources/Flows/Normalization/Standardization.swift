public import Tensors

/// x = s z + m with the means m and the deviations s of the data that a model is fitted to; log|det J| = Σ log s.
///
/// Both are taken from the data when a model is first fitted, and then stay: they are states of the model, which no
/// training changes. As the last part of a flow it shows the others data of mean 0 and variance 1, whatever their units.
public struct Standardization: Bijector {
  /// D
  public let features: Int

  /// The identity until a model is fitted.
  ///
  /// - Parameter features: D
  public init(_ features: Int) {
    requireFeatures(features)
    self.features = features
  }

  /// s z + m; where data come this way, x is what has mean 0 and variance 1
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    normalized(scope).forward(z, scope)
  }

  /// (x - m)/s
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    normalized(scope).inverse(x, scope)
  }

  private func normalized(_ scope: Scope) -> NormalizedAffine {
    NormalizedAffine(
      logScale: scope.state("logScale", [features], .constant(0)),
      shift: scope.state("shift", [features], .constant(0)))
  }
}

extension Flow {
  /// The same flow of data in any units: a ``Standardization`` after its map. Where it has one already, itself.
  public var standardized: Flow {
    unstandardizedBijector == nil
      ? Flow(base: base, bijector: Chain([bijector, Standardization(features)])) : self
  }

  /// The flow without the ``Standardization`` that ``standardized`` adds; for data that have been scaled.
  public var unstandardized: Flow {
    unstandardizedBijector.map { Flow(base: base, bijector: $0) } ?? self
  }

  /// What comes before the standardisation; nil where there is none.
  private var unstandardizedBijector: (any Bijector)? {
    guard let parts = (bijector as? Chain)?.parts, parts.count == 2, parts[1] is Standardization
    else { return nil }
    return parts[0]
  }
}
