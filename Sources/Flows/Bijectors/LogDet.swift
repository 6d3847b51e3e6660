public import Tensors

/// log|det J| as a sum that is still to be carried out.
///
/// A layer contributes the logarithms of its slopes, feature by feature, or one number. The sum over
/// features is made once for a whole chain, in ``summed(like:)``.
public struct LogDet {
  private var terms: [Tensor]

  /// Those of the terms.
  var shapes: [Shape] { terms.map(\.shape) }

  /// log|det J| = 0
  public static var zero: LogDet { LogDet(terms: []) }

  private init(terms: [Tensor]) { self.terms = terms }

  /// Σᵢ slopesᵢ
  ///
  /// - Parameter slopes: the logarithm of each feature's slope, `[B, D]` or `[D]`, or a number
  ///   `[B]` or `[]`.
  public init(_ slopes: Tensor) { terms = [slopes] }

  /// The log-det of a composition: the sum.
  public static func + (a: LogDet, b: LogDet) -> LogDet { LogDet(terms: a.terms + b.terms) }

  /// The log-det of the inverse, at the image: the negative.
  public static prefix func - (a: LogDet) -> LogDet { LogDet(terms: a.terms.map { -$0 }) }

  /// The sum as a number for each row.
  ///
  /// - Parameter x: any tensor with rows.
  /// - Returns: log|det J|, `[B]`.
  public func summed(like x: Tensor) -> Tensor {
    func number(_ term: Tensor) -> Tensor { term.shape.dims.isEmpty ? term : term.total() }
    // Terms of the same extents are added feature by feature before they are reduced, and what
    // is the same for all rows is added up apart from the rows.
    var groups: [Tensor] = []
    for term in terms {
      if let same = groups.firstIndex(where: { $0.shape == term.shape }) {
        groups[same] = groups[same] + term
      } else {
        groups.append(term)
      }
    }
    let fixed = groups.filter { !$0.shape.isPerRow }.map(number)
    let perRow = groups.filter(\.shape.isPerRow).map(number)
    let numbers = fixed.dropFirst().reduce(fixed.first.map { [$0] } ?? []) { [$0[0] + $1] } + perRow
    guard let first = numbers.first else { return x.trace.constant(0).spread(like: x) }
    return numbers.dropFirst().reduce(first, +).spread(like: x)
  }
}

/// A point's image under a bijector, and the logarithm of the volume's change.
public struct Image {
  /// The image, `[B, D]`.
  public let value: Tensor
  /// log|det J| of the map that was applied.
  public let logDet: LogDet

  /// A value with the log-det of the map that led to it.
  ///
  /// - Parameters:
  ///   - value: the image, `[B, D]`.
  ///   - logDet: log|det J|.
  public init(_ value: Tensor, _ logDet: LogDet) {
    self.value = value
    self.logDet = logDet
  }
}
