public import Tensors

/// x = U S V z + b with products of D reflections U and V and S diagonal with eˢ: singular values; log|det J| =
/// Σ s.
///
/// Without context the product is made once a run, and so is that of the inverse, Vᵀ S⁻¹ Uᵀ; with one,
/// all factors and b depend on it, s by 5 at most.
public struct SVDLinear: Bijector {
  /// D
  public let features: Int
  /// C
  public let contextFeatures: Int
  /// What computes S and b from a context; others of the same form compute U and V.
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

  /// U S V z + b
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    let (parts, left, right) = (parts(scope), scope.child("left"), scope.child("right"))
    let sizes = exp(parts.logSizes)
    guard contextFeatures == 0 else {
      let scaled = rotation.forward(z, right).value * sizes
      return Image(rotation.forward(scaled, left).value + parts.shift, LogDet(parts.logSizes))
    }
    let matrix = rotation.matrix(left).matmul(TriangularMatrix.diagonal(sizes))
      .matmul(rotation.matrix(right))
    return Image(matrix.matmul(z) + parts.shift, LogDet(parts.logSizes))
  }

  /// Vᵀ S⁻¹ Uᵀ (x - b)
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    let (parts, left, right) = (parts(scope), scope.child("left"), scope.child("right"))
    let (rest, sizes) = (x - parts.shift, exp(-parts.logSizes))
    guard contextFeatures == 0 else {
      let scaled = rotation.inverse(rest, left).value * sizes
      return Image(rotation.inverse(scaled, right).value, LogDet(-parts.logSizes))
    }
    let matrix = rotation.matrix(right).transposed.matmul(TriangularMatrix.diagonal(sizes))
      .matmul(rotation.matrix(left).transposed)
    return Image(matrix.matmul(rest), LogDet(-parts.logSizes))
  }

  private func parts(_ scope: Scope) -> (logSizes: Tensor, shift: Tensor) {
    let learned = scope.learned(
      [LearnedNumbers("logSizes", [features], bound: 5), LearnedNumbers("shift", [features])],
      context: contextFeatures, by: network)
    return (learned[0], learned[1])
  }
}
