/// Decimal numbers as data files write them: digits with an optional sign, point and exponent, or
/// `inf`, `infinity`, `nan` in any case. No hexadecimal digits, no group separators.
enum DecimalNumber {
  /// The nearest `Double` (ties to even; ±∞ where the number is too large), or nil if the text is
  /// not a number.
  static func parse(_ text: ArraySlice<UInt8>) -> Double? {
    text.withUnsafeBufferPointer { text in
      var position = 0
      if let value = read(text, at: &position, end: text.count), position == text.count {
        return value
      }
      return special(text)
    }
  }

  /// The number that begins at `position`, which moves behind it; nil where none begins. The words
  /// for infinity and NaN are not read.
  @inline(__always)
  static func read(
    _ text: UnsafeBufferPointer<UInt8>, at position: inout Int, end: Int
  ) -> Double? {
    let isNegative = position < end && text[position] == UInt8(ascii: "-")
    if isNegative || (position < end && text[position] == UInt8(ascii: "+")) { position += 1 }
    let start = position
    guard let parts = Parts(text, at: &position, end: end) else { return nil }
    let magnitude =
      parts.isExact ? ScaledInteger.nearest(parts.significand, timesTenTo: parts.exponent) : nil
    guard
      let value = magnitude
        ?? Double(String(decoding: text[start..<position], as: UTF8.self))
    else { return nil }
    return isNegative ? -value : value
  }

  private static func special(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let first = text.first, text.count <= 9 else { return nil }
    let isNegative = first == UInt8(ascii: "-")
    let word = isNegative || first == UInt8(ascii: "+") ? text.dropFirst() : text[...]
    switch String(decoding: word, as: UTF8.self).lowercased() {
    case "inf", "infinity": return isNegative ? -.infinity : .infinity
    case "nan": return .nan
    default: return nil
    }
  }
}

extension DecimalNumber {
  /// significand · 10^exponent; only if `isExact` have all digits found a place in the significand.
  private struct Parts {
    var significand: UInt64 = 0
    var exponent = 0
    var isExact = true

    /// Digits with a point among them, and an exponent; nil where there is no digit, or none after
    /// the `e`.
    @inline(__always)
    init?(_ text: UnsafeBufferPointer<UInt8>, at position: inout Int, end: Int) {
      let start = position
      var digits = takeDigits(text, at: &position, end: end)
      if position < end, text[position] == UInt8(ascii: ".") {
        position += 1
        let fraction = takeDigits(text, at: &position, end: end)
        exponent = -fraction
        digits += fraction
      }
      guard digits > 0 else { return nil }
      // Every number of 19 digits fits; zeros at the front do not count.
      isExact = digits <= 19 || digits - Self.leadingZeros(text[start..<position]) <= 19
      if position < end, text[position] | 0x20 == UInt8(ascii: "e") {
        position += 1
        guard let power = Self.exponent(text, at: &position, end: end) else { return nil }
        exponent += power
      }
    }

    /// Appends digits to the significand and counts them.
    @inline(__always)
    private mutating func takeDigits(
      _ text: UnsafeBufferPointer<UInt8>, at position: inout Int, end: Int
    ) -> Int {
      let start = position
      while position < end {
        let digit = text[position] &- UInt8(ascii: "0")
        guard digit < 10 else { break }
        significand = significand &* 10 &+ UInt64(digit)
        position += 1
      }
      return position - start
    }

    private static func leadingZeros(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
      text.prefix { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ".") }
        .count { $0 == UInt8(ascii: "0") }
    }

    /// The integer after the `e`, held within a range far wider than that of `Double`.
    private static func exponent(
      _ text: UnsafeBufferPointer<UInt8>, at position: inout Int, end: Int
    ) -> Int? {
      let isNegative = position < end && text[position] == UInt8(ascii: "-")
      if isNegative || (position < end && text[position] == UInt8(ascii: "+")) { position += 1 }
      let start = position
      var value = 0
      while position < end {
        let digit = text[position] &- UInt8(ascii: "0")
        guard digit < 10 else { break }
        value = min(value * 10 + Int(digit), 1 << 30)
        position += 1
      }
      guard position > start else { return nil }
      return isNegative ? -value : value
    }
  }
}
