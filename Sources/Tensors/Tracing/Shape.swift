/// The extents of a tensor: `[B, d1, …]` when it has one value a row of the batch, `[d1, …]` when
/// it is the same for all rows (parameters and what is computed from them).
///
/// The number of rows B is not part of a shape: a program runs on batches of any size.
public struct Shape: Hashable, Sendable, CustomStringConvertible {
  /// The extents without the batch axis; empty for a scalar.
  public let dims: [Int]
  /// Whether there is a batch axis.
  public let isPerRow: Bool

  /// `[B, dims…]` or, with `isPerRow` false, `[dims…]`; at most 10⁸ values besides the rows.
  public init(_ dims: [Int], isPerRow: Bool) {
    Shape.requireSize(dims, of: "a tensor")
    self.dims = dims
    self.isPerRow = isPerRow
  }

  /// `[B, dims…]`
  public static func rows(_ dims: Int...) -> Shape { Shape(dims, isPerRow: true) }

  /// `[dims…]`
  public static func fixed(_ dims: Int...) -> Shape { Shape(dims, isPerRow: false) }

  /// The number of values a row has.
  public var count: Int { dims.reduce(1, *) }

  /// The extent of the last axis; 1 for a scalar.
  public var last: Int { dims.last ?? 1 }

  /// The same extents, for each row or once for all of them.
  func with(isPerRow: Bool) -> Shape { Shape(dims, isPerRow: isPerRow) }

  /// Other extents, of the same kind.
  func with(dims: [Int]) -> Shape { Shape(dims, isPerRow: isPerRow) }

  /// Without the last axis, which a reduction removes.
  var withoutLast: Shape { Shape(Array(dims.dropLast()), isPerRow: isPerRow) }

  /// As written in messages: `[B, 3, 8]`.
  public var description: String {
    "[" + ((isPerRow ? ["B"] : []) + dims.map(String.init)).joined(separator: ", ") + "]"
  }
}
