import Exact
public import Symbolics

/// Why a base distribution is none.
public enum DistributionError: Error, Equatable, CustomStringConvertible {
  /// A scale, rate or shape that must be positive is certainly not.
  case notPositive(quantity: String, value: Expression)
  /// A scale, rate or shape whose sign is not known: its parameters need a constraint or a value.
  case signUnknown(quantity: String, value: Expression)
  /// A uniform distribution needs two finite ends for every coordinate.
  case unboundedBox(coordinate: Symbol)
  /// The lower end of a box is not below the upper one.
  case emptyBox(coordinate: Symbol, lower: Expression, upper: Expression)
  /// The covariance has the wrong number of rows or columns.
  case covarianceShape(rows: Int, dimension: Int)
  /// Two entries that must be equal are not.
  case covarianceNotSymmetric(row: Int, column: Int)
  /// A leading minor of the covariance is certainly not positive.
  case covarianceNotPositiveDefinite(minor: Expression)
  /// The normalising constant needs the gamma function at a point where it has no closed form here.
  case noClosedForm(distribution: String, value: Expression)
  /// The distribution has another number of coordinates than the domain.
  case dimension(found: Int, expected: Int)

  /// What is wrong and what to do, as one line.
  public var description: String {
    switch self {
    case .notPositive(let quantity, let value):
      "the \(quantity) must be positive, and \(value.text) is not"
    case .signUnknown(let quantity, let value):
      "the \(quantity) must be positive, which is not known of \(value.text); "
        + "constrain its parameters, as in `param s > 0`"
    case .unboundedBox(let coordinate):
      "a uniform distribution needs a bounded box, and \(coordinate) is unbounded"
    case .emptyBox(let coordinate, let lower, let upper):
      "the box is empty: \(coordinate) from \(lower.text) to \(upper.text)"
    case .covarianceShape(let rows, let dimension):
      "the covariance must be \(dimension) x \(dimension); a row or column count is \(rows)"
    case .covarianceNotSymmetric(let row, let column):
      "the covariance is not symmetric: entries (\(row), \(column)) and (\(column), \(row)) differ"
    case .covarianceNotPositiveDefinite(let minor):
      "the covariance is not positive definite: a leading minor is \(minor.text)"
    case .noClosedForm(let distribution, let value):
      "\(distribution) has no closed-form density for \(value.text); \(closedForms(distribution))"
    case .dimension(let found, let expected):
      "the base distribution has \(found) coordinates, the domain has \(expected)"
    }
  }

  /// Where the beta function in the normalising constant has a closed form.
  private func closedForms(_ distribution: String) -> String {
    let limit = GammaFunction.argumentLimit
    return switch distribution {
    case "student_t": "whole numbers up to \(limit * 2) have one"
    default:
      "shapes have one where both are multiples of 1/2 with a sum up to \(limit), "
        + "or one is a whole number up to \(limit)"
    }
  }
}
