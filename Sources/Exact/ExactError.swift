/// Why an exact operation on polynomials has no result.
public enum ExactError: Error, Equatable, CustomStringConvertible {
  /// The result, or the work for it, would exceed a limit.
  case tooLarge(limit: Limit)
  /// A division by zero, or by something that is identically zero.
  case divisionByZero

  /// What is limited.
  public enum Limit: String, Sendable {
    /// The number of terms of a polynomial.
    case terms
    /// The total degree of a polynomial.
    case degree
    /// The length of a coefficient in bits.
    case coefficients
    /// The number of elementary steps.
    case work
  }

  /// The error in words.
  public var description: String {
    switch self {
    case .tooLarge(let limit): "the computation exceeds the limit on \(limit.rawValue)"
    case .divisionByZero: "division by zero"
    }
  }
}
