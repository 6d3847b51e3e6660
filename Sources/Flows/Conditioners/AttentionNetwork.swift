import Tensors

/// Σⱼ αⱼ tⱼ with tokens tⱼ = tanh(aⱼ xⱼ + bⱼ) and weights α = softmax(q · tⱼ/√W), for each learned query q:
/// attention over the inputs (Vaswani, Shazeer, Parmar and others 2017).
///
/// There are `heads` queries for each set of inputs that some output sees. Tokens are bounded: data is best
/// scaled to a few units.
public struct AttentionNetwork: MaskedNetwork, Hashable {
  /// W, the length of a token
  public let width: Int
  /// The queries for each set of inputs.
  public let heads: Int

  /// Attention by learned queries.
  ///
  /// - Parameters:
  ///   - width: W, the length of a token.
  ///   - heads: the queries for each set of inputs.
  public init(width: Int, heads: Int) {
    requireSome("unit", width)
    requireSome("head", heads)
    self.width = width
    self.heads = heads
  }

  /// What the queries find
  public func units(_ inputs: Units) -> Units {
    inputs.attended(Attention(width: width, heads: heads))
  }
}
