import Testing

@testable import Plots

@Suite struct TicksTests {
  @Test(arguments: [
    (0.0, 1.0, 5, ["0", "0.2", "0.4", "0.6", "0.8", "1.0"], 0),
    (-1.0, 1.0, 4, ["−1.0", "−0.5", "0", "0.5", "1.0"], 0),
    (3.2, 47.0, 5, ["10", "20", "30", "40"], 0),
    (0.0, 3e6, 4, ["0", "1", "2", "3"], 6),
    (0.0011, 0.0049, 4, ["2", "3", "4"], -3),
    (0.0, 250000.0, 5, ["0", "0.5", "1.0", "1.5", "2.0", "2.5"], 5),
    (1999.95, 2000.05, 2, ["1999.95", "2000.00", "2000.05"], 0),
  ])
  func areRound(_ lower: Double, _ upper: Double, _ count: Int, _ labels: [String], _ power: Int) {
    let ticks = Ticks(from: lower, to: upper, atMost: count)
    #expect(ticks.labels == labels)
    #expect(ticks.exponent == power)
  }

  /// Whatever the interval: the number written at a tick is the number it is at, ticks are within the interval, and
  /// there are not many more than asked for.
  @Test func sayWhereTheyAre() throws {
    var state: UInt64 = 3
    func random() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53
    }
    for _ in 0..<2000 {
      var size = 1e-8
      for _ in 0..<Int(random() * 16) { size *= 10 }
      let lower = (random() - 0.5) * size
      let upper = lower + (0.01 + random()) * size
      let count = 1 + Int(random() * 8)
      let ticks = Ticks(from: lower, to: upper, atMost: count)
      #expect(ticks.values.count <= count + 1, "\(lower) \(upper) \(count)")
      #expect(count < 4 || ticks.values.count >= 1)
      var unit = 1.0
      for _ in 0..<ticks.exponent.magnitude { unit *= 10 }
      for (value, label) in zip(ticks.values, ticks.labels) {
        let number = try #require(Double(label.replacing("−", with: "-")))
        let written = ticks.exponent < 0 ? number / unit : number * unit
        #expect((written - value).magnitude <= 1e-12 * value.magnitude, "\(label) at \(value)")
        let slack = 1e-8 * (upper - lower)
        #expect(value >= lower - slack && value <= upper + slack)
      }
    }
  }

  @Test func theLabelSaysThePowerOfTen() {
    let axis = Axis("mass", from: 0, to: 3e-12)
    #expect(axis.label(with: Ticks(from: 0, to: 3e-12, atMost: 4)) == "mass / 10⁻¹²")
    #expect(axis.label(with: Ticks(from: 0, to: 3, atMost: 4)) == "mass")
  }

  @Test func anAxisLeavesOutWhatIsFarOut() {
    let values = (0...1000).map(Double.init) + [1e9, -1e9, .infinity, .nan]
    let axis = Axis("", around: values, margin: 0.1)
    // Of 1003 numbers the first and the last are cut off.
    #expect(axis.interval == -100...1100)
    #expect(Axis("", around: [], margin: 0.1).interval.contains(0.5))
    #expect(Axis("", around: [3, 3], margin: 0.1).interval.contains(3))
  }

  @Test func anAxisHasALength() {
    #expect(Axis("", from: 2, to: 2).lower < Axis("", from: 2, to: 2).upper)
    #expect(Axis("", from: .nan, to: .infinity).lower == -1)
    #expect(Axis("", from: 3, to: 1).lower == 1)
  }
}
