public import Tensors

/// x = L z + b, L lower triangular with diagonal eˢ: every feature from those before it;
/// log|det J| = Σ s.
///
/// The inverse is exact, by substitution. With a context L and b depend on it, s by 5 at most: of a
/// standard normal base it then makes normal distributions whose mean and covariance depend on the
/// context.
public struct TriangularLinear: Bijector {
  /// D
  public let features: Int
  /// C
  public let contextFeatures: Int
  /// What computes L and b from a context.
  public let network: any Network

  /// A learned triangle of `features` rows; the identity at first.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - context: C; 0 for none.
  ///   - network: what computes the triangle and the shift from the context.
  public init(features: Int, context: Int = 0, network: any Network = Perceptron.standard) {
    requireFeatures(features)
    self.features = features
    contextFeatures = context
    self.network = network
  }

  /// L z + b
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    let parts = parts(scope)
    return Image(parts.matrix.times(z) + parts.shift, LogDet(parts.logDiagonal))
  }

  /// L⁻¹ (x - b)
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    let parts = parts(scope)
    let value = parts.matrix.substituted(x - parts.shift, Triangle(isLower: true))
    return Image(value, LogDet(-parts.logDiagonal))
  }

  private func parts(_ scope: Scope) -> (matrix: Tensor, logDiagonal: Tensor, shift: Tensor) {
    let learned = scope.learned(
      [
        LearnedNumbers("logDiagonal", [features], bound: 5),
        LearnedNumbers("lower", [TriangularMatrix.count(features)]),
        LearnedNumbers("shift", [features]),
      ], context: contextFeatures, by: network)
    let below = TriangularMatrix.strict(learned[1], features, isLower: true)
    return (below + TriangularMatrix.diagonal(exp(learned[0])), learned[0], learned[2])
  }
}
