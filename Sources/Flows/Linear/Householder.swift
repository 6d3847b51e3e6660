public import Tensors

/// x = Q z, Q = H₁ H₂ … with Hₖ = I - 2 vₖ vₖᵀ/|vₖ|² (Householder 1958; Tomczak and Welling 2016):
/// an orthogonal matrix; log|det J| = 0, and the inverse is Qᵀ x.
///
/// D reflections reach every orthogonal matrix of determinant (-1)ᴰ. Q is made once a run.
public struct Householder: Bijector {
  /// D
  public let features: Int
  /// The number of reflections
  public let reflections: Int

  /// A product of learned reflections.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - reflections: how many; D by default.
  public init(features: Int, reflections: Int? = nil) {
    precondition(features >= 1, "at least one feature expected, got \(features)")
    let count = reflections ?? features
    precondition(count >= 1, "at least one reflection expected, got \(count)")
    self.features = features
    self.reflections = count
  }

  /// Q z
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    Image(matrix(scope).matmul(z), .zero)
  }

  /// Qᵀ x
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    Image(matrix(scope).transposed.matmul(x), .zero)
  }

  /// Q
  func matrix(_ scope: Scope) -> Tensor {
    let vectors = scope.parameter("vectors", [reflections, features], .normal(deviation: 1))
    let factors = (0..<reflections).map { number -> Tensor in
      let v = vectors.slice(number..<number + 1).reshaped(features)
      let identity = TriangularMatrix.identity(scope.trace, features)
      return identity - Tensor.outer(v, v) * (2 / square(v).total())
    }
    return factors.dropFirst().reduce(factors[0]) { $0.matmul($1) }
  }
}
