import Tensors

/// An increasing map g of a column's values onto ℝ, exact and without learned parameters, so that samples
/// cannot leave the interval that the column lies in.
public enum ColumnMap: Hashable, Sendable, Codable {
  /// x
  case identity
  /// log(x - a), onto ℝ from (a, ∞)
  case log(above: Double)
  /// -log(b - x), onto ℝ from (-∞, b)
  case reflectedLog(below: Double)
  /// log((x - a)/(b - x)), onto ℝ from (a, b)
  case logit(lower: Double, upper: Double)
  /// asinh((x - c)/w): like x near c and like a logarithm far out, for heavy tails
  case asinh(center: Double, width: Double)

  /// The interval that is mapped, without its ends.
  public var domain: (lower: Double, upper: Double) {
    switch self {
    case .identity, .asinh: (-.infinity, .infinity)
    case .log(let lower): (lower, .infinity)
    case .reflectedLog(let upper): (-.infinity, upper)
    case .logit(let lower, let upper): (lower, upper)
    }
  }

  /// g(x), for x in the domain.
  public func forward(_ x: Double) -> Double {
    switch self {
    case .identity: x
    case .log(let lower): UnaryFunction.logarithm.value(x - lower)
    case .reflectedLog(let upper): -UnaryFunction.logarithm.value(upper - x)
    case .logit(let lower, let upper):
      UnaryFunction.logarithm.value(x - lower) - UnaryFunction.logarithm.value(upper - x)
    case .asinh(let center, let width): Self.asinh(x, center, width)
    }
  }

  /// asinh((x - c)/w), also where the quotient overflows: there it is log 2|(x - c)/w| with the sign of x.
  private static func asinh(_ x: Double, _ center: Double, _ width: Double) -> Double {
    let quotient = (x - center) / width
    guard quotient.isInfinite, x.isFinite else { return UnaryFunction.asinh.value(quotient) }
    let log = UnaryFunction.logarithm.value
    // Halves do not overflow.
    let size = log((x / 2 - center / 2).magnitude) + log(4) - log(width)
    return x < center ? -size : size
  }

  /// g⁻¹(y); where rounding would lead to an end of the domain, the number next to it.
  public func inverse(_ y: Double) -> Double {
    let x: Double
    switch self {
    case .identity: x = y
    case .log(let lower): x = lower + UnaryFunction.exponential.value(y)
    case .reflectedLog(let upper): x = upper - UnaryFunction.exponential.value(-y)
    case .logit(let lower, let upper):
      // From the nearer end, so that no digits cancel.
      let share = UnaryFunction.sigmoid.value(-y.magnitude) * (upper - lower)
      x = y < 0 ? lower + share : upper - share
    case .asinh(let center, let width): x = center + width * UnaryFunction.sinh.value(y)
    }
    let (lower, upper) = domain
    return min(max(x, lower.nextUp), upper.nextDown)
  }

  /// log g′(x), for x in the domain.
  public func logSlope(_ x: Double) -> Double {
    let log = UnaryFunction.logarithm.value
    switch self {
    case .identity: return 0
    case .log(let lower): return -log(x - lower)
    case .reflectedLog(let upper): return -log(upper - x)
    case .logit(let lower, let upper): return log(upper - lower) - log(x - lower) - log(upper - x)
    case .asinh(let center, let width):
      let t = ((x - center) / width).magnitude
      // ½ log(1 + t²), without t² where it would overflow.
      guard t < 1e8 else { return -log((x / 2 - center / 2).magnitude) - log(2) }
      return -log(width) - 0.5 * UnaryFunction.log1p.value(t * t)
    }
  }
}
