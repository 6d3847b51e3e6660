import CFlint

extension ExactNumber {
  /// -x.
  public static prefix func - (number: ExactNumber) -> ExactNumber {
    number.apply { ca_neg($0, $1, $2) }
  }

  /// x + y.
  public static func + (left: ExactNumber, right: ExactNumber) -> ExactNumber {
    left.combine(right) { ca_add($0, $1, $2, $3) }
  }

  /// x - y.
  public static func - (left: ExactNumber, right: ExactNumber) -> ExactNumber {
    left.combine(right) { ca_sub($0, $1, $2, $3) }
  }

  /// x · y.
  public static func * (left: ExactNumber, right: ExactNumber) -> ExactNumber {
    left.combine(right) { ca_mul($0, $1, $2, $3) }
  }

  /// x / y; nil unless y is certainly not 0.
  public func divided(by other: ExactNumber) -> ExactNumber? {
    guard let sign = other.sign(), sign != 0 else { return nil }
    return combine(other) { ca_div($0, $1, $2, $3) }
  }

  /// The largest |n| that `power` takes.
  public static let exponentLimit = 1000

  /// The longest rational number, in bits, of which `root` forms an irrational root; roots of longer
  /// ones are unknown.
  public static let radicandLimit = 1000

  /// xⁿ, with x⁰ = 1; nil for negative n unless x is certainly not 0, and for |n| beyond
  /// `exponentLimit`.
  public func power(_ n: Int) -> ExactNumber? {
    guard n.magnitude <= UInt(ExactNumber.exponentLimit) else { return nil }
    if n < 0 { return power(-n).flatMap { field.number(.one).divided(by: $0) } }
    if let rational { return rational.power(n).map { field.number($0) } }
    // By repeated squaring, so that every partial result meets the limit on sizes.
    var result = field.number(.one)
    var square = self
    var rest = n
    while rest > 0 {
      if rest & 1 == 1 { result = result * square }
      rest >>= 1
      if rest > 0 { square = square * square }
    }
    return result
  }

  /// xʳ for x ≥ 0, or any x when r is an integer; 0ʳ = 0 for r > 0. nil where x is not certainly in
  /// the domain or r is beyond `exponentLimit`.
  public func power(_ r: Rational) -> ExactNumber? {
    guard let above = r.numerator.asInt, let below = r.denominator.asInt else { return nil }
    if below == 1 { return power(above) }
    return root(below, ofNegative: false)?.power(above)
  }

  /// √x for x ≥ 0; nil unless x certainly is.
  public func squareRoot() -> ExactNumber? { root(2) }

  /// The real n-th root: sign(x)·|x|^(1/n) for odd n, for even n of x ≥ 0 only. nil where the sign
  /// is not decided or n is outside 1…`exponentLimit`.
  ///
  /// Calcium's own fractional powers are the complex principal ones, so that of a negative number
  /// is never asked for.
  public func root(_ n: Int) -> ExactNumber? {
    root(n, ofNegative: !n.isMultiple(of: 2))
  }

  private func root(_ n: Int, ofNegative isAllowed: Bool) -> ExactNumber? {
    guard n >= 1, n <= ExactNumber.exponentLimit, let sign = sign() else { return nil }
    if sign < 0 { return isAllowed ? (-self).root(n, ofNegative: false).map { -$0 } : nil }
    if n == 1 || sign == 0 { return self }
    if let rational {
      if let exact = rational.root(n) { return field.number(exact) }
      // Finding square factors of longer numbers takes seconds.
      if rational.bitLength > ExactNumber.radicandLimit {
        return ExactNumber(in: field) { ca_unknown($0, $1) }
      }
    }
    return apply { result, argument, context in
      if n == 2 { return ca_sqrt(result, argument, context) }
      Rational(1, over: n).withFraction { ca_pow_fmpq(result, argument, $0, context) }
    }
  }

  /// |x|.
  public var magnitude: ExactNumber {
    switch sign() {
    case .some(let sign): sign < 0 ? -self : self
    case nil: apply { ca_abs($0, $1, $2) }
    }
  }

  /// exp(x).
  public func exp() -> ExactNumber { apply { ca_exp($0, $1, $2) } }

  /// The natural logarithm of x > 0; nil unless x certainly is.
  public func log() -> ExactNumber? {
    sign() == 1 ? apply { ca_log($0, $1, $2) } : nil
  }

  /// sin(x).
  public func sin() -> ExactNumber {
    let sine = apply { ca_sin($0, $1, $2) }
    // Through exp(ix), sines of π/n of too high a degree are given up; as generators they are not.
    return sine.isUnknown ? apply { ca_sin_cos_direct($0, nil, $1, $2) } : sine
  }

  /// cos(x).
  public func cos() -> ExactNumber {
    let cosine = apply { ca_cos($0, $1, $2) }
    return cosine.isUnknown ? apply { ca_sin_cos_direct(nil, $0, $1, $2) } : cosine
  }

  /// sin(x)/cos(x); nil unless cos(x) is certainly not 0.
  public func tan() -> ExactNumber? { sin().divided(by: cos()) }

  /// The inverse of tan with values in (-π/2, π/2).
  public func atan() -> ExactNumber { apply { ca_atan($0, $1, $2) } }

  /// The inverse of sin for -1 ≤ x ≤ 1; nil unless x certainly is.
  public func asin() -> ExactNumber? {
    isCertainlyInUnitInterval ? apply { ca_asin($0, $1, $2) } : nil
  }

  /// The inverse of cos for -1 ≤ x ≤ 1; nil unless x certainly is.
  public func acos() -> ExactNumber? {
    isCertainlyInUnitInterval ? apply { ca_acos($0, $1, $2) } : nil
  }

  /// The error function.
  public func erf() -> ExactNumber { apply { ca_erf($0, $1, $2) } }

  private var isCertainlyInUnitInterval: Bool {
    let one = field.number(.one)
    return (one - self).sign().map { $0 >= 0 } == true
      && (one + self).sign().map { $0 >= 0 } == true
  }

  private typealias Number = UnsafeMutablePointer<ca_struct>
  private typealias Context = UnsafeMutablePointer<ca_ctx_struct>

  private func apply(_ function: (Number, Number, Context) -> Void) -> ExactNumber {
    ExactNumber(in: field) { result, context in
      isUnknown ? ca_unknown(result, context) : function(result, value, context)
    }
  }

  private func combine(
    _ other: ExactNumber, _ operation: (Number, Number, Number, Context) -> Void
  ) -> ExactNumber {
    requireSameField(other)
    return ExactNumber(in: field) { result, context in
      if isUnknown || other.isUnknown { return ca_unknown(result, context) }
      operation(result, value, other.value, context)
    }
  }
}
