public import Flows

/// Why a table cannot be learned or a model not be used on it: what is wrong and what to do.
public enum LearningError: Error, Hashable, CustomStringConvertible {
  /// Too few rows.
  case tooFewRows(found: Int, needed: Int)
  /// A column of one value.
  case constantColumn(String, value: Double)
  /// A column of which the deviation is no positive number, though it holds these two values.
  case noScale(column: String, Double, Double)
  /// A value outside of the interval that its column is said to lie in.
  case outside(column: String, place: RowPlace, value: Double, lower: Double, upper: Double)
  /// A number below 0, or none, in a column of weights or of errors' deviations.
  case negative(column: String, place: RowPlace, value: Double)
  /// A number that is no integer in a column of integers.
  case noInteger(column: String, place: RowPlace, value: Double)
  /// Missing values: the first of them, and the number of all.
  case missing(column: String, place: RowPlace, count: Int, isGiven: Bool)
  /// A column of weights that are 0.
  case noWeights(String)
  /// A column of words that is not given.
  case words(String)
  /// A column whose values stand for other words than those that a model knows.
  case otherWords(String, known: [String])
  /// A column that the table does not have.
  case missingColumn(String, found: [String])
  /// Gradients that stay not finite, and what lies farthest out in the rows of the last step.
  case diverged(step: Int, farthest: FarValue?)
  /// No parameters that give the rows a finite density, and what lies farthest out in them.
  case neverFinite(step: Int, farthest: FarValue?)
  /// Gradients at draws from a target that stay not finite.
  case targetDiverged(step: Int)
  /// A flow whose draws have no gradients.
  case flowForTarget(String)
  /// A search, but no rows that could choose.
  case noValidation
  /// A checkpoint of a fit of other data, or with other settings: what differs.
  case otherCheckpoint(String)
  /// A checkpoint whose numbers make no sense.
  case unfitCheckpoint
  /// A column that is not among those whose density the model has.
  case notModelled(String, modelled: [String])
  /// A row whose density is 0 whatever a column is.
  case densityZero(place: RowPlace, column: String)
  /// A value so far out that the model has no numbers there.
  case farOut(FarValue)
  /// A row that no point leads to.
  case noPoint(RowPlace)
  /// What the flow itself says of the scaled columns.
  case flow(FlowError)

  /// A sentence that says what is wrong and what would be right.
  public var description: String {
    switch self {
    case .tooFewRows(let found, let needed):
      "the table has \(found) row\(found == 1 ? "" : "s"), but \(needed) or more are needed to learn from"
    case .constantColumn(let name, let value):
      "column '\(name)' is \(value) in all rows: it has no density; leave it out"
    case .noScale(let column, let first, let second):
      "column '\(column)' has no deviation that is a positive number, though it holds \(first) and \(second); give it in "
        + "other units, or its logarithm"
    case .negative(let column, let place, let value):
      "column '\(column)' is \(value) in \(place), but weights and deviations are 0 or more"
    case .noInteger(let column, let place, let value):
      "column '\(column)' is \(value) in \(place), but it is a column of integers"
    case .missing(let column, let place, let count, let isGiven):
      "column '\(column)' has \(count) missing value\(count == 1 ? "" : "s"), the first in \(place); "
        + (isGiven
          ? "the model knows no rows without it: remove such rows, or hide some values of the column in the fit"
          : "remove such rows, or let the fit model missing values")
    case .noWeights(let name): "all weights in column '\(name)' are 0"
    case .words(let name):
      "column '\(name)' holds words, which have no density; it can be given, or left out"
    case .otherWords(let name, let known):
      "the values of column '\(name)' do not stand for the model's words, in this order: "
        + known.prefix(20).map { "'\($0)'" }.joined(separator: ", ")
    case .outside(let column, let place, let value, let lower, let upper):
      "column '\(column)' is \(value) in \(place), but it is said to lie in "
        + "(\(lower), \(upper)), without the ends; correct the interval, or remove such rows"
    case .missingColumn(let name, let found):
      "there is no column '\(name)'; the table has "
        + found.prefix(20).map { "'\($0)'" }.joined(separator: ", ")
    case .diverged(let step, let farthest):
      "gradients are not finite at step \(step), whatever the rate; "
        + (farthest.map { "of the rows in use, \($0): correct it or remove the row; or " } ?? "")
        + "lower the rate"
    case .neverFinite(let step, let farthest):
      "in \(step) steps no parameters were found under which all rows have a finite density; "
        + (farthest.map { "\($0): correct it or remove the row; or " } ?? "")
        + "lower the rate, or take another flow"
    case .targetDiverged(let step):
      "the target's log-density or its gradient is not finite at step \(step), whatever the rate; it has to be "
        + "defined on its whole domain"
    case .flowForTarget(let name):
      "a flow of kind \(name) cannot be fitted to a target: its samples are no smooth functions of noise; use another kind"
    case .noValidation:
      "a search needs validation rows, which choose what is best; keep some, or do not search"
    case .otherCheckpoint(let difference):
      "the checkpoint is of another fit, which differs in \(difference); fit the same table with the same "
        + "options, or remove the checkpoint to start from the beginning"
    case .unfitCheckpoint:
      "the checkpoint holds no state that this fit could be in; remove it to start from the beginning"
    case .notModelled(let name, let modelled):
      "the model has no density of column '\(name)'; it has one of "
        + modelled.prefix(20).map { "'\($0)'" }.joined(separator: ", ")
    case .densityZero(let place, let column):
      "\(place) has density 0 whatever '\(column)' is: its other columns lie too far out"
    case .farOut(let value):
      "\(value): the model has no numbers so far out; correct it, or remove the row"
    case .noPoint(let place):
      "\(place) has density 0 in the numbers of the model: no point leads to it; correct it, or remove it"
    case .flow(let error): "\(error)"
    }
  }
}

extension LearningError {
  /// Whether it is training that failed, so that another flow may do better with the same table.
  var isOfTraining: Bool {
    switch self {
    case .diverged, .neverFinite: true
    default: false
    }
  }

  /// The row that is meant, where it is one.
  public var place: RowPlace? {
    switch self {
    case .outside(_, let place, _, _, _), .negative(_, let place, _), .noInteger(_, let place, _),
      .missing(_, let place, _, _), .densityZero(let place, _),
      .noPoint(let place):
      place
    case .farOut(let value): value.place
    case .diverged(_, let farthest), .neverFinite(_, let farthest): farthest?.place
    default: nil
    }
  }
}

/// Runs `body`, whose errors are those of a flow.
func withFlow<Result>(_ body: () throws(FlowError) -> Result) throws(LearningError) -> Result {
  do {
    return try body()
  } catch {
    throw .flow(error)
  }
}
