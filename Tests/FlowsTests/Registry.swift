import Tensors

@testable import Flows

/// One configuration of a bijector, for the laws that all must obey.
struct BijectorCase: Sendable, CustomStringConvertible {
  let name: String
  /// Where test points of the domain are drawn from, apart from those far out.
  let range: ClosedRange<Double>
  /// Whether f is onto ℝ and defined there, so that points far out can be mapped and mapped back.
  let isOntoLine: Bool
  /// The largest numbers of which none overflows on its way to an image that does not.
  let reach: Double
  /// Whether log|det| is the logarithm of a |det| that is computed, which a number format must then hold.
  let takesLogOfDeterminant: Bool
  /// The numbers of features with which it is tested.
  let dimensions: [Int]
  /// The numbers of context features with which it is tested, as far as it takes any.
  let contexts: [Int]
  /// Makes it for D features and C context features; nil where it does not exist.
  let make: @Sendable (_ features: Int, _ context: Int) -> (any Bijector)?

  init(
    _ name: String, range: ClosedRange<Double> = -2.5...2.5, isOntoLine: Bool = true,
    reach: Double = 1e6, takesLogOfDeterminant: Bool = false, dimensions: [Int] = [1, 2, 5, 8],
    contexts: [Int] = [0, 2, 7],
    _ make: @escaping @Sendable (Int, Int) -> (any Bijector)?
  ) {
    self.name = name
    self.range = range
    self.isOntoLine = isOntoLine
    self.reach = reach
    self.takesLogOfDeterminant = takesLogOfDeterminant
    self.dimensions = dimensions
    self.contexts = contexts
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
    } + conditioned + linear + normalization + constraints + combinators + formulas + fedTransforms
    + options

  /// Elementwise transforms with where they are tested.
  static let transforms: [TransformCase] =
    [
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
      TransformCase(
        RationalQuadraticTransform(Spline(bins: 5, bound: 2, ends: .linear)), name: "spline, tails"),
      TransformCase(
        RationalQuadraticTransform(Spline(bins: 5, bound: 3, ends: .circular)),
        name: "circular spline", isOntoLine: false),
      TransformCase(SigmoidSumTransform(terms: 3)),
      TransformCase(SigmoidSumTransform(terms: 1), name: "one sigmoid"),
      TransformCase(MixtureCDFTransform(components: 3), isOntoLine: false),
      TransformCase(IntervalTransform(Interval(-1, 3)), isOntoLine: false),
      TransformCase(HalfLineTransform(above: 2), isOntoLine: false),
      TransformCase(HalfLineTransform(below: -1), name: "lower half-line", isOntoLine: false),
    ] + polynomials + powers + distributionFunctions

  private static let polynomials: [TransformCase] = [
    TransformCase(LinearSplineTransform(SplineForm(bins: 5, bound: 2))),
    TransformCase(QuadraticSplineTransform(SplineForm(bins: 5, bound: 2))),
    TransformCase(CubicSplineTransform(SplineForm(bins: 5, bound: 2))),
    TransformCase(CubicSplineTransform(SplineForm(bins: 1, bound: 2)), name: "one cubic piece"),
    TransformCase(
      RationalQuadraticTransform(Spline(bins: 5, bound: 2)).heavyTailed,
      name: "heavy-tailed spline", isOntoLine: false),
    TransformCase(
      RationalQuadraticTransform(Spline(bins: 5, bound: 2, ends: .linear)).heavyTailed,
      name: "heavy-tailed spline with learned slopes", isOntoLine: false),
    TransformCase(
      LinearSplineTransform(SplineForm(bins: 5, bound: 2)).heavyTailed,
      name: "heavy-tailed linear spline", isOntoLine: false),
    TransformCase(
      QuadraticSplineTransform(SplineForm(bins: 5, bound: 2)).heavyTailed,
      name: "heavy-tailed quadratic spline", isOntoLine: false),
    TransformCase(
      CubicSplineTransform(SplineForm(bins: 5, bound: 2)).heavyTailed,
      name: "heavy-tailed cubic spline", isOntoLine: false),
    TransformCase(BernsteinTransform(degree: 5, bound: 2)),
    TransformCase(BernsteinTransform(degree: 1, bound: 2), name: "Bernstein, degree 1"),
    TransformCase(MonotoneNetworkTransform(units: 2)),
    TransformCase(SumOfSquaresTransform()),
    TransformCase(SumOfSquaresTransform(polynomials: 1, degree: 0), name: "one square"),
  ]

  private static let powers: [TransformCase] = [
    TransformCase(SignedPowerTransform()), TransformCase(YeoJohnsonTransform()),
    TransformCase(BoxCoxTransform(power: 0.5), 0.1...4, isOntoLine: false),
    TransformCase(BoxCoxTransform(power: -0.5), name: "Box-Cox, -½", 0.1...4, isOntoLine: false),
    TransformCase(BoxCoxTransform(power: 0), name: "Box-Cox, 0", 0.1...4, isOntoLine: false),
    TransformCase(DualPowerTransform(), 0.1...4, isOntoLine: false),
    TransformCase(TailTransform(), isOntoLine: false),
    TransformCase(LeakyTanhTransform(bound: 2)),
  ]

  private static let distributionFunctions: [TransformCase] = [
    TransformCase(NormalCDFTransform(), isOntoLine: false),
    TransformCase(NormalToLogisticTransform()),
    TransformCase(
      NormalCDFTransform.quantile, name: "normal quantile", 0.05...0.95, isOntoLine: false),
    TransformCase(GumbelCDFTransform(), -1...2.5, isOntoLine: false),
    TransformCase(WeibullCDFTransform(), 0.2...2, isOntoLine: false),
    TransformCase(ArctangentTransform(), isOntoLine: false),
    TransformCase(CircularShiftTransform(), isOntoLine: false),
  ]

  static let small = Perceptron(hidden: [7, 6], activation: .tanh)
  static let attention = AttentionNetwork(width: 4, heads: 2)
  static let residual = ResidualNetwork(width: 6, blocks: 1, activation: .silu)

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
    BijectorCase("coupling with both parts transformed") { features, context in
      Coupling(
        mask: Coupling.halves(features, layer: 0), transform: AffineTransform(), network: small,
        context: context, keptTransform: SinhArcsinhTransform())
    },
    BijectorCase("coupling with attention") { features, context in
      Coupling(
        mask: Coupling.alternating(features, layer: 0), transform: SinhArcsinhTransform(),
        network: attention, context: context)
    },
    BijectorCase("autoregressive with attention") { features, context in
      Autoregressive(
        AffineTransform(), features: features, context: context, network: attention)
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
    BijectorCase("block autoregressive") { features, context in
      BlockAutoregressive(features: features, context: context, width: 2, depth: 2)
    },
    BijectorCase("autoregressive with a graph") { features, context in
      Autoregressive(
        AffineTransform(), dependencies: Self.graph(features), context: context, network: small)
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

  /// Every feature depends on the last one, and every other one on those three and four places on.
  static func graph(_ features: Int) -> DependencyGraph {
    DependencyGraph(
      parents: (0..<features).map { feature in
        let far = feature.isMultiple(of: 2) ? [feature + 3, feature + 4] : []
        return ([features - 1] + far).filter { $0 < features && $0 > feature }
      })
  }

  private static let linear: [BijectorCase] = [
    BijectorCase("reverse") { features, context in
      context == 0 ? Permutation.reverse(features) : nil
    },
    BijectorCase("random permutation") { features, context in
      context == 0 ? Permutation.random(features, key: RandomKey(seed: 3)) : nil
    },
    BijectorCase("LU") { LULinear(features: $0, context: $1, network: small) },
    BijectorCase("triangle") { TriangularLinear(features: $0, context: $1, network: small) },
    BijectorCase("QR") { QRLinear(features: $0, context: $1, network: small) },
    BijectorCase("SVD") { SVDLinear(features: $0, context: $1, network: small) },
    BijectorCase("Householder") { Householder(features: $0, context: $1, network: small) },
    BijectorCase("Cayley") { Cayley(features: $0, context: $1, network: small) },
    BijectorCase("rotation") { features, context in
      context == 0 ? Rotation(features: features) : nil
    },
    BijectorCase("transpose") { features, context in
      context == 0
        ? Permutation.transpose(
          rows: features.isMultiple(of: 2) ? 2 : 1,
          columns: features.isMultiple(of: 2) ? features / 2 : features) : nil
    },
  ]

  private static let normalization: [BijectorCase] = [
    BijectorCase("actnorm") { features, context in context == 0 ? ActNorm(features) : nil },
    BijectorCase("batch normalisation") { features, context in
      context == 0 ? BatchNorm(features) : nil
    },
    BijectorCase("standardisation") { features, context in
      context == 0 ? Standardization(features) : nil
    },
    BijectorCase("inverted standardisation") { features, context in
      context == 0 ? Standardization(features).inverted : nil
    },
  ]

  private static let constraints: [BijectorCase] = [
    BijectorCase("interval", isOntoLine: false) { features, context in
      context == 0 ? Constraint.interval(-1, 3, features: features) : nil
    },
    BijectorCase("half-line", isOntoLine: false) { features, context in
      context == 0 ? Constraint.above(2, features: features) : nil
    },
    BijectorCase("lower half-line", isOntoLine: false) { features, context in
      context == 0 ? Constraint.below(-1, features: features) : nil
    },
    BijectorCase("simplex", isOntoLine: false) { features, context in
      context == 0 ? Simplex(features) : nil
    },
    BijectorCase("ordered", isOntoLine: false) { features, context in
      context == 0 ? Ordered(features) : nil
    },
    BijectorCase("positive definite", range: -1...1, isOntoLine: false, dimensions: [1, 3, 6]) {
      features, context in
      context == 0 ? PositiveDefinite(size: features == 6 ? 3 : features == 3 ? 2 : 1) : nil
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
    BijectorCase("sandwich") { features, context in
      Sandwich(
        LULinear(features: features),
        around: Coupling(
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
    BijectorCase("stack", isOntoLine: false) { features, context in
      features.isMultiple(of: 2)
        ? Stack([
          Elementwise(ExponentialTransform(), features: features / 2),
          Autoregressive(
            AffineTransform(), features: features / 2, context: context, network: small),
        ]) : Stack([Elementwise(AffineTransform(), features: features)])
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
