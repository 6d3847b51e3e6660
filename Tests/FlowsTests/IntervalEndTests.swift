import Foundation
import Tensors
import Testing

@testable import Flows

/// Numbers right next to the ends of intervals and half-lines, in both number formats. References are formulas in
/// `Double` on distances from the ends, which are exact there but for one rounding.
@Suite("Ends of intervals")
struct IntervalEndTests {
  /// Intervals of widths from a thousandth to a thousand, at such distances from 0.
  private static let intervals: [Interval] = {
    let numbers = points(3 * 200, in: -3...3, seed: 21)
    return (0..<200).map { index in
      let lower = pow(10, numbers[3 * index]) * (numbers[3 * index + 2] < 0 ? -1 : 1)
      return Interval(lower, lower + pow(10, numbers[3 * index + 1]))
    } + [Interval(-0.3, 0.1), Interval(0, 1), Interval(0.1, 0.7), Interval(-1, 0)]
  }()

  /// The least number of the format that is greater.
  private func next(after end: Double, _ precision: Precision) -> Double {
    guard precision == .float else { return end.nextUp }
    let rounded = Float(end)
    return Double(Double(rounded) > end ? rounded : rounded.nextUp)
  }

  private func next(before end: Double, _ precision: Precision) -> Double {
    -next(after: -end, precision)
  }

  private func logDensity(
    of points: [Double], _ bijector: any Bijector, _ precision: Precision
  ) throws -> [Double] {
    let flow = Flow(base: StandardNormal(1), bijector: bijector)
    return try Model(flow, key: RandomKey(seed: 1), precision: precision)
      .logDensity(of: Batch(features: 1, points))
  }

  /// -z²/2 - log √(2π) + s, with what its terms add up to.
  private func expect(_ found: Double, z: Double, terms: [Double], _ precision: Precision) {
    let logNormal = -0.5 * z * z - 0.5 * log(2 * Double.pi)
    let size = logNormal.magnitude + z.magnitude + terms.reduce(1) { $0 + $1.magnitude }
    let tolerance =
      FlowTolerance.units * FlowTolerance.epsilon(precision) * size * (1 + z.magnitude)
    FlowsTests.expect(found, logNormal + terms.reduce(0, +), within: tolerance, "\(precision) \(z)")
  }

  @Test("densities next to both ends of an interval", arguments: Precision.allCases)
  func interval(precision: Precision) throws {
    for interval in Self.intervals {
      let (a, b) = (interval.lower, interval.upper)
      let points = [next(after: a, precision), next(before: b, precision)]
      let found = try logDensity(
        of: points, Constraint.interval(a, b, features: 1), precision)
      for (x, value) in zip(points, found) {
        let (low, high) = (log(x - a), log(b - x))
        expect(value, z: low - high, terms: [log(b - a), -low, -high], precision)
      }
    }
  }

  @Test("densities next to the end of a half-line", arguments: Precision.allCases)
  func halfLine(precision: Precision) throws {
    for end in Self.intervals.map(\.lower) {
      for (side, point) in [
        (1.0, next(after: end, precision)), (-1, next(before: end, precision)),
      ] {
        let bijector = Elementwise(
          side > 0 ? HalfLineTransform(above: end) : HalfLineTransform(below: end), features: 1)
        let distance = side * (point - end)
        let rest = log(-expm1(-distance))
        let found = try logDensity(of: [point], bijector, precision)[0]
        expect(found, z: distance + rest, terms: [-rest], precision)
      }
    }
  }

  @Test("what goes far out stays inside, with a finite density", arguments: Precision.allCases)
  func saturation(precision: Precision) throws {
    let z = Batch(features: 1, [-1e6, -1000, -100, -40, -17, 17, 40, 100, 1000, 1e6])
    for interval in Self.intervals {
      let flow = Flow(
        base: StandardNormal(1),
        bijector: Constraint.interval(interval.lower, interval.upper, features: 1))
      let model = Model(flow, key: RandomKey(seed: 1), precision: precision)
      let x = try #require(FlowMap(model)).forward(z)
      #expect(x.values.allSatisfy { interval.lower < $0 && $0 < interval.upper }, "\(interval)")
      #expect(x.values == x.values.sorted())
      #expect(try model.logDensity(of: x).allSatisfy(\.isFinite), "\(interval)")
    }
  }

  @Test("the codomain is the interval that was asked for")
  func codomain() {
    let chain = Chain([
      Constraint.interval(-0.3, 0.1, features: 1),
      Elementwise(
        FixedAffineTransform(scale: 2, shift: 0, domain: Interval(-0.3, 0.1)), features: 1),
    ])
    #expect(chain.codomain == [Interval(-0.6, 0.2)])
    #expect(Constraint.interval(0.1, 0.7, features: 1).codomain == [Interval(0.1, 0.7)])
  }
}
