import Flows
public import Formats
public import Tensors

/// Samples of one learned distribution, portion after portion.
public final class TableSampler {
  private let learned: LearnedDistribution
  private let sampler: Sampler

  /// A sampler for `learned`.
  ///
  /// - Parameters:
  ///   - learned: the distribution.
  ///   - pool: the workers; how many there are changes nothing in the samples.
  public init(_ learned: LearnedDistribution, pool: WorkerPool = WorkerPool()) {
    self.learned = learned
    sampler = Sampler(learned.model, pool: pool)
  }

  /// The samples with these numbers. Sample i depends on the key, on i and on what is given for it alone, but for last
  /// bits where there are fewer than 16.
  ///
  /// - Parameters:
  ///   - rows: their numbers, from 0.
  ///   - key: where randomness comes from.
  ///   - given: as many rows with the given columns; nil without.
  /// - Returns: a table of the modelled columns.
  /// - Throws: ``LearningError`` for a missing column, a given value outside of its interval, and one so far out that
  ///   samples are no numbers.
  public func samples(
    _ rows: Range<Int>, key: RandomKey, given: Table? = nil
  ) throws(LearningError) -> Table {
    let context: Batch? = if let given { try learned.scaledGiven(of: given) } else { nil }
    let scaled = try withFlow { () throws(FlowError) in
      try sampler.samples(rows, key: key, given: context)
    }
    if let given, let row = (0..<scaled.rows).first(where: { scaled[$0].contains(where: \.isNaN) })
    {
      throw try learned.farGiven(given, row: row)
    }
    let columns = learned.columns
    return Table(columnNames: columns.names, values: columns.inverse(scaled).values)
  }
}
