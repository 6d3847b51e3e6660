public import Tensors

/// x = L U z + b, L lower triangular with diagonal 1, U upper triangular with diagonal eˢ (Kingma and
/// Dhariwal 2018); log|det J| = Σ s.
///
/// The inverse is exact, by two substitutions. Together with a ``Permutation`` it is any matrix with a
/// positive determinant up to the order of features. Without context the product L U is made once a
/// run; with one, L, U and b depend on it, s by 5 at most.
public struct LULinear: Bijector {
  /// D
  public let features: Int
  /// C
  public let contextFeatures: Int
  /// What computes L, U and b from a context.
  public let network: any Network

  /// A learned matrix of `features` rows and columns; the identity at first.
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

  /// L U z + b
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    let parts = parts(scope)
    let product =
      contextFeatures > 0
      ? parts.lower.times(parts.upper.times(z)) : parts.lower.matmul(parts.upper).matmul(z)
    return Image(product + parts.shift, LogDet(parts.logDiagonal))
  }

  /// U⁻¹ L⁻¹ (x - b)
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    let parts = parts(scope)
    let below = parts.lower.substituted(
      x - parts.shift, Triangle(isLower: true, hasUnitDiagonal: true))
    let value = parts.upper.substituted(below, Triangle(isLower: false))
    return Image(value, LogDet(-parts.logDiagonal))
  }

  private func parts(
    _ scope: Scope
  ) -> (lower: Tensor, upper: Tensor, logDiagonal: Tensor, shift: Tensor) {
    let count = TriangularMatrix.count(features)
    let learned = scope.learned(
      [
        LearnedNumbers("logDiagonal", [features], bound: 5), LearnedNumbers("lower", [count]),
        LearnedNumbers("upper", [count]), LearnedNumbers("shift", [features]),
      ], context: contextFeatures, by: network)
    let lower = TriangularMatrix.strict(learned[1], features, isLower: true)
    let upper = TriangularMatrix.strict(learned[2], features, isLower: false)
    return (
      lower + TriangularMatrix.identity(scope.trace, features),
      upper + TriangularMatrix.diagonal(exp(learned[0])), learned[0], learned[3]
    )
  }
}
