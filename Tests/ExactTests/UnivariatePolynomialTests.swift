import Exact
import Testing

@Suite struct UnivariatePolynomialTests {
  typealias P = UnivariatePolynomial

  /// ∏ (x - root).
  static func withRoots(_ roots: [Rational]) -> P {
    roots.reduce(P([1])) { product, root in
      P(
        (0...product.degree + 1).map { k in
          (k > 0 ? product.coefficients[k - 1] : 0)
            - (k <= product.degree ? root * product.coefficients[k] : 0)
        })
    }
  }

  /// T₀ = 1, T₁ = x, Tₙ₊₁ = 2x·Tₙ - Tₙ₋₁: n roots, all in (-1, 1).
  static func chebyshev(_ n: Int) -> P {
    var (previous, current) = (P([1]), P([0, 1]))
    for _ in 1..<n {
      let next = P(
        (0...current.degree + 1).map { k in
          (k > 0 ? 2 * current.coefficients[k - 1] : 0)
            - (k <= previous.degree ? previous.coefficients[k] : 0)
        })
      (previous, current) = (current, next)
    }
    return current
  }

  @Test func basics() throws {
    let p = P([-6, 11, -6, 1, 0, 0])
    #expect(p == Self.withRoots([1, 2, 3]))
    #expect(p.degree == 3 && P([]).degree == -1 && P([0]).isZero)
    #expect(p.value(at: Rational(5, over: 2)) == Rational(-3, over: 8))
    #expect(p.sign(at: Rational(5, over: 2)) == -1 && p.sign(at: 2) == 0)
    #expect(p.derivative == P([11, -12, 3]) && P([7]).derivative.isZero)
    #expect(p.signAtPlusInfinity == 1 && p.signAtMinusInfinity == -1)
    #expect(P([]).signAtMinusInfinity == 0)
    let squared = Self.withRoots([1, 1, 1, Rational(-1, over: 2), Rational(-1, over: 2), 4])
    #expect(try squared.squarefreePart() == Self.withRoots([1, Rational(-1, over: 2), 4]))
    #expect(try squared.gcd(p) == P([-1, 1]))
    #expect(p.divided(exactlyBy: P([-2, 1])) == Self.withRoots([1, 3]))
    #expect(p.divided(exactlyBy: P([-4, 1])) == nil)
  }

  @Test func countsAtEndsOfIntervals() throws {
    let p = Self.withRoots([0, 1, 1, 2, 5])
    #expect(try p.realRootCount() == 4)
    let cases: [(RealInterval, Int)] = [
      (RealInterval(.open(0), .open(2)), 1), (RealInterval(.closed(0), .open(2)), 2),
      (RealInterval(.open(0), .closed(2)), 2), (RealInterval(.closed(0), .closed(2)), 3),
      (RealInterval(.unbounded, .open(0)), 0), (RealInterval(.unbounded, .closed(0)), 1),
      (RealInterval(.open(2), .unbounded), 1), (RealInterval(.closed(2), .unbounded), 2),
      (RealInterval(.closed(1), .closed(1)), 1), (RealInterval(.closed(3), .closed(3)), 0),
      (RealInterval(.open(1), .closed(1)), 0), (RealInterval(.closed(3), .closed(2)), 0),
    ]
    for (interval, count) in cases {
      #expect(try p.realRootCount(in: interval) == count, "\(interval)")
      #expect([0, 1, 2, 5].count { interval.contains($0) } == count, "\(interval)")
    }
    #expect(
      RealInterval(.open(1), .closed(1)).isEmpty && !RealInterval(.closed(1), .closed(1)).isEmpty)
    #expect(RealInterval(.closed(3), .closed(2)).isEmpty && !RealInterval.line.isEmpty)
    #expect(try P([1, 0, 1]).realRootCount() == 0)
    #expect(try P([7]).realRootCount() == 0)
  }

  /// Wilkinson's polynomial, whose roots are hopeless in floating point.
  @Test func isolatesIntegerRoots() throws {
    let roots = try Self.withRoots((1...20).map { Rational($0) })
      .realRoots(width: Rational(1, over: 1000))
    #expect(roots.count == 20)
    for (k, root) in roots.enumerated() {
      let expected = Rational(k + 1)
      #expect(
        root.isExact ? root.lower == expected : root.lower < expected && expected < root.upper)
    }
  }

  @Test func isolatesIrrationalRoots() throws {
    let width = Rational("1e-60")!
    let roots = try P([-2, 0, 1]).realRoots(width: width)
    #expect(roots.count == 2)
    let root = Ball(from: roots[1].lower, to: roots[1].upper, precision: 300)
    #expect(root.overlaps(Ball(2, precision: 300).squareRoot(precision: 300)))
    #expect(roots.allSatisfy { $0.upper - $0.lower <= width })
    // 0 and ±√2 times, with the rational root on a boundary of bisection.
    let cubic = try P([0, -2, 0, 1]).realRoots(width: 1)
    #expect(cubic.map(\.isExact) == [false, true, false])
  }

  @Test(.timeLimit(.minutes(1)))
  func chebyshevRootsLieWhereTheyShould() throws {
    let n = 60
    let roots = try Self.chebyshev(n).realRoots(width: Rational("1e-15")!)
    #expect(roots.count == n)
    for (k, root) in roots.reversed().enumerated() {
      let angle = Ball.pi(precision: 100)
        .multiplied(by: Ball(Rational(2 * k + 1, over: 2 * n), precision: 100), precision: 100)
      let enclosure = Ball(from: root.lower, to: root.upper, precision: 100)
      #expect(angle.cos(precision: 100).overlaps(enclosure))
    }
    #expect(try Self.chebyshev(n).realRootCount(in: RealInterval(.open(-1), .open(1))) == n)
  }

  @Test func signsOverIntervals() throws {
    let touching = Self.withRoots([1, 1, 3, 3, 3, 3])
    #expect(try touching.isNonnegative() && !touching.isPositive())
    #expect(try touching.isPositive(on: RealInterval(.open(1), .open(3))))
    #expect(try !touching.isPositive(on: RealInterval(.closed(1), .open(3))))
    #expect(try P([1, 0, 1]).isPositive() && !P([-1, 0, -1]).isNonnegative())
    let cubic = Self.withRoots([0, 0, 2])
    #expect(try !cubic.isNonnegative())
    #expect(try cubic.isNonnegative(on: RealInterval(.closed(2), .unbounded)))
    #expect(try cubic.isPositive(on: RealInterval(.open(2), .unbounded)))
    #expect(try !cubic.isPositive(on: RealInterval(.closed(2), .unbounded)))
    #expect(try !cubic.isNonnegative(on: RealInterval(.closed(0), .unbounded)))
    #expect(try cubic.isNonnegative(on: RealInterval(.closed(0), .closed(0))))
    #expect(try !cubic.isNonnegative(on: RealInterval(.closed(1), .closed(1))))
    #expect(try P([]).isNonnegative() && !P([]).isPositive())
    #expect(try P([-1]).isPositive(on: RealInterval(.open(1), .open(1))))
    // Triple roots change sign; x³ is negative on the left only.
    #expect(try !P([0, 0, 0, 1]).isNonnegative())
    #expect(try P([0, 0, 0, 1]).isNonnegative(on: RealInterval(.open(0), .unbounded)))
    #expect(try P([0, 0, 0, 1]).isPositive(on: RealInterval(.open(0), .unbounded)))
  }

  /// Every polynomial with small coefficients, against its values on a fine grid.
  @Test func nonnegativityAgreesWithAGrid() throws {
    let interval = RealInterval(.closed(-1), .closed(2))
    let grid = (-20...40).map { Rational($0, over: 20) }
    for a in -2...2 {
      for b in -2...2 {
        for c in -2...2 {
          for d in -1...1 {
            let p = P([a, b, c, d].map { Rational($0) })
            let values = grid.map { p.value(at: $0).sign }
            if try p.isNonnegative(on: interval) { #expect(!values.contains(-1)) }
            if try p.isPositive(on: interval) { #expect(values.allSatisfy { $0 == 1 }) }
            // On this grid every sign change of these polynomials shows.
            if !values.contains(where: { $0 <= 0 }) {
              #expect(try p.isNonnegative(on: interval))
            }
          }
        }
      }
    }
  }

  @Test func limits() throws {
    #expect(throws: ExactError.tooLarge(limit: .degree)) {
      try Self.chebyshev(101).realRootCount()
    }
    let long = P([Rational(3).power(20_000)!, 1, 1])
    #expect(throws: ExactError.tooLarge(limit: .coefficients)) { try long.realRootCount() }
    #expect(throws: ExactError.tooLarge(limit: .work)) {
      try P([-2, 0, 1]).realRoots(width: Rational(2).power(-16_000)!)
    }
    // Mignotte's polynomial, with two roots closer than 2^-3000, near a number that bisection does not meet.
    var coefficients = [Rational](repeating: 0, count: 31)
    let a = Rational(3).power(120)!
    (coefficients[30], coefficients[2], coefficients[1], coefficients[0]) =
      (1, -2 * a * a, 4 * a, -2)
    #expect(throws: ExactError.tooLarge(limit: .work)) {
      try P(coefficients).realRoots(width: 1)
    }
    #expect(try P(coefficients).realRootCount() == 4)
  }
}
