public import Exact

/// Questions about a real constant given by an exact expression, answered with certainty or not at
/// all.
///
/// Signs come from enclosures of growing precision; that a constant *is* zero, which no enclosure
/// can show, from exact computation in a field (Calcium).
public enum ExactConstant {
  /// The precisions tried before and after the attempt at an exact proof, in bits.
  private static let quickPrecisions = [64, 192]
  private static let slowPrecisions = [512, 1536, 4096]

  /// -1, 0 or 1; nil when the expression has free symbols, is not certainly defined or its sign was
  /// not found within the limits.
  public static func sign(of constant: Expression) -> Int? {
    if let value = constant.rationalValue { return value.sign }
    guard constant.isConstant else { return nil }
    var wasFinite = false
    for precision in quickPrecisions {
      let ball = constant.ball(precision: precision)
      if let sign = ball.certifiedSign { return sign }
      wasFinite = ball.isFinite
    }
    if let sign = constant.exactNumber(in: ExactField())?.sign() { return sign }
    for precision in slowPrecisions {
      let ball = constant.ball(precision: precision)
      if let sign = ball.certifiedSign { return sign }
      // What has no enclosure at two precisions in a row is taken to have none at all.
      if !wasFinite, !ball.isFinite { return nil }
      wasFinite = ball.isFinite
    }
    return nil
  }

  /// The sign of a - b: -1 for a < b, 0 for a = b, 1 for a > b; nil when it was not decided.
  public static func compare(_ a: Expression, _ b: Expression) -> Int? {
    if let x = a.rationalValue, let y = b.rationalValue { return x == y ? 0 : (x < y ? -1 : 1) }
    // The difference alone could hide that both sides are undefined: log(-1) - log(-1).
    guard isDefined(a), isDefined(b) else { return nil }
    return sign(of: a - b)
  }

  /// Whether a = b; nil when it was not decided.
  public static func areEqual(_ a: Expression, _ b: Expression) -> Bool? {
    compare(a, b).map { $0 == 0 }
  }

  /// Whether the constant is certainly defined: it has an enclosure.
  public static func isDefined(_ constant: Expression) -> Bool {
    guard constant.isConstant else { return false }
    if constant.rationalValue != nil { return true }
    return (quickPrecisions + [1024]).contains { constant.ball(precision: $0).isFinite }
      || constant.exactNumber(in: ExactField()) != nil
  }

  /// The value as a decimal number with that many correct significant digits, `0.0416666667`.
  ///
  /// - Returns: nil when the expression has free symbols, is not certainly defined, or so many
  ///   digits were not found within the limits.
  public static func decimal(of constant: Expression, significantDigits: Int) -> String? {
    guard constant.isConstant, significantDigits > 0, significantDigits <= 10_000 else {
      return nil
    }
    if let value = constant.rationalValue {
      return value.decimal(significantDigits: significantDigits)
    }
    let digits = significantDigits * 10 / 3
    for precision in [64, 256, 1024, 4096].map({ $0 + digits }) {
      let ball = constant.ball(precision: precision)
      if let text = ball.decimal(significantDigits: significantDigits) { return text }
    }
    return sign(of: constant) == 0 ? "0" : nil
  }

  /// The value as a rational number, when it is shown to be one: 2 for `log(e^2)`, 1/2 for
  /// `sin(pi/6)`.
  public static func rational(of constant: Expression) -> Rational? {
    if let value = constant.rationalValue { return value }
    guard constant.isConstant else { return nil }
    return constant.exactNumber(in: ExactField())?.rational
  }
}
