import CFlint
import CKernels
import Testing

/// A function of the unary table with its true values: where it is tried, and what it is there.
struct UnaryCase: Sendable, CustomTestStringConvertible {
  /// f(x) at a precision, for x in the domain; rough where it is: then the precision grows.
  typealias Value = @Sendable (_ x: Double, _ precision: Int) -> Enclosure

  var name: String
  var function: diffeo_unary
  /// Where the value is a real number.
  var domain: @Sendable (Double) -> Bool = { _ in true }
  /// The value elsewhere, save at the special points.
  var outside = Double.nan
  /// f(-∞), f(-0), f(0), f(∞).
  var limits: (Double, Double, Double, Double)
  /// Other arguments with an infinite or zero value.
  var specials: [Double: Double] = [:]
  /// Arguments beyond are taken at the end: the value there is beyond every format, or rounds to the same.
  var saturates: ClosedRange<Double> = -.infinity ... .infinity
  /// Points in whose neighbourhood the function or its implementation changes.
  var centres: [Double] = []
  /// Where most of the random points lie.
  var interval: ClosedRange<Double> = -40...40
  /// A slow function is tried at fewer points.
  var isSlow = false
  /// The bound in units in the last place.
  var bound = 4.0
  /// The terms of which a value of `Double` is the difference: the bound is in their units where they cancel.
  var terms: @Sendable (Double) -> Double = { _ in 0 }
  var value: Value

  var testDescription: String { name }

  /// The true value at a number of the format.
  func truth(_ x: Double, in format: Format) -> Truth {
    if x.isNaN { return .undefined }
    if x.isInfinite || x == 0 { return special(x, in: format) }
    if let value = specials[x] { return .exactly(value) }
    guard domain(x) else { return outside.isNaN ? .undefined : .exactly(outside) }
    let argument = min(max(x, saturates.lowerBound), saturates.upperBound)
    var precision = 160
    while true {
      let enclosure = value(argument, precision)
      let bits = enclosure.withValue { arb_rel_accuracy_bits($0) }
      if bits >= 90 { return Truth(enclosure, in: format) }
      precision *= 2
      precondition(precision < 20_000, "\(name)(\(x)) has no narrow enclosure")
    }
  }

  private func special(_ x: Double, in format: Format) -> Truth {
    let value =
      x == 0 ? (x.sign == .minus ? limits.1 : limits.2) : (x < 0 ? limits.0 : limits.3)
    if value.isNaN { return .undefined }
    if value == 0 || value.isInfinite { return .exactly(value) }
    return Truth(near: value, in: format)
  }

  /// The points at which the function is tried in a format.
  func samples(in format: Format) -> [Double] {
    var samples = Samples(format)
    var generator = SplitMix64(seed: UInt64(function.rawValue) &+ (format == .float ? 0 : 1 << 32))
    samples.addSpecials()
    let binades = format.overflowExponent - format.leastExponent
    samples.addGrid(perBinade: max(1, (isSlow ? 1000 : 4000) / binades))
    samples.addNeighbourhoods(of: centres + [0, 1, -1])
    samples.add(isSlow ? 6000 : 30_000, in: interval, using: &generator)
    samples.add(isSlow ? 2000 : 5000, in: -1.5...1.5, using: &generator)
    samples.addPatterns(isSlow ? 4000 : 15_000, using: &generator)
    return samples.points
  }
}
