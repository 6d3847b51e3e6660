/// A parameter as a part of a model declares it.
public struct ParameterDeclaration: Hashable, Sendable {
  /// The path to it, such as `bijector.0.network.weights1`.
  public let name: String
  /// Its extents.
  public let dims: [Int]
  /// Its first values.
  public let initial: Initial
  /// Whether it follows the gradient; otherwise it is a state, which data sets.
  public let isTrained: Bool

  /// The number of values.
  public var count: Int { dims.reduce(1, *) }
}
