import Testing

@testable import Plots

@Suite struct StatisticsTests {
  @Test func aHistogramIsADensity() {
    let values = (0..<1000).map { Double($0 % 10) / 10 + 0.05 } + [7, -3, 0, 1]
    let histogram = Histogram(densityOf: values, from: 0, to: 1, bins: 10)
    let mass = histogram.heights.reduce(0) { $0 + $1 * histogram.width }
    #expect((mass - 1002.0 / 1004).magnitude < 1e-12)
    #expect((histogram.heights[4] - 100 / 1004 / 0.1).magnitude < 1e-9)
    // Numbers at both ends belong to the first and last column.
    #expect((histogram.heights[9] - 101 / 1004 / 0.1).magnitude < 1e-9)
  }

  @Test func missingNumbersAreNotCounted() {
    let histogram = Histogram(densityOf: [0.25, .nan, 0.75, .nan], from: 0, to: 1, bins: 2)
    #expect(histogram.heights == [1, 1])
    #expect(Histogram.bins(for: [.nan, 0, 1, 2, 3, .nan], from: 0, to: 3) >= 8)
  }

  @Test func cellsOfIntegersHaveTheirMiddle() {
    let few = IntegerCells(around: [3, 5, 4, 3, .nan, .infinity], atMost: 60)
    #expect(few.interval == 2.5...5.5 && few.width == 1 && few.count == 3)
    let many = IntegerCells(around: (0...130).map(Double.init), atMost: 60)
    #expect(many.interval == -0.5...131.5 && many.width == 3 && many.count == 44)
    let equal = IntegerCells(around: [7, 7, 7], atMost: 60)
    #expect(equal.interval.contains(7) && equal.width == 1)
    let wide = IntegerCells(around: [-0x1p52, 0, 0x1p52], atMost: 60)
    #expect(wide.count <= 60 && wide.interval.contains(0x1p52))
    // A histogram over them has the frequencies of the integers.
    let histogram = Histogram(
      densityOf: [3, 3, 5, 4], from: few.lower, to: few.interval.upperBound, bins: few.count)
    #expect(histogram.heights == [0.5, 0.25, 0.25])
  }

  /// The density of N(0, s²) in both directions, on a fine grid.
  private static func bell(_ deviation: Double, cells: Int = 161) -> DensityGrid {
    let steps = (0..<cells).map { 8 * (Double($0) + 0.5) / Double(cells) - 4 }
    let values = steps.flatMap { y in
      steps.map { x in exponential(-(x * x + y * y) / (2 * deviation * deviation)) }
    }
    return DensityGrid(x: -4...4, y: -4...4, columns: cells, values: values)
  }

  private static func exponential(_ x: Double) -> Double {
    var power = 1 + x / 0x1p30
    for _ in 0..<30 { power *= power }
    return power
  }

  @Test func levelsHoldTheirShare() {
    // A share p of a normal distribution of the plane lies where its density is above (1 - p) of the largest.
    let grid = Self.bell(0.9)
    for share in [0.1, 0.393, 0.5, 0.9] {
      #expect((grid.level(holding: share) - (1 - share)).magnitude < 0.01)
    }
  }

  @Test func contoursOfABellAreCircles() throws {
    // exp(-r²/2s²) = t where r = s √(-2 log t); t = 1/e² gives 2 s.
    let grid = Self.bell(0.9)
    let contours = Contours(of: grid, level: Self.exponential(-2))
    let curve = try #require(contours.curves.first)
    #expect(contours.curves.count == 1)
    #expect(curve.first == curve.last)
    for point in curve {
      // Linear interpolation is off by h² f''/8 over the slope: well below a tenth of a cell here.
      #expect(((point.x * point.x + point.y * point.y).squareRoot() - 1.8).magnitude < 0.005)
    }
    // Larger numbers are on the left: the area, by Gauss's formula, is positive.
    let area = zip(curve, curve.dropFirst()).reduce(0) {
      $0 + ($1.0.x * $1.1.y - $1.1.x * $1.0.y) / 2
    }
    #expect((area - Double.pi * 1.8 * 1.8).magnitude < 0.01 * area)
  }

  @Test func contoursOfASaddleAndAnEdgeAreClosed() {
    let saddle = DensityGrid(x: 0...2, y: 0...2, columns: 2, values: [1, 0, 0, 1])
    #expect(Contours(of: saddle, level: 0.6).curves.count == 2)
    #expect(Contours(of: saddle, level: 0.4).curves.count == 1)
    let full = DensityGrid(x: 0...1, y: 0...1, columns: 3, values: Array(repeating: 1, count: 9))
    for level in [0.2, 0.7] {
      let curves = Contours(of: full, level: level).curves
      #expect(curves.count == 1 && curves[0].first == curves[0].last)
    }
    #expect(Contours(of: full, level: 2).curves.isEmpty)
  }

  @Test func smoothingKeepsMassAndAddsVariance() {
    let grid = DensityGrid(
      countsOf: [0.5, 0.5, 0.5], [0.5, 0.5, 3], x: 0...1, y: 0...1, columns: 101, rows: 101)
    #expect(grid.values.reduce(0, +) == 2)
    let smooth = grid.smoothed(horizontally: 5, vertically: 2)
    let (mass, columns) = (smooth.values.reduce(0, +), smooth.columns)
    #expect((mass - 2).magnitude < 1e-12)
    var (across, along) = (0.0, 0.0)
    for j in 0..<101 {
      for i in 0..<columns {
        across += smooth[i, j] * Double((i - 50) * (i - 50)) / mass
        along += smooth[i, j] * Double((j - 50) * (j - 50)) / mass
      }
    }
    // Cutting off at 4 deviations takes a thousandth of the variance.
    #expect((across - 25).magnitude < 0.05 && (along - 4).magnitude < 0.01)
    // At an edge nothing is lost.
    let edge = DensityGrid(countsOf: [0, 1], [0, 1], x: 0...1, y: 0...1, columns: 9, rows: 9)
      .smoothed(horizontally: 2, vertically: 2)
    #expect((edge.values.reduce(0, +) - 2).magnitude < 1e-12)
  }

  @Test func lightnessGrows() {
    // L* of CIE 1976, from sRGB; viridis was made for even steps of it.
    func lightness(_ color: Color) -> Double {
      func linear(_ c: Double) -> Double {
        // ((c + 0.055)/1.055)^2.4 by its 12th power's fifth root, found by bisection.
        guard c > 0.04045 else { return c / 12.92 }
        let base = (c + 0.055) / 1.055
        let power = (0..<12).reduce(1.0) { result, _ in result * base }
        var (low, high) = (0.0, 1.0)
        for _ in 0..<60 {
          let middle = (low + high) / 2
          if (0..<5).reduce(1.0, { result, _ in result * middle }) < power {
            low = middle
          } else {
            high = middle
          }
        }
        return low
      }
      let y =
        0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)
      var root = 1.0
      for _ in 0..<60 { root -= (root * root * root - y) / (3 * root * root) }
      return y > 0.008856 ? 116 * root - 16 : 903.3 * y
    }
    let values = (0...100).map { lightness(ColorMap.viridis.color(at: Double($0) / 100)) }
    let steps = zip(values, values.dropFirst()).map { $1 - $0 }
    #expect(steps.allSatisfy { $0 > 0.3 && $0 < 1.2 }, "\(steps)")
    #expect(ColorMap.viridis.color(at: .nan) == ColorMap.viridis.colors[0])
    #expect(ColorMap.viridis.color(at: 2) == Color(hex: 0xFDE725))
  }
}
