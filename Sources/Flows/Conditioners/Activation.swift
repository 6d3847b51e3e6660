public import Tensors

/// A function between layers of a network, unit by unit.
public enum Activation: Hashable, Sendable {
  /// max(x, 0)
  case relu
  /// tanh x
  case tanh
  /// x/(1 + e⁻ˣ)
  case silu

  /// a(x), unit by unit: for networks of one's own, too.
  ///
  /// - Parameter x: sums.
  /// - Returns: units, of the same extents.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    switch self {
    case .relu: x.map(.relu)
    case .tanh: x.map(.tanh)
    case .silu: x * x.map(.sigmoid)
    }
  }

  /// The size of first weights before it that keeps the variance from layer to layer: the `gain` of
  /// ``Units/linear(_:_:gain:)``.
  public var gain: Double {
    switch self {
    case .relu, .silu: 2.0.squareRoot()
    case .tanh: 1
    }
  }
}
