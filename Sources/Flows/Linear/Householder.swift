public import Tensors

/// x = Q z, Q = H₁ H₂ … with Hₖ = I - 2 vₖ vₖᵀ/|vₖ|² (Householder 1958; Tomczak and Welling 2016):
/// an orthogonal matrix; log|det J| = 0, and the inverse is Qᵀ x.
///
/// D reflections reach every orthogonal matrix of determinant (-1)ᴰ. Without context Q is made once a
/// run; with one, the vₖ depend on it, and each row is reflected by its own.
public struct Householder: Bijector {
  /// D
  public let features: Int
  /// The number of reflections
  public let reflections: Int
  /// C
  public let contextFeatures: Int
  /// What computes the vₖ from a context.
  public let network: any Network

  /// A product of learned reflections.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - reflections: how many; D by default.
  ///   - context: C; 0 for none.
  ///   - network: what computes the vₖ from the context.
  public init(
    features: Int, reflections: Int? = nil, context: Int = 0,
    network: any Network = Perceptron.standard
  ) {
    requireFeatures(features)
    let count = reflections ?? features
    requireSome("reflection", count)
    if context == 0 {
      Shape.requireSize([count, features, features], of: "a product of reflections")
    }
    self.features = features
    self.reflections = count
    contextFeatures = context
    self.network = network
  }

  /// Q z
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    let value =
      contextFeatures > 0
      ? vectors(scope).reversed().reduce(z, reflected) : matrix(scope).matmul(z)
    return Image(value, .zero)
  }

  /// Qᵀ x
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    let value =
      contextFeatures > 0
      ? vectors(scope).reduce(x, reflected) : matrix(scope).transposed.matmul(x)
    return Image(value, .zero)
  }

  /// Q, without context.
  func matrix(_ scope: Scope) -> Tensor {
    let factors = vectors(scope).map { v in
      TriangularMatrix.identity(scope.trace, features)
        - Tensor.outer(v, v) * (2 / square(v).total())
    }
    return factors.dropFirst().reduce(factors[0]) { $0.matmul($1) }
  }

  /// H z for the H of v
  private func reflected(_ z: Tensor, _ v: Tensor) -> Tensor {
    z - v * (2 * (v * z).total() / square(v).total())
  }

  /// v₁, v₂, …
  private func vectors(_ scope: Scope) -> [Tensor] {
    let table = scope.learned(
      [LearnedNumbers("vectors", [reflections, features], .normal(deviation: 1))],
      context: contextFeatures, by: network)[0]
    return (0..<reflections).map { table.slice($0..<$0 + 1).reshaped(features) }
  }
}
