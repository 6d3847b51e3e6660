public import Tensors

extension Model {
  /// Maximises Σ log p(x | c) over the rows of `data`, by stochastic gradient ascent.
  ///
  /// The rows are shuffled for each pass over them. The same data, key, number of workers and
  /// instruction set give the same parameters. What data sets is set as ``Scope/begin(_:)`` and
  /// ``Scope/update(_:to:)`` say. ``TrainingRun`` takes the same steps one by one.
  ///
  /// - Parameters:
  ///   - data: rows of D numbers.
  ///   - context: as many rows of C numbers; nil without context.
  ///   - training: steps and rates.
  ///   - key: where the order of the rows comes from.
  /// - Returns: the mean of -log p over the rows of each step, before it.
  /// - Throws: ``FlowError`` for wrong widths, no rows, numbers that are not finite or lie outside of
  ///   the support, and rows whose density is 0; then nothing has changed.
  @discardableResult
  public mutating func fit(
    _ data: Batch, given context: Batch? = nil, _ training: Training = Training(), key: RandomKey
  ) throws(FlowError) -> [Double] {
    let run = try TrainingRun(self, data, given: context, training, key: key)
    let losses = (0..<training.steps).map { run.step(rate: training.rate(at: $0)).loss }
    self = run.model
    return losses
  }
}
