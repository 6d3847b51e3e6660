public import Tensors

/// x_ik = fₖ(z_k)ᵢ: features as a matrix, row after row, of which each part maps a column of its own.
///
/// Feature i K + k is feature i of part k. Where each part maps a row, it is ``Concatenate``; other
/// ways to read features as an array are a ``Permutation/axes(_:of:)`` away.
public struct Stack: Bijector {
  /// f₁, f₂, …, one for each column
  public let parts: [any Bijector]
  /// The context that the parts share.
  public let contextFeatures: Int

  /// The parts in the order of their columns.
  ///
  /// - Parameter parts: at least one; all of the same width.
  public init(_ parts: [any Bijector]) {
    require(!parts.isEmpty, "a stack needs a part")
    for part in parts { part.requireSides() }
    require(
      parts.allSatisfy { $0.features == parts[0].features },
      "stack: parts of \(parts.map(\.features)) features")
    requireFeatures(parts[0].features * parts.count)
    self.parts = parts
    contextFeatures = commonContext("stack", parts.map(\.contextFeatures))
  }

  private var rows: Int { parts[0].features }
  /// D, the features of a part times the number of parts
  public var features: Int { rows * parts.count }
  /// The domains of the parts
  public var domain: [Interval] { interleaved(parts.map(\.domain)) }
  /// The codomains of the parts
  public var codomain: [Interval] { interleaved(parts.map(\.codomain)) }
  /// Those of the parts
  public var unchanged: [Int?] {
    let columns = parts.map(\.unchanged)
    return (0..<rows).flatMap { row in
      columns.enumerated().map { column, unchanged in
        unchanged[row].map { $0 * parts.count + column }
      }
    }
  }

  /// Each part forward
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    joined(z, scope) { $0.checkedForward($1, $2) }
  }

  /// Each part's inverse
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    joined(x, scope) { $0.checkedInverse($1, $2) }
  }

  private func interleaved(_ columns: [[Interval]]) -> [Interval] {
    (0..<rows).flatMap { row in columns.map { $0[row] } }
  }

  private func joined(
    _ x: Tensor, _ scope: Scope, _ apply: (any Bijector, Tensor, Scope) -> Image
  ) -> Image {
    let images = parts.enumerated().map { number, part in
      let own = x.selecting((0..<rows).map { $0 * parts.count + number })
      return apply(part, own, scope.child("\(number)"))
    }
    let places = (0..<features).map { $0 % parts.count * rows + $0 / parts.count }
    return Image(
      Tensor.concatenated(images.map(\.value)).selecting(places),
      images.reduce(.zero) { $0 + $1.logDet })
  }
}
