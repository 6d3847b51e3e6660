import Flows
import Tensors

/// Where draws of missing columns come from: a mixture of normals, fitted to samples of a model in its scaled columns
/// and, for a conditional model, what is given.
struct MissingColumns {
  private let mixture: NormalMixture
  private let features: Int

  /// A proposal need not be the best mixture: more samples and rounds made the draws no better.
  private static let (samples, components, rounds) = (5_000, 30, 30)
  /// Factors of the covariances of draws and their shares: wider than the mixture, as weights must not grow far out.
  private static let inflations = [(factor: 1.3, share: 0.8), (factor: 5.0, share: 0.2)]

  /// - Parameters:
  ///   - learned: the distribution.
  ///   - given: rows of what is given, whose samples the mixture is fitted to; nil for a joint density.
  ///   - key: where the samples come from.
  init(_ learned: LearnedDistribution, given: Batch?, key: RandomKey) throws(LearningError) {
    features = learned.columns.count
    let count = Self.samples
    let context = given.map { given in given.picking((0..<count).map { $0 % given.rows }) }
    let rows = try withFlow { () throws(FlowError) in
      try learned.model.samples(count, key: key.split(0), given: context)
    }
    let size = features + (given?.features ?? 0)
    // Given rows may all be the same, which has no density: a little is added to each number.
    let noise = key.split(1).normals(count * size)
    var all: [Double] = []
    for row in 0..<count {
      all += rows[row]
      guard let context else { continue }
      for index in 0..<context.features {
        let value = context.values[row * context.features + index]
        all.append(value + 0.01 * noise[row * size + index])
      }
    }
    mixture =
      NormalMixture(
        fitting: Batch(features: size, all), components: Self.components, key: key.split(2),
        rounds: Self.rounds)
      ?? .wide(size)
  }

  /// Draws of missing columns, and log(K q) of each.
  ///
  /// - Parameters:
  ///   - missing: the numbers of the columns.
  ///   - known: the scaled values of others; those in neither are integrated over.
  ///   - given: d
  ///   - count: K
  ///   - key: where chance comes from.
  func draws(
    of missing: [Int], known: [Int: Double], given: [Double], count: Int, key: RandomKey
  ) -> (values: [[Double]], logDensities: [Double]) {
    let indices = known.keys.sorted() + given.indices.map { features + $0 }
    let values = known.keys.sorted().map { known[$0]! } + given
    let log = UnaryFunction.logarithm.value
    var parts: [NormalMixture.Component] = []
    for (factor, share) in Self.inflations {
      let part = mixture.conditional(missing, given: indices, values, inflation: factor)
      for var component in (part ?? .wide(missing.count)).components {
        component.logWeight += log(share)
        parts.append(component)
      }
    }
    let proposal = NormalMixture(components: parts)
    let drawn = Batch(
      features: missing.count, proposal.samples(count, key: key))
    let logs = proposal.logDensity(of: drawn).map { $0 + log(Double(count)) }
    return ((0..<count).map { Array(drawn[$0]) }, logs)
  }
}

extension NormalMixture {
  /// One normal distribution that is wider than scaled columns are.
  fileprivate static func wide(_ features: Int) -> NormalMixture {
    let covariance = (0..<features * features).map { $0.isMultiple(of: features + 1) ? 4.0 : 0 }
    let mean = [Double](repeating: 0, count: features)
    return NormalMixture(
      components: [Component(logWeight: 0, mean: mean, covariance: covariance)!])
  }
}
