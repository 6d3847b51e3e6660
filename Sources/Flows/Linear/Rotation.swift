public import Tensors

/// x = Q z with Q = exp(A - Aᵀ), A strictly lower triangular: every rotation; log|det J| = 0, and the inverse
/// is Qᵀ x.
///
/// Entries of A are bounded by π as in ``AffineTransform``. The exponential is Taylor's sum of a fraction
/// that is squared again and again, and made orthogonal to rounding (Higham, *Functions of matrices*, 2008), once a run.
public struct Rotation: Bijector {
  /// D
  public let features: Int

  /// A learned rotation.
  ///
  /// - Parameter features: D
  public init(features: Int) {
    requireFeatures(features)
    self.features = features
  }

  /// Q z
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    Image(matrix(scope).matmul(z), .zero)
  }

  /// Qᵀ x
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    Image(matrix(scope).transposed.matmul(x), .zero)
  }

  /// The number of squarings. With it the fraction's norm, at most π D before, is at most 1/2.
  private var squarings: Int {
    var (count, norm) = (0, 2 * Double.pi * Double(features))
    while norm > 1 { (count, norm) = (count + 1, norm / 2) }
    return count
  }

  private func matrix(_ scope: Scope) -> Tensor {
    let count = TriangularMatrix.count(features)
    let angles = scope.learned(
      [LearnedNumbers("angles", [count], .normal(deviation: 0.3))], context: 0,
      by: Perceptron.standard)[0]
    let lower = TriangularMatrix.strict(angles.softlyBounded(.pi), features, isLower: true)
    let fraction = (lower - lower.transposed) / Double(1 << squarings)
    let identity = TriangularMatrix.identity(scope.trace, features)
    // What is left out is (1/2)^15/15! of the norm at most.
    let sum = (1...14).reversed().reduce(identity) { sum, number in
      identity + fraction.matmul(sum) / Double(number)
    }
    let power = (0..<squarings).reduce(sum) { root, _ in root.matmul(root) }
    // Each squaring doubles the errors before it, which for many features are some thousands of roundings. A step of
    // Newton's method for the nearest orthogonal matrix squares what they make of Qᵀ Q - I.
    return power.matmul(1.5 * identity - 0.5 * power.transposed.matmul(power))
  }
}
