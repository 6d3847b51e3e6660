/// n · 10^k rounded once, in integers: what nearly every number of a data file is.
enum ScaledInteger {
  /// The powers of five that fit into 64 bits.
  private static let powersOfFive: [UInt64] = (0...27).map { exponent in
    (0..<exponent).reduce(1) { power, _ in power * 5 }
  }

  /// The `Double` nearest to n · 10^k, ties to even; nil where |k| > 27.
  ///
  /// n·5^k has at most 128 bits, and n/5^(−k) is divided to 64 bits and a remainder: both are known
  /// exactly where they are rounded. The remaining factor 2^k is exact, as no result leaves the
  /// range of normal numbers.
  @inline(__always)
  static func nearest(_ n: UInt64, timesTenTo k: Int) -> Double? {
    guard k.magnitude <= 27 else { return nil }
    if n == 0 { return 0 }
    let power = powersOfFive[Int(k.magnitude)]
    // Integers and powers below 2^53 are exact, so that one operation rounds rightly (Clinger 1990).
    if n <= 1 << 53, k.magnitude <= 22 {
      let scale = Double(power) * Double(UInt64(1) << k.magnitude)
      return k < 0 ? Double(n) / scale : Double(n) * scale
    }
    return k < 0 ? quotient(n, power, exponent: k) : product(n, power, exponent: k)
  }

  /// n·p·2^e
  private static func product(_ n: UInt64, _ p: UInt64, exponent e: Int) -> Double {
    let (high, low) = n.multipliedFullWidth(by: p)
    guard high > 0 else {
      let shift = low.leadingZeroBitCount
      return rounded(low << shift, isInexact: false, exponent: e - shift)
    }
    let shift = high.leadingZeroBitCount
    // A shift by 64 gives 0.
    return rounded(
      high << shift | low >> (64 - shift), isInexact: low << shift != 0, exponent: e + 64 - shift)
  }

  /// n/p·2^e
  private static func quotient(_ n: UInt64, _ p: UInt64, exponent e: Int) -> Double {
    let (shift, divisorShift) = (n.leadingZeroBitCount, p.leadingZeroBitCount)
    let (dividend, divisor) = (n << shift, p << divisorShift)
    // Dividend and divisor have their highest bit set; the smaller high word of the two numerators
    // that is below the divisor gives a quotient with its highest bit set.
    let isBelow = dividend < divisor
    let (quotient, remainder) = divisor.dividingFullWidth(
      isBelow ? (dividend, 0) : (dividend >> 1, dividend << 63))
    return rounded(
      quotient, isInexact: remainder != 0,
      exponent: e - shift + divisorShift - (isBelow ? 64 : 63))
  }

  /// (bits + ε)·2^e where bits ≥ 2^63, and 0 < ε < 1 if it is inexact, else ε = 0.
  private static func rounded(_ bits: UInt64, isInexact: Bool, exponent e: Int) -> Double {
    let kept = bits >> 11
    let rest = bits & 0x7FF
    let isUp = rest > 0x400 || (rest == 0x400 && (isInexact || kept & 1 == 1))
    return Double(kept + (isUp ? 1 : 0)) * Double(sign: .plus, exponent: e + 11, significand: 1)
  }
}
