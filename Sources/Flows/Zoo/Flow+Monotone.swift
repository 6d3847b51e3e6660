import Tensors

// Named flows of monotone functions that are more than splines.

extension Flow {
  /// A neural autoregressive flow with deep sigmoids (Huang, Krueger, Lacoste and Courville 2018):
  /// densities cost one pass; samples take numerical inverses, feature by feature.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - context: C; 0 for none.
  ///   - layers: the number of layers; the order of the features is reversed between them.
  ///   - terms: the number of sigmoids.
  ///   - network: what computes their weights, slopes and centres.
  /// - Returns: a flow with a standard normal base.
  public static func naf(
    features: Int, context: Int = 0, layers: Int = 2, terms: Int = 8,
    network: any MaskedNetwork = Perceptron.standard
  ) -> Flow {
    autoregressive(SigmoidSumTransform(terms: terms), features, context, layers, network)
  }

  /// A block neural autoregressive flow (De Cao, Aziz and Titov 2019): densities cost one pass; samples
  /// take numerical inverses, feature by feature.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - context: C; 0 for none.
  ///   - layers: the number of layers; the order of the features is reversed between them.
  ///   - width: units of a feature in each hidden layer.
  ///   - depth: hidden layers.
  /// - Returns: a flow with a standard normal base.
  public static func blockNAF(
    features: Int, context: Int = 0, layers: Int = 2, width: Int = 8, depth: Int = 2
  ) -> Flow {
    autoregressive(features, layers) { _ in
      BlockAutoregressive(features: features, context: context, width: width, depth: depth)
        .inverted
    }
  }

  /// An autoregressive flow of unconstrained monotone networks (Wehenkel and Louppe 2019): densities cost
  /// one pass and 64 evaluations of a small network a feature; samples take numerical inverses.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - context: C; 0 for none.
  ///   - layers: the number of layers; the order of the features is reversed between them.
  ///   - units: those of the network that is integrated.
  ///   - bound: integrals are taken on [-bound, bound].
  ///   - network: what computes its weights.
  /// - Returns: a flow with a standard normal base.
  public static func umnn(
    features: Int, context: Int = 0, layers: Int = 2, units: Int = 6, bound: Double = 5,
    network: any MaskedNetwork = Perceptron.standard
  ) -> Flow {
    autoregressive(
      MonotoneNetworkTransform(units: units, bound: bound), features, context, layers, network)
  }

  /// A sum-of-squares polynomial flow (Jaini, Selby and Yu 2019): densities cost one pass; samples take
  /// numerical inverses, feature by feature.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - context: C; 0 for none.
  ///   - layers: the number of layers; the order of the features is reversed between them.
  ///   - polynomials: how many squares are added up.
  ///   - degree: that of the polynomials.
  ///   - bound: polynomials act on [-bound, bound].
  ///   - network: what computes their coefficients.
  /// - Returns: a flow with a standard normal base.
  public static func sumOfSquares(
    features: Int, context: Int = 0, layers: Int = 2, polynomials: Int = 3, degree: Int = 2,
    bound: Double = 5, network: any MaskedNetwork = Perceptron.standard
  ) -> Flow {
    autoregressive(
      SumOfSquaresTransform(polynomials: polynomials, degree: degree, bound: bound), features,
      context, layers, network)
  }

  /// A flow of Bernstein polynomials (Ramasinghe, Fernando, Khan and Barnes 2021): densities cost one
  /// pass; samples take numerical inverses, feature by feature.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - context: C; 0 for none.
  ///   - layers: the number of layers; the order of the features is reversed between them.
  ///   - degree: that of the polynomials.
  ///   - bound: polynomials act on [-bound, bound].
  ///   - network: what computes their coefficients.
  /// - Returns: a flow with a standard normal base.
  public static func bernstein(
    features: Int, context: Int = 0, layers: Int = 2, degree: Int = 10, bound: Double = 5,
    network: any MaskedNetwork = Perceptron.standard
  ) -> Flow {
    autoregressive(
      BernsteinTransform(degree: degree, bound: bound), features, context, layers, network)
  }

  /// A Gaussianization flow (Meng, Song, Song and Ermon 2020): from the data on, each feature is made
  /// normal by the distribution function of a mixture of logistic distributions, then features are
  /// rotated. With context the mixtures depend on it.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - context: C; 0 for none.
  ///   - layers: the number of rotations.
  ///   - terms: the number of components of a mixture.
  ///   - network: what computes mixtures from the context.
  /// - Returns: a flow with a standard normal base.
  public static func gaussianization(
    features: Int, context: Int = 0, layers: Int = 4, terms: Int = 8,
    network: any Network = Perceptron.standard
  ) -> Flow {
    // Variances of 0.75 among the components and of 0.25 = π²/(3 slope²) within: about normal, so that
    // all layers begin near the identity, but for rotations.
    let sum = SigmoidSumTransform(terms: terms, spread: 1.5, slope: 3.6)
    requireSome("layer", layers, atMost: mostLayers)
    let parts = (0..<layers).flatMap { _ -> [any Bijector] in
      [
        Rotation(features: features),
        Elementwise(NormalToLogisticTransform(), features: features),
        lifted(sum.inverted, features, context, network),
      ]
    }
    return Flow(
      base: StandardNormal(features), bijector: Chain(parts + [ActNorm(features)])
    ).standardized
  }

  /// A triangular flow: linear maps of triangular matrices and elementwise splines, alternating. With
  /// context the splines depend on it.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - context: C; 0 for none.
  ///   - layers: the number of splines.
  ///   - bins: K of a spline.
  ///   - bound: splines act on [-bound, bound].
  ///   - tails: what they do beyond it.
  ///   - network: what computes splines from the context.
  /// - Returns: a flow with a standard normal base.
  public static func triangular(
    features: Int, context: Int = 0, layers: Int = 3, bins: Int = 8, bound: Double = 5,
    tails: SplineTails = .linear, network: any Network = Perceptron.standard
  ) -> Flow {
    let splines = tails.splines(layers, last: 1, bins: bins, bound: bound)
    let parts = splines.flatMap { spline -> [any Bijector] in
      [LULinear(features: features), lifted(spline, features, context, network)]
    }
    return Flow(
      base: StandardNormal(features), bijector: Chain(parts + [ActNorm(features)])
    ).standardized
  }

  /// Autoregressive layers of one transform, which is applied from the data on.
  private static func autoregressive(
    _ transform: any ElementwiseTransform, _ features: Int, _ context: Int, _ layers: Int,
    _ network: any MaskedNetwork
  ) -> Flow {
    autoregressive(features, layers) { _ in
      Autoregressive(transform, features: features, context: context, network: network).inverted
    }
  }

  /// A transform of each feature, learned as it is or depending on the context.
  private static func lifted(
    _ transform: any ElementwiseTransform, _ features: Int, _ context: Int, _ network: any Network
  ) -> any Bijector {
    context > 0
      ? Conditional(transform, features: features, context: context, network: network)
      : Elementwise(transform, features: features)
  }
}
