public import Tensors

/// x = Q z with Q = (I + S)⁻¹ (I - S), S = A - Aᵀ, A strictly lower triangular (Cayley 1846): every rotation
/// without the eigenvalue -1; log|det J| = 0, and the inverse is Qᵀ x.
///
/// Entries of A are bounded by 10 as in ``AffineTransform``. I + S is eliminated without row exchanges,
/// once a run: the symmetric part of what is left of it is at least I at every step, so that no pivot
/// is below 1 (Golub and Van Loan, *Matrix Computations*, 2013). ``Rotation`` reaches half turns, too.
/// With a context A depends on it, and the elimination is done for each row.
public struct Cayley: Bijector {
  /// D
  public let features: Int
  /// C
  public let contextFeatures: Int
  /// What computes A from a context.
  public let network: any Network

  /// A learned rotation.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - context: C; 0 for none.
  ///   - network: what computes A from the context.
  public init(features: Int, context: Int = 0, network: any Network = Perceptron.standard) {
    requireFeatures(features)
    Shape.requireSize([features, features, features], of: "an elimination")
    self.features = features
    contextFeatures = context
    self.network = network
  }

  /// Q z
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    Image(matrix(scope).times(z), .zero)
  }

  /// Qᵀ x
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    Image(matrix(scope).transposed.times(x), .zero)
  }

  /// Q
  private func matrix(_ scope: Scope) -> Tensor {
    let count = TriangularMatrix.count(features)
    let entries = scope.learned(
      [LearnedNumbers("entries", [count], .normal(deviation: 0.3))], context: contextFeatures,
      by: network)[0]
    let lower = TriangularMatrix.strict(entries.softlyBounded(10), features, isLower: true)
    let skew = lower - lower.transposed
    let identity = TriangularMatrix.identity(scope.trace, features)
    // I + S becomes I, and I - S becomes Q, by the same changes of rows.
    var (left, right) = (identity + skew, identity - skew)
    for step in 0..<features {
      let pivots = left.slice(step..<step + 1)
      let pivot = pivots.column(step).reshaped([])
      let change = (left.column(step) - identity.column(step)) / pivot
      right = right - Tensor.outer(change, right.slice(step..<step + 1).reshaped(features))
      left = left - Tensor.outer(change, pivots.reshaped(features))
    }
    return right
  }
}
