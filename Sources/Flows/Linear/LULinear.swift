public import Tensors

/// x = L U z + b, L lower triangular with diagonal 1, U upper triangular with diagonal eˢ (Kingma and
/// Dhariwal 2018); log|det J| = Σ s, the same for all rows.
///
/// The product L U is made once a run. The inverse is exact, by two substitutions. Together with a
/// ``Permutation`` it is any matrix with a positive determinant up to the order of features.
public struct LULinear: Bijector {
  /// D
  public let features: Int

  /// A learned matrix of `features` rows and columns; the identity at first.
  ///
  /// - Parameter features: D
  public init(features: Int) {
    precondition(features >= 1, "at least one feature expected, got \(features)")
    self.features = features
  }

  /// L U z + b
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    let parts = parts(scope)
    let value = parts.lower.matmul(parts.upper).matmul(z) + parts.shift
    return Image(value, LogDet(parts.logDiagonal))
  }

  /// U⁻¹ L⁻¹ (x - b)
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    let parts = parts(scope)
    let below = parts.lower.triangularSolve(
      x - parts.shift, Triangle(isLower: true, hasUnitDiagonal: true))
    let value = parts.upper.triangularSolve(below, Triangle(isLower: false))
    return Image(value, LogDet(-parts.logDiagonal))
  }

  private func parts(
    _ scope: Scope
  ) -> (lower: Tensor, upper: Tensor, logDiagonal: Tensor, shift: Tensor) {
    let logDiagonal = scope.parameter("logDiagonal", [features], .constant(0))
    let lower = TriangularMatrix.strict(scope, "lower", features, isLower: true)
    let upper = TriangularMatrix.strict(scope, "upper", features, isLower: false)
    return (
      lower + TriangularMatrix.identity(scope.trace, features),
      upper + TriangularMatrix.diagonal(exp(logDiagonal)), logDiagonal,
      scope.parameter("shift", [features], .constant(0))
    )
  }
}

/// x = L z + b, L lower triangular with diagonal eˢ: every feature from those before it;
/// log|det J| = Σ s, the same for all rows. The inverse is exact, by substitution.
public struct TriangularLinear: Bijector {
  /// D
  public let features: Int

  /// A learned triangle of `features` rows; the identity at first.
  ///
  /// - Parameter features: D
  public init(features: Int) {
    precondition(features >= 1, "at least one feature expected, got \(features)")
    self.features = features
  }

  /// L z + b
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    let parts = parts(scope)
    return Image(parts.matrix.matmul(z) + parts.shift, LogDet(parts.logDiagonal))
  }

  /// L⁻¹ (x - b)
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    let parts = parts(scope)
    let value = parts.matrix.triangularSolve(x - parts.shift, Triangle(isLower: true))
    return Image(value, LogDet(-parts.logDiagonal))
  }

  private func parts(_ scope: Scope) -> (matrix: Tensor, logDiagonal: Tensor, shift: Tensor) {
    let logDiagonal = scope.parameter("logDiagonal", [features], .constant(0))
    let below = TriangularMatrix.strict(scope, "lower", features, isLower: true)
    return (
      below + TriangularMatrix.diagonal(exp(logDiagonal)), logDiagonal,
      scope.parameter("shift", [features], .constant(0))
    )
  }
}

/// Builds triangular matrices `[n, n]` from parameters.
enum TriangularMatrix {
  /// The entries strictly below (or above) the diagonal, 0 elsewhere.
  static func strict(
    _ scope: Scope, _ name: String, _ n: Int, isLower: Bool, initial: Initial = .constant(0)
  ) -> Tensor {
    let places = (0..<n * n).map { index -> Int? in
      let (row, column) = index.quotientAndRemainder(dividingBy: n)
      if isLower { return row > column ? row * (row - 1) / 2 + column : nil }
      return column > row ? column * (column - 1) / 2 + row : nil
    }
    let count = n * (n - 1) / 2
    let zero = scope.trace.constant([0], [1])
    guard count > 0 else { return zero.reshaped(n, n) }
    let entries = Tensor.concatenated([scope.parameter(name, [count], initial), zero])
    return entries.selecting(places.map { $0 ?? count }).reshaped(n, n)
  }

  /// The matrix with the given diagonal `[n]`, 0 elsewhere.
  static func diagonal(_ entries: Tensor) -> Tensor {
    let n = entries.shape.count
    return entries.tiled(n) * identity(entries.trace, n)
  }

  /// The matrix of the identity.
  static func identity(_ trace: Trace, _ n: Int) -> Tensor {
    trace.constant((0..<n * n).map { $0 % (n + 1) == 0 ? 1 : 0 }, [n, n])
  }
}
