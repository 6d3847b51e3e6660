import Exact

/// One end of an interval under arithmetic; comparisons are certified.
extension Endpoint {
  /// The end with another finite value, as open or closed as before.
  func replacing(_ value: Expression) -> Endpoint { isClosed ? .closed(value) : .open(value) }

  static prefix func - (end: Endpoint) -> Endpoint {
    switch end {
    case .minusInfinity: .plusInfinity
    case .plusInfinity: .minusInfinity
    case .open(let value): .open(-value)
    case .closed(let value): .closed(-value)
    }
  }

  /// The sum of two lower or of two upper ends.
  func adding(_ other: Endpoint) -> Endpoint {
    guard let a = value else { return self }
    guard let b = other.value else { return other }
    return isClosed && other.isClosed ? .closed(a + b) : .open(a + b)
  }

  /// A corner of a product, with 0·∞ = 0; a closed factor 0 attains the product 0. The signs of
  /// both ends must be decided.
  func multiplied(by other: Endpoint) -> Endpoint {
    let (mine, others) = (sign, other.sign)
    if mine == 0 || others == 0 {
      let isAttained = (mine == 0 && isClosed) || (others == 0 && other.isClosed)
      return isAttained ? .closed(.zero) : .open(.zero)
    }
    guard let a = value, let b = other.value else {
      guard let mine, let others else { return .plusInfinity }
      return mine * others > 0 ? .plusInfinity : .minusInfinity
    }
    return isClosed && other.isClosed ? .closed(a * b) : .open(a * b)
  }

  func reciprocal(atZero: Endpoint, atInfinity: Expression) -> Endpoint {
    guard let value else { return .open(atInfinity) }
    return sign == 0 ? atZero : replacing(1 / value)
  }

  /// The sign of the end; nil when it was not decided.
  var sign: Int? {
    switch self {
    case .minusInfinity: -1
    case .plusInfinity: 1
    case .open(let value), .closed(let value): ExactConstant.sign(of: value)
    }
  }

  /// The lower of two ends, either of which may be the lower end of the result.
  static func lowest(_ a: Endpoint, _ b: Endpoint) -> Endpoint { outer(a, b, direction: -1) }
  /// The higher of two ends, either of which may be the upper end of the result.
  static func highest(_ a: Endpoint, _ b: Endpoint) -> Endpoint { outer(a, b, direction: 1) }

  private static func outer(_ a: Endpoint, _ b: Endpoint, direction: Int) -> Endpoint {
    switch compare(a, b) {
    case .some(let order): return order == 0 ? (a.isClosed ? a : b) : order == direction ? a : b
    case nil: return direction < 0 ? .minusInfinity : .plusInfinity
    }
  }

  /// The end of an intersection: the higher lower end. Either one is sound when undecided.
  static func innerLower(_ a: Endpoint, _ b: Endpoint) -> Endpoint { inner(a, b, direction: 1) }
  /// The end of an intersection: the lower upper end.
  static func innerUpper(_ a: Endpoint, _ b: Endpoint) -> Endpoint { inner(a, b, direction: -1) }

  private static func inner(_ a: Endpoint, _ b: Endpoint, direction: Int) -> Endpoint {
    guard let order = compare(a, b) else { return a }
    return order == 0 ? (a.isClosed ? b : a) : order == direction ? a : b
  }

  /// The sign of a - b, openness aside; nil when it was not decided.
  private static func compare(_ a: Endpoint, _ b: Endpoint) -> Int? {
    switch (a, b) {
    case (.minusInfinity, .minusInfinity), (.plusInfinity, .plusInfinity): 0
    case (.minusInfinity, _), (_, .plusInfinity): -1
    case (.plusInfinity, _), (_, .minusInfinity): 1
    case (.open(let x), .open(let y)), (.open(let x), .closed(let y)),
      (.closed(let x), .open(let y)), (.closed(let x), .closed(let y)):
      ExactConstant.compare(x, y)
    }
  }

  /// Ends longer than this are rounded outwards to rational numbers.
  private static let sizeLimit = 40
  private static let bitLimit = 2048

  /// The end itself while it is short, else a rational one a little further out.
  func tidied(isLower: Bool) -> Endpoint {
    guard let value else { return self }
    if value.size <= Self.sizeLimit, (value.rationalValue?.bitLength ?? 0) <= Self.bitLimit {
      return self
    }
    let ball = value.ball(precision: 128)
    guard let bound = isLower ? ball.lowerBound : ball.upperBound else {
      return isLower ? .minusInfinity : .plusInfinity
    }
    // The bound may be the exact end, so that it is as closed as that.
    return replacing(Expression(bound))
  }
}
