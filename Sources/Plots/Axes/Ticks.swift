/// Round numbers along an axis: multiples of 1, 2 or 5 times a power of ten (P. Heckbert, "Nice numbers for graph
/// labels", Graphics Gems, 1990).
struct Ticks: Hashable {
  /// From lowest to highest
  let values: [Double]
  /// Their texts, in units of 10^``exponent``
  let labels: [String]
  /// The power of ten that all labels are to be multiplied with; 0 for most axes.
  let exponent: Int

  /// The densest ticks of which there are at most `count`; where `ofIntegers`, at integers.
  init(from lower: Double, to upper: Double, atMost count: Int, ofIntegers: Bool = false) {
    let least = (upper - lower) / Double(max(count, 1))
    let (mantissa, power) = Ticks.step(for: ofIntegers ? max(1, least) : least)
    // Integers times a power of ten, so that labels are exact.
    let scale = Ticks.powerOfTen(power)
    let unit = Double(mantissa) * scale
    let first = (lower / unit - 1e-9).rounded(.up)
    let last = (upper / unit + 1e-9).rounded(.down)
    let multiples = first <= last && last - first < 1000 ? Array(Int(first)...Int(last)) : []
    let integers = multiples.map { $0 * mantissa }
    values = integers.map { power < 0 ? Double($0) / Ticks.powerOfTen(-power) : Double($0) * scale }
    let largest = values.map(\.magnitude).max() ?? 0
    exponent = largest >= 1e5 || (largest > 0 && largest < 1e-2) ? Ticks.order(of: largest) : 0
    labels = integers.map { [exponent] in Ticks.text($0, power: power - exponent) }
  }

  /// The smallest m·10ᵏ with m = 1, 2 or 5 that is no smaller than `least`.
  private static func step(for least: Double) -> (mantissa: Int, power: Int) {
    let power = order(of: least)
    let ratio = least / powerOfTen(power)
    let slack = 1 + 1e-9
    return ratio <= slack
      ? (1, power)
      : ratio <= 2 * slack ? (2, power) : ratio <= 5 * slack ? (5, power) : (1, power + 1)
  }

  /// ⌊log₁₀ x⌋ for x > 0
  private static func order(of x: Double) -> Int {
    var order = 0
    var rest = x
    while rest >= 10 { (rest, order) = (rest / 10, order + 1) }
    while rest < 1 { (rest, order) = (rest * 10, order - 1) }
    return order
  }

  private static func powerOfTen(_ power: Int) -> Double {
    var result = 1.0
    for _ in 0..<power.magnitude { result *= 10 }
    return power < 0 ? 1 / result : result
  }

  /// integer·10^power in full, with a minus sign as printers set it.
  private static func text(_ integer: Int, power: Int) -> String {
    let digits = String(integer.magnitude)
    let sign = integer < 0 ? "−" : ""
    guard integer != 0, power < 0 else {
      return sign + digits + String(repeating: "0", count: integer == 0 ? 0 : power)
    }
    let padded = String(repeating: "0", count: max(0, 1 - power - digits.count)) + digits
    return "\(sign)\(padded.dropLast(-power)).\(padded.suffix(-power))"
  }
}

extension Axis {
  /// The label with the power of ten that the numbers of `ticks` are in units of: `mass / 10⁵`.
  func label(with ticks: Ticks) -> String {
    guard ticks.exponent != 0 else { return label }
    let raised = String(ticks.exponent).map { character -> String in
      character == "-" ? "⁻" : String("⁰¹²³⁴⁵⁶⁷⁸⁹".map(\.self)[character.wholeNumberValue ?? 0])
    }
    let power = "10" + raised.joined()
    return label.isEmpty ? "in \(power)" : "\(label) / \(power)"
  }
}
