public import Tensors

/// x = Q R z + b, Q a product of D reflections, R upper triangular with diagonal eˢ (Hoogeboom, van den
/// Berg and Welling 2019); log|det J| = Σ s.
///
/// The product Q R is made once a run. The inverse is exact: Qᵀ, then a substitution.
public struct QRLinear: Bijector {
  /// D
  public let features: Int

  /// A learned matrix of `features` rows and columns.
  ///
  /// - Parameter features: D
  public init(features: Int) {
    precondition(features >= 1, "at least one feature expected, got \(features)")
    self.features = features
  }

  /// Q R z + b
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    let parts = parts(scope)
    return Image(
      parts.rotation.matmul(parts.upper).matmul(z) + parts.shift, LogDet(parts.logDiagonal))
  }

  /// R⁻¹ Qᵀ (x - b)
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    let parts = parts(scope)
    let turned = parts.rotation.transposed.matmul(x - parts.shift)
    let value = parts.upper.triangularSolve(turned, Triangle(isLower: false))
    return Image(value, LogDet(-parts.logDiagonal))
  }

  private func parts(
    _ scope: Scope
  ) -> (rotation: Tensor, upper: Tensor, logDiagonal: Tensor, shift: Tensor) {
    let logDiagonal = scope.parameter("logDiagonal", [features], .constant(0))
    let above = TriangularMatrix.strict(scope, "upper", features, isLower: false)
    return (
      Householder(features: features).matrix(scope.child("rotation")),
      above + TriangularMatrix.diagonal(exp(logDiagonal)), logDiagonal,
      scope.parameter("shift", [features], .constant(0))
    )
  }
}

/// x = U S V z + b with products of D reflections U and V and S diagonal with eˢ: singular values; log|det J| =
/// Σ s.
///
/// The product is made once a run, and so is that of the inverse, Vᵀ S⁻¹ Uᵀ.
public struct SVDLinear: Bijector {
  /// D
  public let features: Int

  /// A learned matrix of `features` rows and columns.
  ///
  /// - Parameter features: D
  public init(features: Int) {
    precondition(features >= 1, "at least one feature expected, got \(features)")
    self.features = features
  }

  /// U S V z + b
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    let parts = parts(scope)
    let matrix = parts.left.matmul(TriangularMatrix.diagonal(exp(parts.logSizes)))
      .matmul(parts.right)
    return Image(matrix.matmul(z) + parts.shift, LogDet(parts.logSizes))
  }

  /// Vᵀ S⁻¹ Uᵀ (x - b)
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    let parts = parts(scope)
    let matrix = parts.right.transposed
      .matmul(TriangularMatrix.diagonal(exp(-parts.logSizes))).matmul(parts.left.transposed)
    return Image(matrix.matmul(x - parts.shift), LogDet(-parts.logSizes))
  }

  private func parts(
    _ scope: Scope
  ) -> (left: Tensor, right: Tensor, logSizes: Tensor, shift: Tensor) {
    let rotation = Householder(features: features)
    return (
      rotation.matrix(scope.child("left")), rotation.matrix(scope.child("right")),
      scope.parameter("logSizes", [features], .constant(0)),
      scope.parameter("shift", [features], .constant(0))
    )
  }
}
