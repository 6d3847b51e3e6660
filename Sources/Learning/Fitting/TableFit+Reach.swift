import Flows
import Formats
import Tensors

/// What is said of rows that a flow has no numbers for.
extension TableFit {
  /// - Throws: ``LearningError`` for a validation row whose log-density is no number under the parameters that training
  ///   begins with, so that it could not choose any.
  func checkReach(of model: Model, _ scorer: Scorer) throws(LearningError) {
    guard hasValidation else { return }
    let values = try validationValues(of: model, scorer)
    let row = values.indices.first { !values[$0].isFinite && validation.weights?[$0] != 0 }
    guard let row else { return }
    throw try noNumbers(numbers.validation[row])
  }

  /// That a row, by its number in the table, has no log-density.
  func noNumbers(_ row: Int) throws(LearningError) -> LearningError {
    let farthest = try table.farthest(inRows: [row], among: [columns, givenColumns])
    return farthest.map { .farOut($0) } ?? .noPoint(table.place(ofRow: row))
  }

  /// What lies farthest out in training rows with these numbers.
  func farthestTraining(_ rows: [Int]) throws(LearningError) -> FarValue? {
    try table.farthest(
      inRows: rows.map { numbers.training[$0] }, among: [columns, givenColumns])
  }

  /// What lies farthest out in the rows that choose parameters.
  func farthestRow() throws(LearningError) -> FarValue? {
    try table.farthest(
      inRows: hasValidation ? numbers.validation : numbers.training,
      among: [columns, givenColumns])
  }
}

extension TableFit {
  /// The value that is most deviations from the mean of its column, where these are so many that its row can outweigh
  /// all others; nil for none.
  public func farValue() throws(LearningError) -> FarValue? {
    try table.farthest(
      inRows: Array(0..<table.rowCount), among: [columns, givenColumns], beyond: 100)
  }
}
