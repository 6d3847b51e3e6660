public import Tensors

/// x = L z + m with a lower triangular L of diagonal eˢ; m, s and the entries of L are computed from the
/// context; log|det J| = Σ s.
///
/// s is bounded by 5 as in ``AffineTransform``. The inverse is a substitution, feature by feature.
public struct ConditionalTriangular: Bijector {
  /// D
  public let features: Int
  /// C
  public let contextFeatures: Int
  /// What computes m and L.
  public let network: Network

  /// A triangle of `features` rows; near the identity at first.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - context: C, at least 1.
  ///   - network: what computes m and L.
  public init(features: Int, context: Int, network: Network = .standard) {
    precondition(features >= 1, "at least one feature expected, got \(features)")
    precondition(context >= 1, "a conditional matrix needs a context, got \(context) features")
    self.features = features
    contextFeatures = context
    self.network = network
  }

  /// L z + m
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    let parts = parts(z, scope)
    let below = (0..<features).map { row in
      row == 0
        ? z.trace.constant([0], [1])
        : (parts.row(row) * z.slice(0..<row)).sum().reshaped(1)
    }
    let value = z * exp(parts.logDiagonal) + Tensor.concatenated(below) + parts.shift
    return Image(value, LogDet(parts.logDiagonal))
  }

  /// L⁻¹ (x - m)
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    let parts = parts(x, scope)
    let (rest, scale) = (x - parts.shift, exp(-parts.logDiagonal))
    var z = rest.slice(0..<1) * scale.slice(0..<1)
    for row in 1..<max(1, features) {
      let below = (parts.row(row) * z).sum().reshaped(1)
      let next = (rest.slice(row..<row + 1) - below) * scale.slice(row..<row + 1)
      z = Tensor.concatenated([z, next])
    }
    return Image(z, LogDet(-parts.logDiagonal))
  }

  private struct Parts {
    let shift, logDiagonal, entries: Tensor

    /// The entries of a row before the diagonal, `[B, row]`.
    func row(_ row: Int) -> Tensor { entries.slice(row * (row - 1) / 2..<row * (row + 1) / 2) }
  }

  private func parts(_ rows: Tensor, _ scope: Scope) -> Parts {
    let count = features * (features + 3) / 2
    let all = network.outputs(
      scope.required(contextFeatures), like: rows,
      .dense(inputs: contextFeatures, outputs: count),
      initial: Array(repeating: 0, count: count), scope.child("network"))
    return Parts(
      shift: all.slice(0..<features),
      logDiagonal: all.slice(features..<2 * features).softlyBounded(5),
      entries: all.slice(2 * features..<count))
  }
}
