/// An interval of real numbers with rational or infinite ends.
public struct RealInterval: Sendable, Hashable {
  /// One end of an interval.
  public enum End: Sendable, Hashable {
    /// The end is infinite.
    case unbounded
    /// The number itself is left out.
    case open(Rational)
    /// The number itself belongs to the interval.
    case closed(Rational)

    var number: Rational? {
      switch self {
      case .unbounded: nil
      case .open(let number), .closed(let number): number
      }
    }
  }

  /// The lower end.
  public let lower: End
  /// The upper end.
  public let upper: End

  /// The interval with these ends; it is empty when they leave no number between them.
  public init(_ lower: End, _ upper: End) {
    self.lower = lower
    self.upper = upper
  }

  /// All real numbers.
  public static let line = RealInterval(.unbounded, .unbounded)

  /// Whether no number belongs to the interval.
  public var isEmpty: Bool {
    guard let low = lower.number, let high = upper.number else { return false }
    return low > high || (low == high && !(lower == .closed(low) && upper == .closed(high)))
  }

  /// Whether x belongs to the interval.
  public func contains(_ x: Rational) -> Bool {
    let isAbove =
      switch lower {
      case .unbounded: true
      case .open(let low): low < x
      case .closed(let low): low <= x
      }
    let isBelow =
      switch upper {
      case .unbounded: true
      case .open(let high): x < high
      case .closed(let high): x <= high
      }
    return isAbove && isBelow
  }

  /// `count` different numbers strictly between the ends, which must leave room for them.
  func interiorPoints(_ count: Int) -> [Rational] {
    (1...count).map { step in
      switch (lower.number, upper.number) {
      case (nil, nil): Rational(step)
      case (let low?, nil): low + Rational(step)
      case (nil, let high?): high - Rational(step)
      case (let low?, let high?): low + (high - low) * Rational(step, over: count + 1)
      }
    }
  }
}
