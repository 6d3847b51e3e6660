public import Tensors

/// p(x | c) = Σₖ wₖ Π N(xᵢ; mₖᵢ, sₖᵢ²), a mixture of K normals with diagonal covariances: w, m and s are
/// learned, or computed from a context by a network (mixture density networks; Bishop 1994).
public struct GaussianMixture: Distribution {
  /// D
  public let features: Int
  /// K
  public let components: Int
  /// C
  public let contextFeatures: Int
  /// What computes weights, means and deviations from a context.
  public let network: any Network
  private let start: MixtureStart?

  /// A mixture on `features` features; means at random at first, weights equal.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - components: K
  ///   - context: C; 0 for none.
  ///   - network: what computes weights, means and deviations from the context.
  public init(
    _ features: Int, components: Int, context: Int = 0, network: any Network = Perceptron.standard
  ) {
    requireFeatures(features)
    requireSome("component", components)
    self.features = features
    self.components = components
    contextFeatures = context
    self.network = network
    start = nil
  }

  /// A mixture that begins with the clusters of data: weights, means and deviations of those that
  /// k-means++ finds.
  ///
  /// - Parameters:
  ///   - data: rows like those that the mixture will be fitted to.
  ///   - weights: one for each row, as in ``TrainingRun``; nil for 1.
  ///   - components: K
  ///   - key: where the choice of first centres comes from.
  ///   - context: C; 0 for none.
  ///   - network: what computes weights, means and deviations from the context; it begins near these
  ///     clusters for every context.
  /// - Throws: ``FlowError`` for no rows, numbers that are not finite, and weights that are not finite or negative.
  public init(
    startingFrom data: Batch, weights: [Double]? = nil, components: Int, key: RandomKey,
    context: Int = 0, network: any Network = Perceptron.standard
  ) throws(FlowError) {
    requireSome("component", components)
    try data.check("the data", features: data.features, .double)
    try data.check(weights: weights, .double)
    features = data.features
    self.components = components
    contextFeatures = context
    self.network = network
    start = MixtureStart(
      data, KMeans(data, weights: weights, count: components, key: key))
  }

  /// D normal numbers and one that chooses the component
  public var noise: NoiseCount { NoiseCount(normals: features, uniforms: 1) }

  /// log Σ exp(log wₖ + log Nₖ)
  public func logDensity(_ x: Tensor, _ scope: Scope) -> Tensor {
    let parts = parts(scope)
    let deviations = (x.tiled(components) - parts.means) * exp(-parts.logScales)
    let logDensities = (-0.5 * square(deviations) - parts.logScales).sum() + parts.logWeights
    return logDensities.logSumExp() - Double(features) * logOfRootTwoPi
  }

  /// The mean and deviation of the component in whose share of (0, 1) the uniform number lies
  public func sample(_ noise: Noise, _ scope: Scope) -> Tensor {
    let parts = parts(scope)
    let isHere = chosenComponent(exp(parts.logWeights), noise.uniforms!)
    func chosen(_ table: Tensor) -> Tensor {
      (table.transposed * isHere.tiled(features)).sum()
    }
    return chosen(parts.means) + chosen(exp(parts.logScales)) * noise.normals!
  }

  /// `[K]`, `[K, D]` and `[K, D]`, with rows where there is a context
  private func parts(
    _ scope: Scope
  ) -> (logWeights: Tensor, means: Tensor, logScales: Tensor) {
    let learned = scope.learned(
      [
        LearnedNumbers(
          "logWeights", [components], start.map { .values($0.logWeights) } ?? .constant(0)),
        LearnedNumbers(
          "means", [components, features],
          start.map { .values($0.means) } ?? .normal(deviation: 1)),
        // Deviations cannot overflow, whatever the size of a network's outputs.
        LearnedNumbers(
          "logScales", [components, features],
          start.map { .values($0.logScales) } ?? .constant(0), bound: 5),
      ], context: contextFeatures, by: network)
    return (learned[0].logSoftmax(), learned[1], learned[2])
  }
}
