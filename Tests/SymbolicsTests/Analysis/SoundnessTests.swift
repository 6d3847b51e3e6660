import Exact
import Testing

@testable import Symbolics

@Suite("Soundness of signs, ranges and limits on random formulas")
struct SoundnessTests {
  static let z = Symbol("z")
  static let y = Symbol("y")

  /// Intervals of the symbols with rational points that lie in them.
  static let settings: [(Assumptions, [[Rational]])] = {
    let points = [
      [0, 0], [1, -2], [Rational(-1, over: 3), Rational(5, over: 7)], [-4, 3],
      [Rational(9, over: 2), Rational(-1, over: 10)], [-1, 1], [2, 2],
    ]
    let unit = Assumptions().adding(z, in: Interval(.open(0), .closed(1)))
      .adding(y, in: Interval(.closed(-2), .open(.pi)))
    let inUnit = [
      [1, -2], [Rational(1, over: 2), 3], [Rational(1, over: 100), 0], [Rational(9, over: 10), 1],
    ]
    let ordered = Assumptions().adding(
      .compare(Expression(z), .greater, Expression(y).power(2)))
    let above = [[1, 0], [Rational(1, over: 2), Rational(1, over: 2)], [5, 2], [10, -3]]
    return [(Assumptions(), points), (unit, inUnit), (ordered, above)]
  }()

  @Test(arguments: 0..<10)
  func valuesHaveTheSignsAndLieInTheRanges(seed: Int) {
    var random = RandomExpressions(seed: UInt64(seed))
    for _ in 0..<iterations {
      let u = random.expression(in: [Self.z, Self.y], depth: 3)
      for (assumptions, points) in Self.settings {
        let signs = assumptions.signs(of: u)
        let range = assumptions.range(of: u)
        for point in points {
          let ball = u.ball(at: [Self.z: point[0], Self.y: point[1]], precision: 128)
          guard ball.isFinite else { continue }
          if let sign = ball.certifiedSign {
            #expect(signs.contains(SignSet(sign: sign)), "\(u) at \(point)")
          }
          #expect(!Self.lies(ball, outside: range), "\(u) at \(point): \(ball) not in \(range)")
        }
      }
    }
  }

  static func lies(_ ball: Ball, outside range: Interval) -> Bool {
    if let low = range.lower.value?.ball(precision: 128), ball.certainlyLess(than: low) {
      return true
    }
    if let high = range.upper.value?.ball(precision: 128), high.certainlyLess(than: ball) {
      return true
    }
    // An exact value must not be an end that is left out.
    guard ball.isExact, let value = ball.lowerBound else { return false }
    return [range.lower, range.upper].contains {
      !$0.isClosed && $0.value?.rationalValue == value
    }
  }

  @Test(arguments: 0..<10)
  func valuesFarOutAgreeWithLimits(seed: Int) {
    var random = RandomExpressions(seed: UInt64(seed) + 1000)
    for _ in 0..<iterations {
      let u = random.expression(in: [Self.z], depth: 3)
      for isUp in [true, false] {
        let found = limit(of: u, as: Self.z, to: isUp ? .plusInfinity : .minusInfinity)
        let scale = Rational(isUp ? 1 : -1)
        Self.check(u, found, at: [10, 40, 400].map { scale * Rational(10).power($0)! })
      }
      let near = limit(of: u, as: Self.z, to: .above(1))
      Self.check(u, near, at: [10, 40, 400].map { 1 + Rational.one / Rational(10).power($0)! })
    }
  }

  /// The values come nearer to the limit, from the side that was claimed at the last point.
  static func check(_ u: Expression, _ found: Limit, at points: [Rational]) {
    let balls = points.map { u.ball(at: [z: $0], precision: 4096) }.filter(\.isFinite)
    guard balls.count >= 2, let last = balls.last else { return }
    let before = balls[balls.count - 2]
    switch found {
    case .unknown: return
    case .plusInfinity:
      #expect(!last.certainlyLess(than: before), "\(u) → ∞")
      #expect(last.certifiedSign != -1, "\(u) → ∞")
    case .minusInfinity:
      #expect(!before.certainlyLess(than: last), "\(u) → -∞")
      #expect(last.certifiedSign != 1, "\(u) → -∞")
    case .finite(let value, let side):
      let limit = value.ball(precision: 4096)
      guard limit.isFinite else { return }
      let gaps = [before, last].map { $0.subtracting(limit, precision: 4096) }
      #expect(
        !gaps[0].magnitude.certainlyLess(than: gaps[1].magnitude), "\(u) → \(value)")
      if let sign = gaps[1].certifiedSign, sign != 0 {
        #expect(side != .fromAbove || sign > 0, "\(u) → \(value) from above")
        #expect(side != .fromBelow || sign < 0, "\(u) → \(value) from below")
      }
    }
  }
}

private let iterations = 8
