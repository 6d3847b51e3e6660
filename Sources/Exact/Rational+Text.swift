import CFlint

extension Rational: CustomStringConvertible {
  /// The most digits in one part of a number, and the largest exponent, that `init(_:)` reads.
  public static let textLimit = 4096

  /// Reads "3", "-3/4", "0.25" or "1.5e-3", exactly.
  ///
  /// - Returns: nil for any other text, a zero denominator, more than `textLimit` digits or an
  ///   exponent beyond ±`textLimit`.
  public init?(_ text: String) {
    var rest = Substring(text).utf8
    let negative = rest.first == UInt8(ascii: "-")
    if negative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    let whole = Rational.takeDigits(&rest)
    let value: Rational?
    if rest.first == UInt8(ascii: "/") {
      rest.removeFirst()
      value = Rational.fraction(whole, over: Rational.takeDigits(&rest))
    } else {
      value = Rational.decimal(whole, &rest)
    }
    guard let value, rest.isEmpty else { return nil }
    self = negative ? -value : value
  }

  /// "p" or "p/q" in lowest terms.
  public var description: String {
    switch storage {
    case .small(let numerator, 1): return "\(numerator)"
    case .small(let numerator, let denominator): return "\(numerator)/\(denominator)"
    case .large(let big):
      return stringTakingFlintMemory(fmpq_get_str(nil, 10, big.fraction))
    }
  }

  private static func takeDigits(_ rest: inout Substring.UTF8View) -> Substring.UTF8View {
    let digits = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    rest = rest[digits.endIndex...]
    return digits
  }

  private static func fraction(
    _ numerator: Substring.UTF8View, over denominator: Substring.UTF8View
  ) -> Rational? {
    guard let above = integer(numerator), let below = integer(denominator), !below.isZero else {
      return nil
    }
    return above / below
  }

  /// The rest of a decimal number after its whole digits: ".25", "e-3", both or nothing.
  private static func decimal(
    _ whole: Substring.UTF8View, _ rest: inout Substring.UTF8View
  ) -> Rational? {
    var places = Substring().utf8
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      places = takeDigits(&rest)
    }
    guard let digits = integer(Array(whole) + Array(places)), var exponent = takeExponent(&rest)
    else {
      return nil
    }
    exponent -= places.count
    return digits * tenToThe(exponent)
  }

  private static func takeExponent(_ rest: inout Substring.UTF8View) -> Int? {
    guard rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") else { return 0 }
    rest.removeFirst()
    let negative = rest.first == UInt8(ascii: "-")
    if negative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    let digits = takeDigits(&rest)
    guard let magnitude = integer(digits)?.asInt, magnitude <= textLimit else { return nil }
    return negative ? -magnitude : magnitude
  }

  /// A non-empty run of at most `textLimit` digits.
  private static func integer(_ digits: some Collection<UInt8>) -> Rational? {
    guard !digits.isEmpty, digits.count <= textLimit else { return nil }
    if digits.count <= 18 {
      return Rational(digits.reduce(0) { 10 * $0 + Int($1 - UInt8(ascii: "0")) })
    }
    return String(decoding: digits, as: UTF8.self).withCString { text in
      Rational(integer: { fmpz_set_str($0, text, 10) })
    }
  }

  /// 10^k for an exponent that the caller has bounded.
  static func tenToThe(_ exponent: Int) -> Rational {
    let power = Rational(integer: { result in
      fmpz_ui_pow_ui(result, 10, exponent.magnitude)
    })
    return exponent < 0 ? Rational.one / power : power
  }
}

/// Copies and frees a string that FLINT allocated.
func stringTakingFlintMemory(_ text: UnsafeMutablePointer<CChar>?) -> String {
  guard let text else { return "" }
  defer { flint_free(text) }
  return String(cString: text)
}
