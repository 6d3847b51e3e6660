import Flows
import Tensors

/// log p(x\_O | c) of rows with missing values, O being the columns that are there: the logarithm of the mean of
/// p(y)/q(y\_M | y\_O) over draws from a wide normal distribution q with the moments of the model's own samples.
struct MarginalScorer {
  private let learned: LearnedDistribution
  private let scorer: Scorer

  /// Draws of each row.
  private static let draws = 256
  /// The rows of which all draws are in memory at once.
  private static let rowsAtOnce = 512
  /// Samples that tell the moments of the model.
  private static let samples = 4096

  init(_ learned: LearnedDistribution, _ scorer: Scorer) {
    self.learned = learned
    self.scorer = scorer
  }

  /// The same numbers each time, up to the noise of the draws.
  ///
  /// - Parameters:
  ///   - rows: x; NaN where a value is missing.
  ///   - given: c of each row; nil for a joint density.
  func logDensity(of rows: Batch, given: Batch?) throws(LearningError) -> [Double] {
    let key = RandomKey(seed: 0)
    let moments = try moments(given, key.split(0))
    var values: [Double] = []
    for start in stride(from: 0, to: rows.rows, by: Self.rowsAtOnce) {
      let range = start..<min(rows.rows, start + Self.rowsAtOnce)
      let set = RowSet(values: rows.slice(range), given: given?.slice(range))
      let draws = RowDraws(
        rows: set, columns: learned.columns, givenColumns: learned.givenColumns,
        drawsOfRow: Self.draws, maskShare: 0,
        imputation: NormalImputation(learned.columns.forward(set.values), moments: moments))
      values += try draws.logDensities(scorer, learned.model, key: key.split(UInt64(start) + 1))
    }
    return values
  }

  /// The mean and covariance of samples, with a ridge so that columns that determine each other have a density.
  private func moments(
    _ given: Batch?, _ key: RandomKey
  ) throws(LearningError) -> (mean: [Double], covariance: [Double]) {
    let context = given.map { given in
      learned.givenColumns.context(given.picking((0..<Self.samples).map { $0 % given.rows }))
    }
    let samples = try withFlow { () throws(FlowError) in
      try learned.model.samples(Self.samples, key: key, given: context)
    }
    let (mean, covariance) = NormalLikelihood.moments(samples)
    let size = mean.count
    return (
      mean,
      covariance.enumerated().map { index, value in
        index.isMultiple(of: size + 1) ? value * (1 + 1e-4) + 1e-9 : value
      }
    )
  }
}
