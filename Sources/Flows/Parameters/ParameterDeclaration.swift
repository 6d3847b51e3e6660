/// A parameter as a part of a model declares it.
public struct ParameterDeclaration: Hashable, Sendable {
  /// The path to it, such as `bijector.0.network.weights1`.
  public let name: String
  /// Its extents.
  public let dims: [Int]
  /// Its first values.
  public let initial: Initial

  /// The number of values.
  public var count: Int { dims.reduce(1, *) }
}
