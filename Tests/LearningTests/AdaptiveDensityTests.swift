import Learning
import Tensors
import Testing

@testable import Learning

@Suite struct AdaptiveDensityTests {
  private static let edges = (-32...32).map { Double($0) / 4 }
  private static let (exp, log) = (UnaryFunction.exponential.value, UnaryFunction.logarithm.value)

  private static func curve(
    _ scaling: ColumnScaling = ColumnScaling(map: .identity, mean: 0, deviation: 1),
    from start: AdaptiveDensity = AdaptiveDensity(edges: edges), _ logDensity: (Double) -> Double
  ) -> (curve: DensityCurve, mass: Double, evaluations: Int)? {
    var density = start
    var evaluations = 0
    while !density.pending.isEmpty {
      evaluations += density.pending.count
      density.accept(density.pending.map(logDensity))
    }
    return density.result.map { result in
      let mass = zip(result.weights, result.logs).reduce(0) { $0 + $1.0 * exp($1.1) }
      return (DensityCurve(result, scaling: scaling), mass, evaluations)
    }
  }

  private static func bell(_ x: Double, _ mean: Double, _ deviation: Double) -> Double {
    let t = (x - mean) / deviation
    return -0.5 * t * t - log(deviation) - 0.918_938_533_204_672_7
  }

  @Test(arguments: [1.0, 0.1, 1e-3, 1e-6]) func anyWidthIsFound(_ deviation: Double) throws {
    let mean = 0.313_7
    let (curve, mass, evaluations) = try #require(
      Self.curve { Self.bell($0, mean, deviation) })
    #expect((mass - 1).magnitude < 1e-6)
    #expect(evaluations < 2000)
    #expect((curve.mean - mean).magnitude < 1e-6 * deviation + 1e-14)
    #expect((curve.deviation / deviation - 1).magnitude < 1e-5)
    #expect((curve.mode - mean).magnitude < 1e-6 * deviation)
    for p in [0.05, 0.16, 0.5, 0.84, 0.95] {
      let expected = mean + deviation * UnaryFunction.normalQuantile.value(p)
      #expect((curve.quantile(p) - expected).magnitude < 1e-4 * deviation, "\(p)")
      #expect((curve.probability(upTo: expected) - p).magnitude < 3e-5)
      #expect((curve.probability(upTo: curve.quantile(p)) - p).magnitude < 1e-8)
    }
    let interval = curve.shortestInterval(holding: 0.9)
    #expect((interval.lower - mean + 1.644_853_6 * deviation).magnitude < 5e-3 * deviation)
    #expect((interval.upper - mean - 1.644_853_6 * deviation).magnitude < 5e-3 * deviation)
  }

  @Test func twoPeaksOfDifferentWidth() throws {
    let (curve, mass, _) = try #require(
      Self.curve { x in
        [Self.log(0.25) + Self.bell(x, -3, 0.8), Self.log(0.75) + Self.bell(x, 2.02, 0.01)]
          .logSumExp
      })
    #expect((mass - 1).magnitude < 1e-5)
    #expect((curve.mean - (0.25 * -3 + 0.75 * 2.02)).magnitude < 1e-5)
    #expect((curve.mode - 2.02).magnitude < 1e-6)
    // A quarter of 1/2 lies to the left of -3.
    #expect((curve.quantile(0.125) + 3).magnitude < 2e-3)
  }

  private static let drawn = PosteriorRow.unknownDensity(isExact: false, isDrawn: true)

  /// What posteriors over draws begin with finds a peak wherever it is, by fewer points than the grid of others has.
  @Test(arguments: [1, 0.3, 0.1, 0.01, 1e-4])
  func posteriorsOverDrawsTakeFewPoints(_ deviation: Double) throws {
    let grid = PosteriorRow.unknownDensity(isExact: true, isDrawn: false).pending.count
    for mean in [0, 0.037, -2.71, 5.3, 31.4, -77.1] {
      let (curve, mass, evaluations) = try #require(
        Self.curve(from: Self.drawn) { Self.bell($0, mean, deviation) })
      // Some 50 cells where the mass is, each wrong by up to 1e-5 of it, within 6 deviations.
      #expect((mass - 1).magnitude < 5e-4, "\(mean)")
      #expect((curve.mean - mean).magnitude < 3e-3 * deviation, "\(mean)")
      #expect((curve.deviation / deviation - 1).magnitude < 3e-3, "\(mean)")
      #expect((curve.quantile(0.84) - mean - 0.994_457_9 * deviation).magnitude < 1e-2 * deviation)
      #expect(evaluations < grid, "\(mean)")
    }
  }

  /// Against sums over a grid with 200 points for each deviation of the narrower peak.
  @Test(arguments: [(0.31, 0.46), (0.26, 1.21), (-3.9, 3.62), (0.06, 0.19)])
  func twoNarrowPeaksAreFound(_ first: Double, _ second: Double) throws {
    for (share, widths) in [(0.5, (0.005, 0.005)), (0.01, (0.02, 0.004)), (0.97, (0.3, 0.004))] {
      func logDensity(_ x: Double) -> Double {
        [
          Self.log(1 - share) + Self.bell(x, first, widths.0),
          Self.log(share) + Self.bell(x, second, widths.1),
        ].logSumExp
      }
      let (curve, mass, _) = try #require(Self.curve(from: Self.drawn, logDensity))
      // Some 100 cells where the mass is, each wrong by up to 1e-5 of it.
      #expect((mass - 1).magnitude < 1e-3)
      let step = widths.1 / 200
      let middle = (first + second) / 2
      var below = 0.0
      var x = min(first - 12 * widths.0, second - 12 * widths.1) + step / 2
      while x < middle {
        below += step * Self.exp(logDensity(x))
        x += step
      }
      // The last cell of the grid may end half a step beyond the middle.
      let edge = step * Self.exp(logDensity(middle))
      #expect((curve.probability(upTo: middle) - below).magnitude < 1e-3 + edge)
    }
  }

  @Test func aStepIsFound() throws {
    // Uniform on (0.1, 0.7) + 1/3
    let (curve, mass, _) = try #require(
      Self.curve { x in x > 0.1 + 1.0 / 3 && x < 0.7 + 1.0 / 3 ? -Self.log(0.6) : -.infinity })
    #expect((mass - 1).magnitude < 1e-5)
    #expect((curve.quantile(0.5) - 0.4 - 1.0 / 3).magnitude < 1e-4)
    let interval = curve.shortestInterval(holding: 0.9)
    #expect((interval.upper - interval.lower - 0.54).magnitude < 1e-3)
  }

  /// y normal with mean 0.2 and deviation 1/2 under x = exp(1 + 2y): log-normal with μ = 1.4 and σ = 1.
  @Test func aLogNormalDistribution() throws {
    let scaling = ColumnScaling(map: .log(above: 0), mean: 1, deviation: 2)
    let (curve, _, _) = try #require(Self.curve(scaling) { Self.bell($0, 0.2, 0.5) })
    #expect((curve.mean / Self.exp(1.9) - 1).magnitude < 1e-5)
    let variance = (Self.exp(1) - 1) * Self.exp(3.8)
    #expect((curve.deviation / variance.squareRoot() - 1).magnitude < 1e-4)
    #expect((curve.mode / Self.exp(0.4) - 1).magnitude < 1e-4)
    #expect((curve.quantile(0.5) / Self.exp(1.4) - 1).magnitude < 1e-4)
    // log p(x) = -log x - (log x - 1.4)²/2 - ½ log 2π; between points it is off by the curvature.
    let x = 7.0
    let expected = Self.bell(Self.log(x), 1.4, 1) - Self.log(x)
    #expect((curve.logDensity(at: x) - expected).magnitude < 2e-3)
    #expect(curve.logDensity(at: -1) == -.infinity)
    #expect(curve.probability(upTo: -1) == 0 && curve.probability(upTo: 1e9) == 1)
    // The shortest interval has equal densities at its ends.
    let interval = curve.shortestInterval(holding: 0.9)
    let ends = [interval.lower, interval.upper].map(curve.logDensity)
    #expect((ends[0] - ends[1]).magnitude < 0.05, "\(ends)")
  }

  @Test func nothingIsNoDensity() {
    #expect(Self.curve { _ in -.infinity } == nil)
    #expect(Self.curve { _ in .nan } == nil)
    let noise = Self.curve { x in 40 * UnaryFunction.sine.value(1e6 * x * x) }
    #expect(noise!.evaluations <= 6000)
  }
}
