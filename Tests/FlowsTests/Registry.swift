import Tensors

@testable import Flows

/// One configuration of a bijector, for the laws that all must obey.
struct BijectorCase: Sendable, CustomStringConvertible {
  let name: String
  /// Where test points of the domain are drawn from, apart from those far out.
  let range: ClosedRange<Double>
  /// Whether f is onto ℝ and defined there, so that points far out can be mapped and mapped back.
  let isOntoLine: Bool
  /// Makes it for D features and C context features; nil where it does not exist.
  let make: @Sendable (_ features: Int, _ context: Int) -> (any Bijector)?

  init(
    _ name: String, range: ClosedRange<Double> = -2.5...2.5, isOntoLine: Bool = true,
    _ make: @escaping @Sendable (Int, Int) -> (any Bijector)?
  ) {
    self.name = name
    self.range = range
    self.isOntoLine = isOntoLine
    self.make = make
  }

  var description: String { name }
}

/// One configuration of a distribution.
struct DistributionCase: Sendable, CustomStringConvertible {
  let name: String
  let make: @Sendable (_ features: Int, _ context: Int) -> (any Distribution)?

  init(_ name: String, _ make: @escaping @Sendable (Int, Int) -> (any Distribution)?) {
    self.name = name
    self.make = make
  }

  var description: String { name }
}

/// Every type of the module in every form, by name. A test compares it with the sources.
enum Registry {
  static let bijectors: [BijectorCase] =
    transforms.map { entry in
      BijectorCase(
        "elementwise \(entry.name)", range: entry.range, isOntoLine: entry.isOntoLine
      ) { features, context in
        context == 0 ? Elementwise(entry.transform, features: features) : nil
      }
    } + conditioned + linear + combinators

  /// Elementwise transforms with where they are tested.
  static let transforms: [TransformCase] = [
    TransformCase(AffineTransform()), TransformCase(ShiftTransform()),
    TransformCase(ScaleTransform()),
    TransformCase(FixedAffineTransform(scale: -2, shift: 0.5), name: "fixed affine"),
    TransformCase(ExponentialTransform(), isOntoLine: false),
    TransformCase(ExponentialTransform.logarithm, name: "log", 0.1...4, isOntoLine: false),
    TransformCase(SigmoidTransform(), isOntoLine: false),
    TransformCase(SigmoidTransform.logit, name: "logit", 0.05...0.95, isOntoLine: false),
    TransformCase(TanhTransform(), isOntoLine: false),
    TransformCase(TanhTransform().inverted, name: "artanh", -0.9...0.9, isOntoLine: false),
    TransformCase(SoftplusTransform(), isOntoLine: false),
    TransformCase(LeakyReluTransform()), TransformCase(AsinhTransform(), isOntoLine: false),
    TransformCase(SinhArcsinhTransform()),
    TransformCase(RationalQuadraticTransform(Spline(bins: 5, bound: 2))),
    TransformCase(
      RationalQuadraticTransform(Spline(bins: 8, bound: 3)).inverted, name: "inverse spline"),
    TransformCase(SigmoidSumTransform(terms: 3)),
    TransformCase(SigmoidSumTransform(terms: 1), name: "one sigmoid"),
    TransformCase(MixtureCDFTransform(components: 3), isOntoLine: false),
  ]

  private static let small = Network.perceptron(hidden: [7, 6], activation: .tanh)
  private static let residual = Network.residual(width: 6, blocks: 1, activation: .silu)

  private static let conditioned: [BijectorCase] = [
    BijectorCase("affine coupling") { features, context in
      Coupling(
        mask: Coupling.halves(features, layer: 0), transform: AffineTransform(), network: small,
        context: context)
    },
    BijectorCase("spline coupling, residual, alternating") { features, context in
      Coupling(
        mask: Coupling.alternating(features, layer: 1),
        transform: RationalQuadraticTransform(Spline(bins: 4, bound: 2)), network: residual,
        context: context)
    },
    BijectorCase("autoregressive affine") { features, context in
      Autoregressive(AffineTransform(), features: features, context: context, network: small)
    },
    BijectorCase("masked autoregressive spline") { features, context in
      Autoregressive(
        RationalQuadraticTransform(Spline(bins: 4, bound: 2)), features: features,
        context: context, network: residual
      ).inverted
    },
    BijectorCase("autoregressive sinh-arcsinh") { features, context in
      Autoregressive(SinhArcsinhTransform(), features: features, context: context, network: small)
    },
    BijectorCase("autoregressive sum of sigmoids") { features, context in
      features > 2
        ? nil
        : Autoregressive(
          SigmoidSumTransform(terms: 2), features: features, context: context, network: small)
    },
    BijectorCase("conditional affine") { features, context in
      context == 0
        ? nil : Conditional(AffineTransform(), features: features, context: context, network: small)
    },
    BijectorCase("conditional sinh-arcsinh") { features, context in
      context == 0
        ? nil
        : Conditional(
          SinhArcsinhTransform(), features: features, context: context, network: residual)
    },
  ]

  private static let linear: [BijectorCase] = [
    BijectorCase("reverse") { features, context in
      context == 0 ? Permutation.reverse(features) : nil
    },
    BijectorCase("random permutation") { features, context in
      context == 0 ? Permutation.random(features, key: RandomKey(seed: 3)) : nil
    },
    BijectorCase("LU") { features, context in context == 0 ? LULinear(features: features) : nil },
    BijectorCase("triangle") { features, context in
      context == 0 ? TriangularLinear(features: features) : nil
    },
    BijectorCase("Householder") { features, context in
      context == 0 ? Householder(features: features) : nil
    },
  ]

  private static let combinators: [BijectorCase] = [
    BijectorCase("identity") { features, context in context == 0 ? Identity(features) : nil },
    BijectorCase("inverse") { features, context in
      Inverse(
        Coupling(
          mask: Coupling.halves(features, layer: 1), transform: AffineTransform(), network: small,
          context: context))
    },
    BijectorCase("chain") { features, context in
      Chain([
        LULinear(features: features), Permutation.reverse(features),
        Coupling(
          mask: Coupling.halves(features, layer: 0), transform: AffineTransform(), network: small,
          context: context),
        Elementwise(SinhArcsinhTransform(), features: features),
      ])
    },
    BijectorCase("concatenation", isOntoLine: false) { features, context in
      features < 2
        ? Concatenate([Elementwise(ExponentialTransform(), features: features)])
        : Concatenate([
          Elementwise(ExponentialTransform(), features: 1),
          Autoregressive(
            AffineTransform(), features: features - 1, context: context, network: small),
        ])
    },
  ]

  static let distributions: [DistributionCase] =
    [
      DistributionCase("standard normal") { features, context in
        context == 0 ? StandardNormal(features) : nil
      },
      DistributionCase("uniform box") { features, context in
        context == 0 ? UniformBox(Array(repeating: Interval(-1, 2), count: features)) : nil
      },
      DistributionCase("logistic") { features, context in context == 0 ? Logistic(features) : nil },
      DistributionCase("Laplace") { features, context in context == 0 ? Laplace(features) : nil },
      DistributionCase("Student's t") { features, context in
        context == 0 ? StudentT(features) : nil
      },
      DistributionCase("Gaussian mixture") { features, context in
        context == 0 ? GaussianMixture(features, components: 3) : nil
      },
      DistributionCase("flow onto the unit box") { features, context in
        context == 0
          ? Flow(
            base: StandardNormal(features),
            bijector: Elementwise(SigmoidTransform(), features: features)) : nil
      },
    ] + zoo

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
    DistributionCase("maf") { Flow.maf(features: $0, context: $1, layers: 2, network: small) },
    DistributionCase("iaf") { Flow.iaf(features: $0, context: $1, layers: 2, network: small) },
    DistributionCase("splineAutoregressive") {
      Flow.splineAutoregressive(
        features: $0, context: $1, layers: 2, bins: 4, bound: 4, network: small)
    },
    DistributionCase("gaussianMixture") { features, context in
      context == 0 ? Flow.gaussianMixture(features: features, components: 2) : nil
    },
    DistributionCase("diagonalNormal") {
      Flow.diagonalNormal(features: $0, context: $1, network: small)
    },
    DistributionCase("fullNormal") { features, context in
      context == 0 ? Flow.fullNormal(features: features) : nil
    },
  ]
}

/// An elementwise transform with where it is tested.
struct TransformCase: Sendable {
  let transform: any ElementwiseTransform
  let name: String
  let range: ClosedRange<Double>
  let isOntoLine: Bool

  init(
    _ transform: any ElementwiseTransform, name: String? = nil,
    _ range: ClosedRange<Double> = -2.5...2.5, isOntoLine: Bool = true
  ) {
    self.transform = transform
    self.name = name ?? String(describing: type(of: transform))
    self.range = range
    self.isOntoLine = isOntoLine
  }
}
