/// Decimal numbers as data files write them: digits with an optional sign, point and exponent, or
/// `inf`, `infinity`, `nan` in any case. No hexadecimal digits, no group separators.
enum DecimalNumber {
  /// The nearest `Double` (ties to even; ±∞ where the number is too large), or nil if the text is
  /// not a number.
  static func parse(_ text: ArraySlice<UInt8>) -> Double? {
    var rest = text
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    guard let magnitude = magnitude(rest) else { return nil }
    return isNegative ? -magnitude : magnitude
  }

  /// The powers of ten that a `Double` holds exactly.
  private static let exactPowers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  private static func magnitude(_ text: ArraySlice<UInt8>) -> Double? {
    guard let parts = split(text) else { return special(text) }
    // Both operands are exact, so the one rounding of the operation is the right one (Clinger 1990).
    if parts.isExact, parts.significand <= 1 << 53, parts.exponent.magnitude <= 22 {
      let power = exactPowers[Int(parts.exponent.magnitude)]
      let significand = Double(parts.significand)
      return parts.exponent < 0 ? significand / power : significand * power
    }
    return Double(String(decoding: text, as: UTF8.self))
  }

  /// significand · 10^exponent; only if `isExact` have all digits found a place in the significand.
  private struct Parts {
    var significand: UInt64 = 0
    var exponent = 0
    var isExact = true
  }

  private static func split(_ text: ArraySlice<UInt8>) -> Parts? {
    var parts = Parts()
    var index = text.startIndex
    var digits = 0
    var isFraction = false
    scan: while index < text.endIndex {
      switch text[index] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits += 1
        let digit = UInt64(text[index] - UInt8(ascii: "0"))
        if parts.significand < 1 << 59 {
          parts.significand = parts.significand * 10 + digit
          if isFraction { parts.exponent -= 1 }
        } else {
          parts.isExact = false
        }
      case UInt8(ascii: ".") where !isFraction: isFraction = true
      default: break scan
      }
      index += 1
    }
    guard digits > 0 else { return nil }
    guard index < text.endIndex else { return parts }
    guard text[index] | 0x20 == UInt8(ascii: "e"), let exponent = exponent(text[(index + 1)...])
    else { return nil }
    parts.exponent += exponent
    return parts
  }

  /// The integer after the `e`, held within a range far wider than that of `Double`.
  private static func exponent(_ text: ArraySlice<UInt8>) -> Int? {
    var rest = text
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    guard !rest.isEmpty else { return nil }
    var value = 0
    for byte in rest {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      value = min(value * 10 + Int(byte - UInt8(ascii: "0")), 1 << 30)
    }
    return isNegative ? -value : value
  }

  private static func special(_ text: ArraySlice<UInt8>) -> Double? {
    guard text.count <= 8 else { return nil }
    switch String(decoding: text, as: UTF8.self).lowercased() {
    case "inf", "infinity": return .infinity
    case "nan": return .nan
    default: return nil
    }
  }
}
