import Testing

@testable import Plots

@Suite("Axes")
struct AxisTests {
  /// (i - ½)/n for i = 1 … n
  private static let shares = (0..<4000).map { (Double($0) + 0.5) / 4000 }

  @Test("heavy tails do not hide the bulk, and the label says what is not seen")
  func heavyTails() {
    // Quantiles of the Cauchy distribution: quartiles at ±1, 0.999 at 318.
    let values = Self.shares.map { share -> Double in
      let angle = .pi * (share - 0.5)
      return sine(angle) / sine(.pi / 2 - angle.magnitude)
    }
    let axis = Axis("x", around: values, margin: 0)
    #expect((axis.upper - 13).magnitude < 0.1 && (axis.lower + 13).magnitude < 0.1)
    // 2 arctan(1/13)/π
    #expect(axis.label(hiding: values) == "x (4.9 % outside)")
  }

  @Test("light tails are shown, and a narrow peak does not hide a broad part")
  func others() {
    let uniform = Axis("x", around: Self.shares, margin: 0)
    #expect(uniform.lower < 0.002 && uniform.upper > 0.998)
    #expect(uniform.label(hiding: Self.shares) == "x")
    let peak = Self.shares.map { $0 < 0.8 ? 1e-6 * $0 : $0 }
    #expect(Axis("x", around: peak, margin: 0).upper >= 0.97)
  }

  @Test("an axis ends where numbers can no longer be")
  func bounds() {
    let axis = Axis("x", around: Self.shares, margin: 0.05, within: 0...1)
    #expect(axis.lower == 0 && axis.upper == 1)
    let half = Axis("x", around: Self.shares, margin: 0.05, within: 0 ... .infinity)
    #expect(half.lower == 0 && half.upper > 1)
  }

  @Test("ticks of integers stand at integers", arguments: [(-0.5, 1.5), (-0.5, 3.5), (2.5, 20.5)])
  func integers(lower: Double, upper: Double) {
    for count in 1...7 {
      let ticks = Ticks(from: lower, to: upper, atMost: count, ofIntegers: true)
      #expect(ticks.values.allSatisfy { $0 == $0.rounded() })
      #expect(ticks.labels.allSatisfy { Int($0.replacing("−", with: "-")) != nil })
    }
  }

  @Test("a region of cells has the edges of its cells")
  func regions() {
    // Two cells above each other of six, and one apart.
    let grid = DensityGrid(
      x: -0.5...2.5, y: 0...4, columns: 3, values: [5, 0, 0, 5, 0, 4])
    let edges = grid.edges(ofRegionFrom: 4)
    #expect(edges.count == 6 + 4)
    let isEdge = edges.contains { $0 == [Point(0.5, 0), Point(0.5, 2)] }
    #expect(isEdge && edges.allSatisfy { $0.allSatisfy { $0.x != 0 } })
    #expect(grid.edges(ofRegionFrom: 6).isEmpty)
  }

  @Test("a title that is too long is made to fit", arguments: [20, 200, 2000])
  func title(length: Int) throws {
    let canvas = Canvas(.png, width: 300, height: 100)
    let text = String(repeating: "m", count: length)
    let fitting = canvas.fitting(text, size: 12, within: 280)
    #expect(canvas.width(of: fitting.text, size: fitting.size) <= 280.01)
    #expect((7...12).contains(fitting.size))
    #expect(length == 20 ? fitting.text == text && fitting.size == 12 : true)
  }

  private func sine(_ x: Double) -> Double {
    var (term, sum) = (x, x)
    for k in 1..<20 {
      term *= -x * x / Double(2 * k * (2 * k + 1))
      sum += term
    }
    return sum
  }
}
