import Tensors

// Named flows: functions that assemble parts. All work for any number of features, 1 included, with any context,
// and for data in any units.

extension Flow {
  /// NICE (Dinh, Krueger and Bengio 2015): additive couplings, then a scale for each feature.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - context: C; 0 for none.
  ///   - layers: the number of couplings.
  ///   - network: what computes shifts.
  /// - Returns: a flow with a logistic base.
  public static func nice(
    features: Int, context: Int = 0, layers: Int = 4, network: any Network = Perceptron.standard
  ) -> Flow {
    requireSome("layer", layers, atMost: mostLayers)
    let couplings = (0..<layers).map { layer -> any Bijector in
      Coupling(
        mask: Coupling.halves(features, layer: layer), transform: ShiftTransform(),
        network: network, context: context)
    }
    return Flow(
      base: Logistic(features),
      bijector: Chain(couplings + [Elementwise(ScaleTransform(), features: features)])
    ).standardized
  }

  /// RealNVP (Dinh, Sohl-Dickstein and Bengio 2017): affine couplings of alternating halves.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - context: C; 0 for none.
  ///   - layers: the number of couplings.
  ///   - network: what computes shifts and scales.
  /// - Returns: a flow with a standard normal base.
  public static func realNVP(
    features: Int, context: Int = 0, layers: Int = 6, network: any Network = Perceptron.standard
  ) -> Flow {
    requireSome("layer", layers, atMost: mostLayers)
    return coupled(
      Array(repeating: AffineTransform(), count: layers), features, context, network)
  }

  /// Glow for vectors (Kingma and Dhariwal 2018): affine couplings, each followed by an LU matrix, a random
  /// order of features and an actnorm.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - context: C; 0 for none.
  ///   - layers: the number of couplings.
  ///   - network: what computes shifts and scales.
  /// - Returns: a flow with a standard normal base.
  public static func glow(
    features: Int, context: Int = 0, layers: Int = 6, network: any Network = Perceptron.standard
  ) -> Flow {
    requireSome("layer", layers, atMost: mostLayers)
    let steps = (0..<layers).flatMap { layer -> [any Bijector] in
      [
        Coupling(
          mask: Coupling.halves(features, layer: layer), transform: AffineTransform(),
          network: network, context: context),
        LULinear(features: features),
        Permutation.random(features, key: RandomKey(seed: UInt64(layer))),
        ActNorm(features),
      ]
    }
    return Flow(base: StandardNormal(features), bijector: Chain(steps)).standardized
  }

  /// A neural spline flow with couplings (Durkan, Bekasov, Murray and Papamakarios 2019).
  ///
  /// - Parameters:
  ///   - features: D
  ///   - context: C; 0 for none.
  ///   - layers: the number of couplings.
  ///   - bins: K of a spline.
  ///   - bound: splines act on [-bound, bound].
  ///   - tails: what they do beyond it.
  ///   - network: what computes bins and slopes.
  /// - Returns: a flow with a standard normal base.
  public static func splineCoupling(
    features: Int, context: Int = 0, layers: Int = 4, bins: Int = 8, bound: Double = 5,
    tails: SplineTails = .identity, network: any Network = Perceptron.standard
  ) -> Flow {
    // Two couplings transform all features, one of two a single one.
    let splines = tails.splines(layers, last: features > 1 ? 2 : 1, bins: bins, bound: bound)
    return coupled(splines, features, context, network)
  }

  /// A masked autoregressive flow (Papamakarios, Pavlakou and Murray 2017): affine layers whose
  /// densities take one step, and samples D small ones, which together do the work of one pass.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - context: C; 0 for none.
  ///   - layers: the number of layers; the order of the features is reversed between them.
  ///   - network: what computes shifts and scales.
  /// - Returns: a flow with a standard normal base.
  public static func maf(
    features: Int, context: Int = 0, layers: Int = 5,
    network: any MaskedNetwork = Perceptron.standard
  ) -> Flow {
    autoregressive(features, layers) { _ in
      Autoregressive(AffineTransform(), features: features, context: context, network: network)
        .inverted
    }
  }

  /// An inverse autoregressive flow (Kingma, Salimans, Józefowicz, Chen, Sutskever and Welling 2016):
  /// samples take one step, and densities D small ones, which together do the work of one pass.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - context: C; 0 for none.
  ///   - layers: the number of layers; the order of the features is reversed between them.
  ///   - network: what computes shifts and scales.
  /// - Returns: a flow with a standard normal base.
  public static func iaf(
    features: Int, context: Int = 0, layers: Int = 5,
    network: any MaskedNetwork = Perceptron.standard
  ) -> Flow {
    autoregressive(features, layers) { _ in
      Autoregressive(AffineTransform(), features: features, context: context, network: network)
    }
  }

  /// An autoregressive neural spline flow (Durkan, Bekasov, Murray and Papamakarios 2019): densities
  /// take one step, and samples D small ones, which together do the work of one pass.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - context: C; 0 for none.
  ///   - layers: the number of layers; the order of the features is reversed between them.
  ///   - bins: K of a spline.
  ///   - bound: splines act on [-bound, bound].
  ///   - tails: what they do beyond it.
  ///   - network: what computes bins and slopes.
  /// - Returns: a flow with a standard normal base.
  public static func splineAutoregressive(
    features: Int, context: Int = 0, layers: Int = 3, bins: Int = 8, bound: Double = 5,
    tails: SplineTails = .identity, network: any MaskedNetwork = Perceptron.standard
  ) -> Flow {
    let splines = tails.splines(layers, last: 1, bins: bins, bound: bound)
    return autoregressive(features, layers) { layer in
      // The layer is inverted, and goes from the data on.
      let spline = splines[layer]
      return Autoregressive(
        tails == .heavy ? spline.inverted : spline, features: features, context: context,
        network: network
      ).inverted
    }
  }

  /// A mixture of normals, as a flow; with context weights, means and deviations depend on it.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - context: C; 0 for none.
  ///   - components: K
  ///   - network: what computes them from the context.
  /// - Returns: a flow that maps nothing but units.
  public static func gaussianMixture(
    features: Int, context: Int = 0, components: Int = 8, network: any Network = Perceptron.standard
  ) -> Flow {
    Flow(
      base: GaussianMixture(
        features, components: components, context: context, network: network),
      bijector: Identity(features)
    ).standardized
  }

  /// A mixture of RealNVPs, for data of separate parts; with context weights and parts depend on it.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - context: C; 0 for none.
  ///   - components: K
  ///   - layers: the number of couplings of a component.
  ///   - network: what computes shifts, scales and weights.
  /// - Returns: a flow that maps nothing but units after the mixture.
  public static func mixture(
    features: Int, context: Int = 0, components: Int = 4, layers: Int = 4,
    network: any Network = Perceptron.standard
  ) -> Flow {
    requireSome("component", components, atMost: mostLayers)
    let part = realNVP(features: features, context: context, layers: layers, network: network)
    let parts = Array(repeating: part.unstandardized, count: components)
    return Flow(base: Mixture(parts, network: network), bijector: Identity(features)).standardized
  }

  /// Independent normals with learned means and deviations; with context both depend on it.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - context: C; 0 for none.
  ///   - network: what computes them from the context.
  /// - Returns: an affine flow.
  public static func diagonalNormal(
    features: Int, context: Int = 0, network: any Network = Perceptron.standard
  ) -> Flow {
    let affine = AffineTransform()
    return Flow(
      base: StandardNormal(features),
      bijector: context > 0
        ? Conditional(affine, features: features, context: context, network: network)
        : Elementwise(affine, features: features)
    ).standardized
  }

  /// A normal distribution with learned mean m and covariance L Lᵀ; with context both depend on it.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - context: C; 0 for none.
  ///   - network: what computes m and L from the context.
  /// - Returns: the flow x = L z + m in the units of the data.
  public static func fullNormal(
    features: Int, context: Int = 0, network: any Network = Perceptron.standard
  ) -> Flow {
    Flow(
      base: StandardNormal(features),
      bijector: TriangularLinear(features: features, context: context, network: network)
    ).standardized
  }

  private static func coupled(
    _ transforms: [any ElementwiseTransform], _ features: Int, _ context: Int,
    _ network: any Network
  ) -> Flow {
    let couplings = transforms.enumerated().map { layer, transform -> any Bijector in
      Coupling(
        mask: Coupling.halves(features, layer: layer), transform: transform, network: network,
        context: context)
    }
    return Flow(
      base: StandardNormal(features),
      bijector: Chain(couplings + [Elementwise(AffineTransform(), features: features)])
    ).standardized
  }

  static func autoregressive(
    _ features: Int, _ layers: Int, _ layer: (_ number: Int) -> any Bijector
  ) -> Flow {
    requireSome("layer", layers, atMost: mostLayers)
    let parts = (0..<layers).flatMap { number -> [any Bijector] in
      (number == 0 ? [] : [Permutation.reverse(features)]) + [layer(number)]
    }
    return Flow(
      base: StandardNormal(features),
      bijector: Chain(parts + [Elementwise(AffineTransform(), features: features)])
    ).standardized
  }
}
