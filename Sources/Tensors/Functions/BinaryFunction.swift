#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A function of two numbers, applied feature by feature. Truth values are 1 and 0.
public enum BinaryFunction: Hashable, Sendable, CaseIterable {
  /// a + b
  case add
  /// a - b
  case subtract
  /// a b
  case multiply
  /// a/b
  case divide
  /// max(a, b)
  case maximum
  /// min(a, b)
  case minimum
  /// aᵇ for a > 0, or a whole b
  case power
  /// The angle of the point (b, a)
  case arctangent2
  /// a < b
  case less
  /// a ≤ b
  case lessOrEqual
  /// a = b
  case equal
  /// a, but NaN where a = b: marks a point at which what is computed from a is undefined
  case excluding
  /// a - b ⌊a/b⌋, between 0 and b; NaN unless b > 0
  case remainder

  /// f(a, b), in `Double`.
  public func value(_ a: Double, _ b: Double) -> Double {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .maximum: a.isNaN || b.isNaN ? .nan : max(a, b)
    case .minimum: a.isNaN || b.isNaN ? .nan : min(a, b)
    case .power: pow(a, b)
    case .arctangent2: atan2(a, b)
    case .less: a < b ? 1 : 0
    case .lessOrEqual: a <= b ? 1 : 0
    case .equal: a == b ? 1 : 0
    case .excluding: a == b ? .nan : a
    case .remainder: Elementary.remainder(a, b)
    }
  }
}
