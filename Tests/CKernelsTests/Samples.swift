/// Points at which a function is tried, in increasing order of nothing in particular.
struct Samples {
  let format: Format
  private(set) var points: [Double] = []

  init(_ format: Format) { self.format = format }

  /// x as the format has it, with its negative where `signs` is true.
  private mutating func add(_ x: Double) {
    points.append(format == .float ? Double(Float(x)) : x)
  }

  /// ±0, ±∞ and NaN.
  mutating func addSpecials() {
    points += [0, -0.0, .infinity, -.infinity, .nan]
  }

  /// `count` numbers a binade of each sign, from the least subnormal to the greatest finite number, and those two.
  mutating func addGrid(perBinade count: Int) {
    for exponent in format.leastExponent..<format.overflowExponent {
      let power = Double(sign: .plus, exponent: exponent, significand: 1)
      for step in 0..<count {
        let x = power * (1 + (Double(step) + 0.37 * Double(exponent & 1)) / Double(count))
        add(x)
        add(-x)
      }
    }
    let greatest =
      format == .float ? Double(Float.greatestFiniteMagnitude) : .greatestFiniteMagnitude
    points += [greatest, -greatest]
  }

  /// The numbers next to each centre, and others at distances that halve.
  mutating func addNeighbourhoods(of centres: [Double]) {
    for centre in centres {
      var (below, above) = neighbours(of: centre)
      add(centre)
      for _ in 0..<6 {
        add(below)
        add(above)
        below = neighbours(of: below).below
        above = neighbours(of: above).above
      }
      for k in 1..<format.precision {
        let distance = Double(sign: .plus, exponent: -k, significand: 1.37)
        add(centre + max(centre.magnitude, 1) * distance)
        add(centre - max(centre.magnitude, 1) * distance)
      }
    }
  }

  /// Numbers evenly distributed over an interval.
  mutating func add(
    _ count: Int, in interval: ClosedRange<Double>, using generator: inout SplitMix64
  ) {
    for _ in 0..<count {
      let x = Double.random(in: 0...1, using: &generator)
      // Not lower + x · length, which may overflow.
      add(interval.lowerBound * (1 - x) + interval.upperBound * x)
    }
  }

  /// Numbers with random bits: every binade, sign and kind as often as it has representations.
  mutating func addPatterns(_ count: Int, using generator: inout SplitMix64) {
    for _ in 0..<count {
      let bits = generator.next()
      points.append(
        format == .float
          ? Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits >> 32)))
          : Double(bitPattern: bits))
    }
  }

  private func neighbours(of x: Double) -> (below: Double, above: Double) {
    if format == .double { return (x.nextDown, x.nextUp) }
    let y = Float(x)
    return (Double(y.nextDown), Double(y.nextUp))
  }
}

/// The generator of Steele, Lea and Flood (2014): the same numbers in every run.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
