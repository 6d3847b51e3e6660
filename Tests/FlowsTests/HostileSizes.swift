import Tensors

@testable import Flows

private let million = 1_000_000
private let billion = 1_000_000_000

/// A model of a size that nobody's memory holds, and part of the sentence that says so.
struct HostileSize: Sendable {
  let name: String
  let says: String
  let make: @Sendable () -> Void

  init(_ name: String, _ says: String, _ make: @escaping @Sendable () -> Void) {
    (self.name, self.says, self.make) = (name, says, make)
  }

  private static let tooManyFeatures = "1000000 features are too many; there may be 100000"

  private static func begin(_ distribution: any Distribution) {
    _ = Model(distribution, key: RandomKey(seed: 1))
  }

  static let all = features + parameters + counts + sizes

  /// What makes something of a given size, and what it is called.
  private typealias Maker = (name: String, make: @Sendable (Int) -> Void)

  /// What takes a number of features.
  private static let wide: [Maker] = [
    ("nice", { _ = Flow.nice(features: $0) }), ("realNVP", { _ = Flow.realNVP(features: $0) }),
    ("glow", { _ = Flow.glow(features: $0) }),
    ("splineCoupling", { _ = Flow.splineCoupling(features: $0) }),
    ("blockNAF", { _ = Flow.blockNAF(features: $0) }),
    ("gaussianization", { _ = Flow.gaussianization(features: $0) }),
    ("triangular", { _ = Flow.triangular(features: $0) }),
    ("gaussianMixture", { _ = Flow.gaussianMixture(features: $0) }),
    ("mixture", { _ = Flow.mixture(features: $0) }),
    ("diagonalNormal", { _ = Flow.diagonalNormal(features: $0) }),
    ("fullNormal", { _ = Flow.fullNormal(features: $0) }),
    ("actnorm", { _ = ActNorm($0) }), ("permutation", { _ = Permutation.reverse($0) }),
    ("axes", { _ = Permutation.transpose(rows: 1, columns: $0) }),
    ("circle", { _ = UniformBox.circle($0) }),
    ("mask", { _ = Coupling.alternating($0, layer: 0) }),
    ("simplex", { _ = Simplex($0) }), ("LU", { _ = LULinear(features: $0) }),
    (
      "concatenation",
      { features in
        _ = Concatenate(
          Array(repeating: Identity(features / 10), count: 10))
      }
    ),
  ]

  /// What takes a number of features of which each depends on all before it.
  private static let ordered: [Maker] = [
    ("maf", { _ = Flow.maf(features: $0) }), ("iaf", { _ = Flow.iaf(features: $0) }),
    ("splineAutoregressive", { _ = Flow.splineAutoregressive(features: $0) }),
    ("naf", { _ = Flow.naf(features: $0) }), ("umnn", { _ = Flow.umnn(features: $0) }),
    ("sumOfSquares", { _ = Flow.sumOfSquares(features: $0) }),
    ("bernstein", { _ = Flow.bernstein(features: $0) }),
  ]

  private static let features =
    wide.map { entry in
      HostileSize(entry.name, tooManyFeatures) { entry.make(million) }
    }
    + ordered.map { entry in
      HostileSize(
        entry.name,
        "1000000 features, each depending on all before it, are too many; there may be 4000"
      ) { entry.make(million) }
    }

  /// Sizes that are allowed one by one, but not together.
  private static let parameters: [HostileSize] = [
    HostileSize(
      "fullNormal",
      "parameter 'bijector.0.lower' of extents [4999950000] has 4999950000 values, 40.0 GB; "
        + "there may be 100000000, 0.8 GB: take fewer features, units, components or layers"
    ) { begin(Flow.fullNormal(features: 100_000)) },
    HostileSize("glow", "parameter 'bijector.0.21.lower' of extents [199990000]") {
      begin(Flow.glow(features: 20_000))
    },
    HostileSize("realNVP", "of extents [100000, 10000] has 1000000000 values, 8.0 GB") {
      begin(Flow.realNVP(features: 20_000, network: Perceptron(hidden: [100_000])))
    },
    HostileSize("blockNAF", ".weights' of extents [800000, 100000]") {
      begin(Flow.blockNAF(features: 100_000))
    },
    HostileSize("gaussianMixture", "parameter 'base.means' of extents [10000, 100000]") {
      begin(Flow.gaussianMixture(features: 100_000, components: 10_000))
    },
    HostileSize("a rotation", "parameter 'bijector.angles' of extents [4999950000]") {
      begin(Flow(base: StandardNormal(100_000), bijector: Rotation(features: 100_000)))
    },
    HostileSize(
      "sigmoids", "a table of parameters of SigmoidSumTransform of extents [100000, 30000]"
    ) {
      begin(
        Flow(
          base: StandardNormal(100_000),
          bijector: Elementwise(SigmoidSumTransform(terms: 10_000), features: 100_000)))
    },
    HostileSize("a context", "of extents [100000, 100000] has 10000000000 values") {
      begin(
        Flow.diagonalNormal(
          features: 1, context: 100_000, network: Perceptron(hidden: [100_000])))
    },
    HostileSize("attention", "queries' of extents [2500000, 10000]") {
      begin(Flow.maf(features: 251, network: AttentionNetwork(width: 10_000, heads: 10_000)))
    },
    HostileSize("SVD", "a product of reflections of extents [1000, 1000, 1000]") {
      begin(Flow(base: StandardNormal(1000), bijector: SVDLinear(features: 1000)))
    },
    HostileSize("Cayley", "an elimination of extents [1000, 1000, 1000]") {
      _ = Cayley(features: 1000)
    },
    HostileSize("a triangle", "a triangular matrix of extents [12000, 12000] has 144000000 values")
    {
      begin(Flow.fullNormal(features: 12_000))
    },
  ]

  /// What is made of a number of things, by the name of one.
  private static let counted: [Maker] = [
    ("layer", { _ = Flow.nice(features: 2, layers: $0) }),
    ("layer", { _ = Flow.realNVP(features: 2, layers: $0) }),
    ("layer", { _ = Flow.glow(features: 2, layers: $0) }),
    ("layer", { _ = Flow.splineCoupling(features: 2, layers: $0) }),
    ("layer", { _ = Flow.maf(features: 2, layers: $0) }),
    ("layer", { _ = Flow.splineAutoregressive(features: 2, layers: $0) }),
    ("layer", { _ = Flow.gaussianization(features: 2, layers: $0) }),
    ("layer", { _ = Flow.triangular(features: 2, layers: $0) }),
    ("layer", { _ = Flow.mixture(features: 2, layers: $0) }),
    ("component", { _ = Flow.mixture(features: 2, components: $0) }),
    ("component", { _ = Flow.gaussianMixture(features: 2, components: $0) }),
    ("component", { _ = MixtureCDFTransform(components: $0) }),
    ("bin", { _ = Flow.splineCoupling(features: 2, bins: $0) }),
    ("bin", { _ = SplineForm(bins: $0) }),
    ("bin", { _ = Spline(bins: $0, minimumBin: 1e-12) }),
    ("sigmoid", { _ = Flow.naf(features: 2, terms: $0) }),
    ("unit", { _ = Flow.umnn(features: 2, units: $0) }),
    ("unit", { _ = Flow.blockNAF(features: 2, width: $0) }),
    ("hidden layer", { _ = Flow.blockNAF(features: 2, depth: $0) }),
    ("polynomial", { _ = Flow.sumOfSquares(features: 2, polynomials: $0) }),
    ("hidden unit", { _ = Perceptron(hidden: [$0]) }),
    ("unit", { _ = ResidualNetwork(width: $0, blocks: 1) }),
    ("head", { _ = AttentionNetwork(width: 1, heads: $0) }),
    ("reflection", { _ = Householder(features: 2, reflections: $0) }),
    ("row", { _ = PositiveDefinite(size: $0) }),
  ]

  private static let counts = counted.map { entry in
    HostileSize(entry.name, "1000000000 \(entry.name)s are too many") { entry.make(billion) }
  }

  /// A billion of what has a message of its own.
  private static let sizes: [HostileSize] = [
    HostileSize("a degree", "a degree of 1000000000 is not in 1...1000") {
      _ = Flow.bernstein(features: 2, degree: billion)
    },
    HostileSize("blocks", "1000000000 residual blocks are not 0 to 1000") {
      _ = ResidualNetwork(width: 1, blocks: billion)
    },
    HostileSize("a large context", "chain: contexts of [1000000000, 0] features; there may be") {
      _ = Flow.realNVP(features: 2, context: billion, layers: 1)
    },
    HostileSize("a context of a base", "GaussianMixture: contexts of [1000000000] features") {
      begin(GaussianMixture(1, components: 2, context: billion))
    },
    HostileSize("units of one's own", "1000000000 hidden units are too many") {
      struct Wide: MaskedNetwork {
        func units(_ inputs: Units) -> Units { inputs.linear("0", billion) }
      }
      begin(Flow.maf(features: 2, network: Wide()))
    },
    HostileSize("an input", "input 'x' of extents [1000000000] has 1000000000 values, 8.0 GB") {
      _ = Trace().input("x", features: billion)
    },
    HostileSize("a tensor", "a tensor of extents [1000, 1000000] has 1000000000 values") {
      _ = Shape.fixed(1000, million)
    },
  ]
}
