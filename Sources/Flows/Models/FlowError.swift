/// What can be wrong with data given to a model.
public enum FlowError: Error, Hashable, CustomStringConvertible {
  /// Rows of the wrong width.
  case wrongWidth(what: String, expected: Int, found: Int)
  /// Two batches that should have as many rows.
  case wrongRowCount(what: String, expected: Int, found: Int)
  /// A number that is NaN or infinite.
  case notFinite(what: String, row: Int, column: Int, value: Double)
  /// A finite number that is infinite in the number format of a model.
  case beyondFloat(what: String, row: Int, column: Int, value: Double)
  /// A model with context was given none, or the other way round.
  case wrongContext(expected: Int)
  /// A number outside of the support, which no parameters could make likely.
  case outsideSupport(row: Int, column: Int, value: Double, support: Interval)
  /// A row whose density is 0 under the parameters that training would begin with.
  case densityZero(row: Int)
  /// A row that a map leads nowhere, or to which no point leads.
  case noImage(row: Int)
  /// A weight of a row that is negative, NaN or infinite.
  case badWeight(row: Int, value: Double)
  /// No rows to learn from, or none with a weight.
  case noRows
  /// Kept values for a parameter that the model does not have.
  case unknownParameter(String)
  /// No kept values for a parameter that the model has.
  case missingParameter(String)
  /// Kept values of other extents.
  case wrongExtents(String, expected: [Int], found: [Int])
  /// Two arrays of kept values for one parameter.
  case duplicateParameter(String)
  /// A value that is NaN or infinite, or infinite in the number format of a model.
  case parameterNotFinite(String, index: Int, value: Double)

  /// A sentence that says what is wrong and what would be right.
  public var description: String {
    switch self {
    case .wrongWidth(let what, let expected, let found):
      "\(what) has \(found) columns, but the model needs \(expected)"
    case .wrongRowCount(let what, let expected, let found):
      "\(what) has \(found) rows for \(expected) rows of data"
    case .notFinite(let what, let row, let column, let value):
      "\(what) holds \(value) in row \(row), column \(column), counted from 0; "
        + "remove such rows or replace the number"
    case .beyondFloat(let what, let row, let column, let value):
      "\(what) holds \(value) in row \(row), column \(column), counted from 0, which is beyond the numbers of "
        + "Float, up to \(Float.greatestFiniteMagnitude); scale the data, or make the model with the precision .double"
    case .wrongContext(let expected):
      expected == 0
        ? "the model takes no context, but some was given"
        : "the model needs a context of \(expected) columns, but none was given"
    case .outsideSupport(let row, let column, let value, let support):
      "the data holds \(value) in row \(row), column \(column), counted from 0, but the model's "
        + "values there lie in \(support)"
    case .densityZero(let row):
      "row \(row) of the data, counted from 0, has density 0 under the model's first parameters: no "
        + "point leads to it, or it lies so far out that numbers overflow; scale the data, or remove "
        + "such rows"
    case .noImage(let row):
      "row \(row) of the data, counted from 0, has no image: it lies outside of the set on which the map is "
        + "defined, or so far out that numbers overflow"
    case .badWeight(let row, let value):
      "the weight of row \(row), counted from 0, is \(value); weights must not be negative, and finite in the "
        + "model's number format"
    case .noRows: "there are no rows to learn from"
    case .unknownParameter(let name): "the model has no parameter '\(name)'"
    case .missingParameter(let name): "the parameter '\(name)' is missing"
    case .wrongExtents(let name, let expected, let found):
      "parameter '\(name)' has extents \(found), but the model needs \(expected)"
    case .duplicateParameter(let name):
      "the parameter '\(name)' is given twice; keep one array for each"
    case .parameterNotFinite(let name, let index, let value):
      "parameter '\(name)' holds \(value) at place \(index), counted from 0; its values must be finite in the "
        + "model's number format"
    }
  }
}
