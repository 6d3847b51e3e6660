public import Tensors

/// xᵢ = z[order[i]]: features in another order; log|det J| = 0.
public struct Permutation: Bijector {
  /// order[i] is the feature of z that becomes feature i of x.
  public let order: [Int]
  private let inverseOrder: [Int]

  /// The given order.
  ///
  /// - Parameter order: each number from 0 to D - 1 once.
  public init(_ order: [Int]) {
    requireFeatures(order.count)
    require(
      order.sorted() == Array(order.indices),
      "\(order) is no order of the features 0 to \(order.count - 1)")
    self.order = order
    var inverse = order
    for (target, source) in order.enumerated() { inverse[source] = target }
    inverseOrder = inverse
  }

  /// Last feature first.
  ///
  /// - Parameter features: D
  /// - Returns: the permutation that is its own inverse.
  public static func reverse(_ features: Int) -> Permutation {
    requireFeatures(features)
    return Permutation(Array((0..<features).reversed()))
  }

  /// A random order.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - key: the same key gives the same order.
  /// - Returns: a permutation.
  public static func random(_ features: Int, key: RandomKey) -> Permutation {
    requireFeatures(features)
    return Permutation(key.permutation(of: features))
  }

  /// Features as a matrix, row after row, put column after column: what reshapes them for parts that map
  /// columns.
  ///
  /// - Parameters:
  ///   - rows: n
  ///   - columns: m
  /// - Returns: a permutation of n m features; its inverse is that of m rows and n columns.
  public static func transpose(rows: Int, columns: Int) -> Permutation {
    axes([1, 0], of: [rows, columns])
  }

  /// Features as an array of several axes, the last one fastest, with its axes in another order: what
  /// reshapes images and tables for parts that map portions of them.
  ///
  /// - Parameters:
  ///   - order: axis k of x is axis order[k] of z; each number once, as in NumPy's `transpose`.
  ///   - extents: those of z.
  /// - Returns: a permutation of as many features as the array has numbers.
  public static func axes(_ order: [Int], of extents: [Int]) -> Permutation {
    require(
      !extents.isEmpty && extents.allSatisfy { $0 >= 1 }
        && order.sorted() == Array(extents.indices),
      "\(order) is no order of the axes of an array of extents \(extents)")
    Shape.requireSize(extents, of: "an array")
    requireFeatures(extents.reduce(1, *))
    // How far apart neighbours along each axis of z lie.
    let strides = extents.indices.map { extents[($0 + 1)...].reduce(1, *) }
    return Permutation(
      order.reduce([0]) { places, axis in
        places.flatMap { place in (0..<extents[axis]).map { place + $0 * strides[axis] } }
      })
  }

  /// D
  public var features: Int { order.count }
  /// All, in another order
  public var unchanged: [Int?] { order }

  /// z in the new order
  public func forward(_ z: Tensor, _ scope: Scope) -> Image { Image(z.selecting(order), .zero) }

  /// x in the old order
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    Image(x.selecting(inverseOrder), .zero)
  }
}
