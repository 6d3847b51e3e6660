import Learning
import Testing

@Suite struct ColumnMapTests {
  private static let maps: [ColumnMap] = [
    .identity, .log(above: 0), .log(above: -3.5), .logit(lower: 0, upper: 1),
    .logit(lower: -2, upper: 7), .reflectedLog(below: 1.5), .asinh(center: 0, width: 1),
    .asinh(center: 4, width: 0.01),
  ]

  /// Points of the domain from far out to near its ends.
  private static func points(_ map: ColumnMap) -> [Double] {
    let (lower, upper) = map.domain
    return stride(from: -6.0, through: 6, by: 0.37).map { t in
      switch (lower.isFinite, upper.isFinite) {
      case (true, true): lower + (upper - lower) / (1 + exponential(-t))
      case (true, false): lower + exponential(t)
      case (false, true): upper - exponential(t)
      default: t * exponential(t.magnitude)
      }
    }
  }

  private static func exponential(_ x: Double) -> Double {
    // e^x as a limit that needs no library: (e^(x/1024))^1024 by its series.
    var term = 1.0
    var sum = 1.0
    for n in 1..<20 {
      term *= x / 1024 / Double(n)
      sum += term
    }
    for _ in 0..<10 { sum *= sum }
    return sum
  }

  @Test(arguments: maps) func theInverseUndoesTheMap(_ map: ColumnMap) {
    for x in Self.points(map) {
      let back = map.inverse(map.forward(x))
      // A rounding of y moves x by as much as the slope says.
      let slope = exponential(-map.logSlope(x))
      let tolerance = 8 * 0x1p-52 * (x.magnitude + map.forward(x).magnitude * slope + slope)
      #expect((back - x).magnitude <= tolerance, "\(map) at \(x): \(back)")
    }
  }

  private func exponential(_ x: Double) -> Double { Self.exponential(x) }

  @Test(arguments: maps) func theSlopeIsTheDifferenceQuotient(_ map: ColumnMap) {
    let (lower, upper) = map.domain
    for x in Self.points(map) {
      let room = min(min(x - lower, upper - x), max(x.magnitude, 0.01))
      let step = 1e-4 * room
      let quotient = (map.forward(x + step) - map.forward(x - step)) / (2 * step)
      let slope = exponential(map.logSlope(x))
      // The third derivative times step²/6, in units of room, and the roundings of both values.
      let rounding = 0x1p-50 * (map.forward(x).magnitude + 1) / step
      #expect((quotient - slope).magnitude <= 1e-6 * slope + rounding, "\(map) at \(x)")
    }
  }

  @Test(arguments: maps) func noNumberLeavesTheDomain(_ map: ColumnMap) {
    let (lower, upper) = map.domain
    for y in [-1e300, -800, -40, -1, 0, 1, 40, 800, 1e300] {
      let x = map.inverse(y)
      #expect(lower < x && x < upper, "\(map) at \(y): \(x)")
    }
  }

  @Test func heavyTailsAreNoticed() {
    let key = (0..<2000).map { (Double($0) + 0.5) / 2000 }
    // Quantiles of a Cauchy distribution truncated at the first and last, and of a uniform one.
    let cauchy = key.map { p in 1 / (1.02 - p) - 1 / (0.02 + p) }
    guard case .asinh = ColumnMap.likeliest(for: cauchy) else {
      Issue.record("\(ColumnMap.likeliest(for: cauchy))")
      return
    }
    #expect(ColumnMap.likeliest(for: key) == .identity)
    #expect(ColumnMap.likeliest(for: [1, 1, 1, 1, 5]) == .identity)
  }
}
