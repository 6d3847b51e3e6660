public import Flows
import Tensors

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
    /// Affine couplings with learned linear maps between them (Kingma and Dhariwal 2018)
    case glow
    /// Affine autoregressive layers (Papamakarios et al. 2017)
    case maf
    /// Sums of sigmoids in autoregressive layers (Huang et al. 2018)
    case naf
    /// Block neural autoregressive layers (De Cao et al. 2019)
    case bnaf
    /// Integrals of positive networks in autoregressive layers (Wehenkel and Louppe 2019)
    case umnn
    /// Integrals of sums of squares of polynomials in autoregressive layers (Jaini et al. 2019)
    case sos
    /// Bernstein polynomials in autoregressive layers (Ramasinghe et al. 2021)
    case bernstein
    /// Sums of sigmoids of each column, and rotations (Meng et al. 2020)
    case gaussianization
    /// Splines of each column, and triangular matrices
    case triangular
    /// A mixture of RealNVPs
    case mixture
    /// A mixture of normal distributions
    case gmm
    /// A normal distribution
    case normal
    /// The map of a formula, in the units of the data
    case formula
  }

  /// Which flow.
  public var kind: Kind
  /// The number of layers.
  public var layers: Int
  /// The widths of the hidden layers of each network.
  public var hidden: [Int]
  /// K: the bins of a spline, the sigmoids of a sum, the units of an integrand, the degree of a polynomial, the
  /// components of a mixture; not used by others.
  public var bins: Int
  /// Splines, integrals, sums of squares and Bernstein polynomials act on [-bound, bound]; not used by others.
  public var bound: Double
  /// The flow itself where a formula states it; nil for all other kinds.
  public let formula: StatedFlow?

  /// A flow of this kind and size.
  ///
  /// - Parameters:
  ///   - kind: which flow, not that of a formula.
  ///   - layers: the number of layers.
  ///   - hidden: the widths of the hidden layers of each network.
  ///   - bins: K
  ///   - bound: splines act on [-bound, bound].
  public init(
    _ kind: Kind, layers: Int = 4, hidden: [Int] = [64, 64], bins: Int = 8, bound: Double = 5
  ) {
    self.kind = kind
    self.layers = layers
    self.hidden = hidden
    self.bins = bins
    self.bound = bound
    formula = nil
  }

  /// The flow of a formula, which speaks of columns in their own units. All is computed in `Double`.
  ///
  /// - Parameter formula: the flow.
  public init(_ formula: StatedFlow) {
    (kind, layers, hidden, bins, bound) = (.formula, 1, [], 2, 1)
    self.formula = formula
  }

  /// A flow of another kind and this size. How many bins a spline needs says nothing of how many flows to mix: four take
  /// half the time of eight, and learned tables of 500 rows no worse.
  ///
  /// - Parameter kind: which flow, not that of a formula.
  public func of(_ kind: Kind) -> Architecture {
    Architecture(
      kind, layers: layers, hidden: hidden, bins: kind == .mixture ? 4 : bins, bound: bound)
  }

  /// The number format of all computations.
  var precision: Precision { formula == nil ? .float : .double }

  /// The flow.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - context: C; 0 for none.
  /// - Returns: a flow with a standard normal base, or a mixture.
  public func flow(features: Int, context: Int = 0) -> Flow {
    // Columns are scaled before they reach a flow.
    formula?.flow ?? named(features: features, context: context).unstandardized
  }

  private func named(features: Int, context: Int) -> Flow {
    let network = Perceptron(hidden: hidden)
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
    case .glow:
      return .glow(features: features, context: context, layers: layers, network: network)
    case .maf: return .maf(features: features, context: context, layers: layers, network: network)
    case .naf:
      return .naf(
        features: features, context: context, layers: layers, terms: bins, network: network)
    case .bnaf:
      return .blockNAF(
        features: features, context: context, layers: layers, width: unitsPerFeature(features),
        depth: hidden.count)
    case .umnn:
      return .umnn(
        features: features, context: context, layers: layers, units: bins, bound: bound,
        network: network)
    case .sos:
      return .sumOfSquares(
        features: features, context: context, layers: layers, bound: bound, network: network)
    case .bernstein:
      return .bernstein(
        features: features, context: context, layers: layers, degree: bins, bound: bound,
        network: network)
    case .gaussianization:
      return .gaussianization(
        features: features, context: context, layers: layers, terms: bins, network: network)
    case .triangular:
      return .triangular(
        features: features, context: context, layers: layers, bins: bins, bound: bound,
        network: network)
    case .mixture:
      return .mixture(
        features: features, context: context, components: bins, layers: layers, network: network)
    case .gmm:
      return .gaussianMixture(
        features: features, context: context, components: bins, network: network)
    case .normal: return .fullNormal(features: features, context: context, network: network)
    case .formula: preconditionFailure("the flow of a formula is made with the formula")
    }
  }

  /// The hidden units of a block network for each of the features, which have no network in common.
  private func unitsPerFeature(_ features: Int) -> Int {
    max(2, (hidden.max() ?? 0) / features)
  }
}
