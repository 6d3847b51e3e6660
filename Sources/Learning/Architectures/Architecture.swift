public import Flows

/// Which flow, and how large: all that is needed to build it again.
public struct Architecture: Hashable, Sendable, Codable {
  /// The named flows that tables are learned with.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Rational-quadratic splines in couplings (Durkan et al. 2019)
    case nsf
    /// Rational-quadratic splines in autoregressive layers (Durkan et al. 2019)
    case nsfar
    /// Affine couplings (Dinh et al. 2017)
    case realnvp
    /// Affine autoregressive layers (Papamakarios et al. 2017)
    case maf
    /// A normal distribution
    case normal
  }

  /// Which flow.
  public var kind: Kind
  /// The number of layers.
  public var layers: Int
  /// The widths of the hidden layers of each conditioner.
  public var hidden: [Int]
  /// K of a spline; not used by others.
  public var bins: Int
  /// Splines act on [-bound, bound]; not used by others.
  public var bound: Double

  /// A flow of this kind and size.
  ///
  /// - Parameters:
  ///   - kind: which flow.
  ///   - layers: the number of layers.
  ///   - hidden: the widths of the hidden layers of each conditioner.
  ///   - bins: K of a spline.
  ///   - bound: splines act on [-bound, bound].
  public init(
    _ kind: Kind, layers: Int = 4, hidden: [Int] = [64, 64], bins: Int = 8, bound: Double = 5
  ) {
    self.kind = kind
    self.layers = layers
    self.hidden = hidden
    self.bins = bins
    self.bound = bound
  }

  /// Its kind and size in a few words.
  public var summary: String {
    guard kind != .normal else { return kind.rawValue }
    let text =
      "\(kind.rawValue), \(layers) layers, hidden \(hidden.map(String.init).joined(separator: "-"))"
    return kind == .nsf || kind == .nsfar ? text + ", \(bins) bins" : text
  }

  /// The flow.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - context: C; 0 for none.
  /// - Returns: a flow with a standard normal base.
  public func flow(features: Int, context: Int = 0) -> Flow {
    let network = Network.perceptron(hidden: hidden)
    switch kind {
    case .nsf:
      return .splineCoupling(
        features: features, context: context, layers: layers, bins: bins, bound: bound,
        network: network)
    case .nsfar:
      return .splineAutoregressive(
        features: features, context: context, layers: layers, bins: bins, bound: bound,
        network: network)
    case .realnvp:
      return .realNVP(features: features, context: context, layers: layers, network: network)
    case .maf:
      return .maf(features: features, context: context, layers: layers, network: network)
    case .normal: return .fullNormal(features: features, context: context, network: network)
    }
  }
}
