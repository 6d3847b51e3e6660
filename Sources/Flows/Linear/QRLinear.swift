public import Tensors

/// x = Q R z + b, Q a product of D reflections, R upper triangular with diagonal eˢ (Hoogeboom, van den
/// Berg and Welling 2019); log|det J| = Σ s.
///
/// The inverse is exact: Qᵀ, then a substitution. Without context the product Q R is made once a run;
/// with one, Q, R and b depend on it, s by 5 at most.
public struct QRLinear: Bijector {
  /// D
  public let features: Int
  /// C
  public let contextFeatures: Int
  /// What computes R and b from a context; another of the same form computes Q.
  public let network: any Network

  /// A learned matrix of `features` rows and columns.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - context: C; 0 for none.
  ///   - network: what computes the matrix and the shift from the context.
  public init(features: Int, context: Int = 0, network: any Network = Perceptron.standard) {
    requireFeatures(features)
    self.features = features
    contextFeatures = context
    self.network = network
  }

  private var rotation: Householder {
    Householder(features: features, context: contextFeatures, network: network)
  }

  /// Q R z + b
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    let (parts, turns) = (parts(scope), scope.child("rotation"))
    let product =
      contextFeatures > 0
      ? rotation.forward(parts.upper.times(z), turns).value
      : rotation.matrix(turns).matmul(parts.upper).matmul(z)
    return Image(product + parts.shift, LogDet(parts.logDiagonal))
  }

  /// R⁻¹ Qᵀ (x - b)
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    let parts = parts(scope)
    let turned = rotation.inverse(x - parts.shift, scope.child("rotation")).value
    let value = parts.upper.substituted(turned, Triangle(isLower: false))
    return Image(value, LogDet(-parts.logDiagonal))
  }

  private func parts(_ scope: Scope) -> (upper: Tensor, logDiagonal: Tensor, shift: Tensor) {
    let learned = scope.learned(
      [
        LearnedNumbers("logDiagonal", [features], bound: 5),
        LearnedNumbers("upper", [TriangularMatrix.count(features)]),
        LearnedNumbers("shift", [features]),
      ], context: contextFeatures, by: network)
    let above = TriangularMatrix.strict(learned[1], features, isLower: false)
    return (above + TriangularMatrix.diagonal(exp(learned[0])), learned[0], learned[2])
  }
}
