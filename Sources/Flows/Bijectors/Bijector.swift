public import Tensors

/// x = f(z) for an invertible, differentiable f: values and log|det J| in both directions.
///
/// A new bijector says how many features it has and implements ``forward(_:_:)`` and
/// ``inverse(_:_:)``; the rest has defaults. It is a value without state: parameters are asked for
/// in the ``Scope``, and belong to the model.
public protocol Bijector: Sendable {
  /// D
  var features: Int { get }
  /// C, the number of features of the context that is used; 0 for none.
  var contextFeatures: Int { get }
  /// For each feature, where z may lie.
  var domain: [Interval] { get }
  /// For each feature, an interval that holds all images x.
  var codomain: [Interval] { get }
  /// For each feature of x, the number of the feature of z that it equals; nil where it is computed.
  /// What lies in an interval stays there.
  var unchanged: [Int?] { get }

  /// x = f(z) with log|det ∂x/∂z|.
  ///
  /// - Parameters:
  ///   - z: points of the domain, `[B, D]`.
  ///   - scope: parameters and context.
  /// - Returns: the image and log|det J|.
  func forward(_ z: Tensor, _ scope: Scope) -> Image

  /// z = f⁻¹(x) with log|det ∂z/∂x|.
  ///
  /// - Parameters:
  ///   - x: points of the image, `[B, D]`.
  ///   - scope: parameters and context.
  /// - Returns: the preimage and log|det J| of the inverse.
  func inverse(_ x: Tensor, _ scope: Scope) -> Image
}

extension Bijector {
  /// No context.
  public var contextFeatures: Int { 0 }
  /// ℝ for each feature.
  public var domain: [Interval] { Array(repeating: .line, count: features) }
  /// ℝ for each feature.
  public var codomain: [Interval] { Array(repeating: .line, count: features) }

  /// All features are computed.
  public var unchanged: [Int?] { Array(repeating: nil, count: features) }

  /// f⁻¹ as a bijector.
  public var inverted: any Bijector { Inverse(self) }
}

extension Bijector {
  /// For each feature of x, an interval that holds it for all z of a box within the domain.
  func image(of sides: [Interval]) -> [Interval] {
    zip(unchanged, codomain).map { source, side in source.map { sides[$0] } ?? side }
  }

  /// For each feature of z, where it may lie so that features of x that equal it lie in their sides of a box.
  func preimage(of sides: [Interval]) -> [Interval] {
    var found = domain
    for (source, side) in zip(unchanged, sides) {
      if let source { found[source] = side }
    }
    return found
  }
}

/// Combines the contexts of parts, which must agree where there are some.
///
/// - Parameters:
///   - what: the whole, for the message.
///   - counts: C of each part; 0 for none.
/// - Returns: C of the whole.
func commonContext(_ what: String, _ counts: [Int]) -> Int {
  requireContext(of: what, counts)
  let used = counts.filter { $0 != 0 }
  require(
    used.allSatisfy { $0 == used[0] },
    "\(what): parts with contexts of \(used) features cannot share one context")
  return used.first ?? 0
}
