import Tensors

@testable import Flows

/// One configuration of a distribution.
struct DistributionCase: Sendable, CustomStringConvertible {
  let name: String
  /// Whether the density jumps at the ends of its support.
  let hasJumps: Bool
  /// A point of the support from D numbers between 0 and 1.
  let point: @Sendable (_ numbers: [Double]) -> [Double]
  let make: @Sendable (_ features: Int, _ context: Int) -> (any Distribution)?

  init(
    _ name: String, hasJumps: Bool = false,
    point: @escaping @Sendable ([Double]) -> [Double] = { $0 },
    _ make: @escaping @Sendable (Int, Int) -> (any Distribution)?
  ) {
    self.name = name
    self.hasJumps = hasJumps
    self.point = point
    self.make = make
  }

  var description: String { name }
}

extension Registry {
  static let distributions: [DistributionCase] =
    [
      DistributionCase("standard normal") { features, context in
        context == 0 ? StandardNormal(features) : nil
      },
      DistributionCase("uniform box", hasJumps: true) { features, context in
        context == 0 ? UniformBox(Array(repeating: Interval(-1, 2), count: features)) : nil
      },
      DistributionCase("logistic") { features, context in context == 0 ? Logistic(features) : nil },
      DistributionCase("Laplace") { features, context in context == 0 ? Laplace(features) : nil },
      DistributionCase("Student's t") { features, context in
        StudentT(features, context: context, network: small)
      },
      DistributionCase("Gaussian mixture") { features, context in
        GaussianMixture(features, components: 3, context: context, network: small)
      },
      DistributionCase(
        "flow onto the simplex", point: { x in x.map { $0 / Double(x.count) } }
      ) { features, context in
        context == 0 ? Flow(base: StandardNormal(features), bijector: Simplex(features)) : nil
      },
      DistributionCase("flow onto ascending numbers", point: { $0.sorted() }) { features, context in
        context == 0 ? Flow(base: StandardNormal(features), bijector: Ordered(features)) : nil
      },
      DistributionCase("Beta") { features, context in
        // Both stay above 2, where the density leaves 0 smoothly enough for the rule in the plane.
        context == 0
          ? Beta(features, alpha: 4, beta: 3)
          : Beta(features, alpha: 12, beta: 9, context: context, network: small)
      },
      DistributionCase("von Mises", hasJumps: true) { features, context in
        VonMises(features, context: context, network: small)
      },
      DistributionCase("independent parts") { features, context in
        let normal = Flow.diagonalNormal(features: 1, context: context, network: small)
        return features == 1
          ? Independent([normal])
          : Independent([Logistic(1), normal] + (features > 2 ? [StudentT(features - 2)] : []))
      },
      DistributionCase("mixture of flows") { features, context in
        Mixture(
          [
            Flow.realNVP(features: features, context: context, layers: 2, network: small),
            Flow.diagonalNormal(features: features, context: context, network: small),
            Laplace(features),
          ], network: small)
      },
      DistributionCase("ensemble") { features, context in
        Ensemble([
          Flow.diagonalNormal(features: features, context: context, network: small),
          Flow.realNVP(features: features, context: context, layers: 2, network: small),
          Logistic(features),
        ])
      },
      DistributionCase("flow onto the unit box") { features, context in
        context == 0
          ? Flow(
            base: StandardNormal(features),
            bijector: Elementwise(SigmoidTransform(), features: features)) : nil
      },
    ] + distributionOptions + statedBases + zoo

  private static let distributionOptions: [DistributionCase] = [
    DistributionCase("uniform on the circle", hasJumps: true) { features, context in
      context == 0 ? UniformBox.circle(features) : nil
    },
    DistributionCase("flow on the circle", hasJumps: true) { features, context in
      let spline = RationalQuadraticTransform(Spline(bins: 4, bound: .pi, ends: .circular))
      return Flow(
        base: VonMises(features, context: context, network: small),
        bijector: Chain([
          Elementwise(spline, features: features),
          Elementwise(CircularShiftTransform(), features: features),
        ]))
    },
    DistributionCase("coupled circles", hasJumps: true) { features, context in
      let spline = RationalQuadraticTransform(Spline(bins: 4, bound: .pi, ends: .circular))
      let couplings = (0..<2).map { layer -> any Bijector in
        Coupling(
          mask: Coupling.alternating(features, layer: layer), transform: spline, network: small,
          context: context)
      }
      return Flow(base: UniformBox.circle(features), bijector: Chain(couplings))
    },
    DistributionCase("flow with a network of one's own") { features, context in
      Flow.splineAutoregressive(
        features: features, context: context, layers: 2, bins: 4, network: Gated(width: 6))
    },
    DistributionCase("mixture with a network of one's own") { features, context in
      context == 0
        ? nil
        : GaussianMixture(
          features, components: 2, context: context, network: Normalised(width: 4))
    },
    DistributionCase("flow with learned tails") { features, context in
      let tails = Elementwise(TailTransform(), features: features)
      return context > 0 ? nil : Flow(base: StandardNormal(features), bijector: tails)
    },
    DistributionCase("flow with heavy-tailed splines") { features, context in
      let spline = RationalQuadraticTransform(Spline(bins: 4, bound: 2, ends: .linear))
      return Flow(
        base: StandardNormal(features),
        bijector: Coupling(
          mask: Coupling.alternating(features, layer: 0), transform: spline.heavyTailed,
          network: small, context: context, keptTransform: spline.heavyTailed))
    },
    DistributionCase("coupled splines with heavy tails") { features, context in
      Flow.splineCoupling(
        features: features, context: context, layers: 2, bins: 4, bound: 2, tails: .heavy,
        network: small)
    },
    DistributionCase("autoregressive splines with heavy tails") { features, context in
      Flow.splineAutoregressive(
        features: features, context: context, layers: 1, bins: 4, bound: 2, tails: .heavy,
        network: small)
    },
    DistributionCase("triangular flow with heavy tails") { features, context in
      Flow.triangular(
        features: features, context: context, layers: 1, bins: 4, bound: 2, tails: .heavy,
        network: small)
    },
    DistributionCase("one normal component") { features, context in
      GaussianMixture(features, components: 1, context: context, network: small)
    },
    DistributionCase("mixture that begins with clusters") { features, context in
      let rows = Batch(features: features, RandomKey(seed: 9).normals(20 * features))
      return try! GaussianMixture(
        startingFrom: rows, components: 3, key: RandomKey(seed: 10), context: context,
        network: small)
    },
    DistributionCase("mixture of different supports", hasJumps: true) { features, context in
      context > 0
        ? nil
        : Mixture([
          UniformBox(Array(repeating: Interval(0, 1), count: features)), StandardNormal(features),
        ])
    },
  ]

  /// The named flows, by the names of their functions.
  static let zoo: [DistributionCase] = [
    DistributionCase("nice") { Flow.nice(features: $0, context: $1, network: small) },
    DistributionCase("realNVP") {
      Flow.realNVP(features: $0, context: $1, layers: 3, network: small)
    },
    DistributionCase("splineCoupling") {
      Flow.splineCoupling(
        features: $0, context: $1, layers: 2, bins: 4, bound: 4, network: residual)
    },
    DistributionCase("glow") {
      Flow.glow(features: $0, context: $1, layers: 2, network: small)
    },
    DistributionCase("naf") {
      Flow.naf(features: $0, context: $1, layers: 1, terms: 2, network: small)
    },
    DistributionCase("blockNAF") {
      Flow.blockNAF(features: $0, context: $1, layers: 1, width: 3, depth: 1)
    },
    DistributionCase("umnn") {
      Flow.umnn(features: $0, context: $1, layers: 1, units: 2, bound: 2.5, network: small)
    },
    DistributionCase("sumOfSquares") {
      Flow.sumOfSquares(features: $0, context: $1, layers: 2, polynomials: 2, network: small)
    },
    DistributionCase("bernstein") {
      Flow.bernstein(features: $0, context: $1, layers: 1, degree: 4, bound: 3, network: small)
    },
    DistributionCase("gaussianization") {
      Flow.gaussianization(features: $0, context: $1, layers: 2, terms: 2, network: small)
    },
    DistributionCase("triangular") {
      Flow.triangular(features: $0, context: $1, layers: 2, bins: 4, bound: 3, network: small)
    },
    DistributionCase("mixture") {
      Flow.mixture(features: $0, context: $1, components: 2, layers: 2, network: small)
    },
    DistributionCase("maf") { Flow.maf(features: $0, context: $1, layers: 2, network: small) },
    DistributionCase("iaf") { Flow.iaf(features: $0, context: $1, layers: 2, network: small) },
    DistributionCase("splineAutoregressive") {
      Flow.splineAutoregressive(
        features: $0, context: $1, layers: 2, bins: 4, bound: 4, network: small)
    },
    DistributionCase("gaussianMixture") {
      Flow.gaussianMixture(features: $0, context: $1, components: 2, network: small)
    },
    DistributionCase("diagonalNormal") {
      Flow.diagonalNormal(features: $0, context: $1, network: small)
    },
    DistributionCase("fullNormal") {
      Flow.fullNormal(features: $0, context: $1, network: small)
    },
  ]
}
