import Tensors

@testable import Flows

/// Every elementwise transform in every conditioner, and settings other than the usual ones.
extension Registry {
  private static let tiny = Perceptron(hidden: [3], activation: .tanh)

  /// How wide a context is matters to networks, which have entries of their own.
  private static let fewContexts = [0, 2]

  static let fedTransforms: [BijectorCase] = transforms.flatMap { entry in
    [
      BijectorCase(
        "conditional \(entry.name)", range: entry.range, isOntoLine: entry.isOntoLine,
        contexts: fewContexts
      ) { features, context in
        context == 0
          ? nil
          : Conditional(entry.transform, features: features, context: context, network: tiny)
      },
      BijectorCase(
        "coupling of \(entry.name)", range: entry.range, isOntoLine: entry.isOntoLine,
        contexts: fewContexts
      ) { features, context in
        Coupling(
          mask: Coupling.alternating(features, layer: 0), transform: entry.transform,
          network: tiny, context: context)
      },
      BijectorCase(
        "autoregressive \(entry.name)", range: entry.range, isOntoLine: entry.isOntoLine,
        contexts: fewContexts
      ) { features, context in
        Autoregressive(entry.transform, features: features, context: context, network: tiny)
      },
    ]
  }

  static let options: [BijectorCase] = networks + masks + otherOptions

  /// Networks that fit masks, by name.
  static let maskedNetworks: [(name: String, network: any MaskedNetwork)] = [
    ("rectified", Perceptron(hidden: [6, 5])), ("linear", Perceptron(hidden: [])),
    ("silu", Perceptron(hidden: [5], activation: .silu)),
    ("two residual blocks", ResidualNetwork(width: 5, blocks: 2, activation: .tanh)),
    ("one head", AttentionNetwork(width: 3, heads: 1)), ("gated", Gated(width: 5)),
    ("linked", Linked(width: 4)), ("repeated", Repeated(width: 4)),
    ("attentive", Attentive(width: 2)), ("nested", Nested()),
  ]

  private static let allNetworks: [(name: String, network: any Network)] =
    maskedNetworks.map { ($0.name, $0.network) } + [("normalised", Normalised(width: 4))]

  private static let networks: [BijectorCase] =
    maskedNetworks.map { name, network in
      BijectorCase("autoregressive, \(name)") { features, context in
        Autoregressive(AffineTransform(), features: features, context: context, network: network)
      }
    }
    + allNetworks.flatMap { name, network in
      [
        BijectorCase("coupling, \(name)") { features, context in
          Coupling(
            mask: Coupling.halves(features, layer: 1), transform: AffineTransform(),
            network: network, context: context)
        },
        BijectorCase("conditional, \(name)") { features, context in
          context == 0
            ? nil
            : Conditional(AffineTransform(), features: features, context: context, network: network)
        },
        BijectorCase("triangle, \(name)") { features, context in
          context == 0
            ? nil : TriangularLinear(features: features, context: context, network: network)
        },
      ]
    }

  private static let masks: [BijectorCase] = [
    BijectorCase("coupling that moves the first feature") { features, context in
      Coupling(
        mask: (0..<features).map { $0 == 0 }, transform: AffineTransform(), network: tiny,
        context: context)
    },
    BijectorCase("coupling that moves all features") { features, context in
      Coupling(
        mask: Array(repeating: true, count: features), transform: SinhArcsinhTransform(),
        network: tiny, context: context)
    },
    BijectorCase("coupling with a spline for what is kept") { features, context in
      Coupling(
        mask: Coupling.halves(features, layer: 0),
        transform: RationalQuadraticTransform(Spline(bins: 4, bound: 2)), network: tiny,
        context: context,
        keptTransform: RationalQuadraticTransform(Spline(bins: 4, bound: 2, ends: .linear)))
    },
    BijectorCase("autoregressive with a graph, inverted") { features, context in
      Autoregressive(
        SinhArcsinhTransform(), dependencies: graph(features), context: context, network: residual
      ).inverted
    },
    BijectorCase("autoregressive without dependencies") { features, context in
      Autoregressive(
        AffineTransform(),
        dependencies: DependencyGraph(parents: Array(repeating: [], count: features)),
        context: context, network: tiny)
    },
  ]

  private static let otherOptions: [BijectorCase] = [
    BijectorCase("block autoregressive, one layer") { features, context in
      BlockAutoregressive(features: features, context: context, width: 3, depth: 1)
    },
    BijectorCase("block autoregressive, three layers") { features, context in
      BlockAutoregressive(features: features, context: context, width: 1, depth: 3)
    },
    BijectorCase("one reflection") { features, context in
      Householder(features: features, reflections: 1, context: context, network: tiny)
    },
    BijectorCase("more reflections than features") { features, context in
      Householder(
        features: features, reflections: features + 2, context: context, network: tiny)
    },
    BijectorCase("inverted actnorm") { features, context in
      context == 0 ? ActNorm(features).inverted : nil
    },
    BijectorCase("inverted batch normalisation") { features, context in
      context == 0 ? BatchNorm(features, rate: 0.2).inverted : nil
    },
    BijectorCase("affine with small scales") { features, context in
      context == 0
        ? Elementwise(AffineTransform(maximumLogScale: 0.5), features: features) : nil
    },
    BijectorCase("couplings of circles", isOntoLine: false) { features, context in
      Chain(
        (0..<2).flatMap { layer -> [any Bijector] in
          [
            Coupling(
              mask: Coupling.alternating(features, layer: layer),
              transform: RationalQuadraticTransform(
                Spline(bins: 4, bound: .pi, ends: .circular)), network: tiny, context: context),
            Permutation.reverse(features),
          ]
        })
    },
    BijectorCase("axes") { features, context in
      // A cube of 8 features, a row of others.
      context > 0
        ? nil
        : features == 8
          ? Permutation.axes([2, 0, 1], of: [2, 2, 2])
          : Permutation.axes([1, 0], of: [1, features])
    },
    BijectorCase("shift of logarithms", range: 0.1...4, isOntoLine: false) { features, context in
      Sandwich(
        Elementwise(ExponentialTransform.logarithm, features: features),
        around: Coupling(
          mask: Coupling.halves(features, layer: 0), transform: ShiftTransform(), network: tiny,
          context: context))
    },
  ]
}
