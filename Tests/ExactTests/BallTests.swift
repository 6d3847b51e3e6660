import Exact
import Testing

@Suite struct BallTests {
  static func ball(_ low: String, _ high: String) -> Ball {
    Ball(from: Rational(low)!, to: Rational(high)!, precision: 64)
  }

  @Test func constantsAsPrinted() {
    #expect(
      Ball.pi(precision: 200).decimal(significantDigits: 50)
        == "3.1415926535897932384626433832795028841971693993751")
    #expect(
      Ball.e(precision: 200).decimal(significantDigits: 50)
        == "2.7182818284590452353602874713526624977572470937000")
    #expect(Ball.pi(precision: 60).decimal(significantDigits: 30) == nil)
    #expect(Ball.pi(precision: 64).midpointDouble == Double.pi)
  }

  @Test func twoEulerExceedsTwo() {
    let two = Rational(2).ball
    let product = two.multiplied(by: Ball.e(precision: 64), precision: 64)
    #expect(two.certainlyLess(than: product))
    #expect(!product.certainlyLess(than: two))
    #expect(product.subtracting(two, precision: 64).certifiedSign == 1)
  }

  /// Interval arithmetic against the extremes over a grid of exact rational points.
  @Test(arguments: [
    ("-1", "2", "3", "5"), ("-1", "2", "-3", "5"), ("-4", "-1/3", "-3", "-1/7"),
    ("0", "2", "1/3", "1/3"), ("1/7", "2/7", "-5", "-2"), ("0", "0", "-1", "1"),
  ])
  func arithmeticContainsEveryPoint(_ a: String, _ b: String, _ c: String, _ d: String) {
    let (x, y) = (Self.ball(a, b), Self.ball(c, d))
    for i in 0...4 {
      for j in 0...4 {
        let p = Rational(a)! + (Rational(b)! - Rational(a)!) * Rational(i, over: 4)
        let q = Rational(c)! + (Rational(d)! - Rational(c)!) * Rational(j, over: 4)
        for bits in [3, 64] {
          #expect(x.adding(y, precision: bits).contains(p + q))
          #expect(x.subtracting(y, precision: bits).contains(p - q))
          #expect(x.multiplied(by: y, precision: bits).contains(p * q))
          if !q.isZero { #expect(x.divided(by: y, precision: bits).contains(p / q)) }
          #expect(Ball.min(x, y).contains(min(p, q)))
          #expect(Ball.max(x, y).contains(max(p, q)))
          #expect(x.magnitude.contains(p.magnitude))
          #expect(x.union(y).contains(p) && x.union(y).contains(q))
          for n in 0...5 { #expect(x.power(n, precision: bits).contains(p.power(n)!)) }
        }
      }
    }
  }

  @Test func endsAreSharp() {
    let x = Self.ball("-1", "2")
    #expect(x.multiplied(by: Self.ball("3", "5"), precision: 64).lowerBound == -5)
    #expect(x.multiplied(by: Self.ball("3", "5"), precision: 64).upperBound == 10)
    #expect(x.power(2, precision: 64).lowerBound == 0)
    #expect(x.power(2, precision: 64).upperBound == 4)
    #expect(x.magnitude.lowerBound == 0 && x.magnitude.upperBound == 2)
    #expect(x.radius == Rational(3, over: 2) && x.midpoint == Rational(1, over: 2))
    #expect(!x.divided(by: x, precision: 64).isFinite)
    #expect(x.power(0, precision: 64).isExact)
    #expect(Rational(0).ball.power(2, precision: 64).lowerBound == 0)
  }

  @Test func threeValuedPredicates() {
    #expect(Self.ball("-1", "2").certifiedSign == nil)
    #expect(Self.ball("0", "2").certifiedSign == nil)
    #expect(Self.ball("0", "0").certifiedSign == 0)
    #expect(Self.ball("-2", "-1").certifiedSign == -1)
    #expect(Ball.indeterminate.certifiedSign == nil)
    #expect(!Ball.indeterminate.certainlyLess(than: Rational(1).ball))
    #expect(!Rational(1).ball.certainlyLess(than: Ball.indeterminate))
    #expect(Ball.indeterminate.contains(7) && Ball.indeterminate.lowerBound == nil)
    #expect(Ball.indeterminate.midpointDouble.isNaN)
    #expect(Rational(1).ball.certainlyAtMost(Rational(1).ball))
    #expect(!Rational(1).ball.certainlyLess(than: Rational(1).ball))
    #expect(Self.ball("1/3", "1/3").contains(Rational(1, over: 3)))
    #expect(!Self.ball("1/3", "1/3").isExact)
    #expect(!Self.ball("1/3", "1/3").contains(Rational("0.3333333333333333333")!))
  }

  @Test func indeterminateIsContagious() {
    let (nothing, one) = (Ball.indeterminate, Rational(1).ball)
    let results = [
      nothing.adding(one, precision: 64), one.multiplied(by: nothing, precision: 64),
      Rational(0).ball.multiplied(by: nothing, precision: 64), nothing.power(0, precision: 64),
      Ball.min(one, nothing), nothing.union(one), nothing.exp(precision: 64), -nothing,
      nothing.sin(precision: 64), nothing.tanh(precision: 64), nothing.magnitude,
      one.intersection(nothing) ?? one,
    ]
    for result in results { #expect(!result.isFinite) }
  }

  @Test func setOperations() throws {
    let shared = try #require(Self.ball("0", "2").intersection(Self.ball("1", "3")))
    #expect(shared.lowerBound == 1 && shared.upperBound == 2)
    #expect(Self.ball("0", "1").intersection(Self.ball("2", "3")) == nil)
    #expect(Self.ball("0", "1").intersection(Self.ball("1", "3"))?.isExact == true)
  }

  @Test func decimalsAreHonest() {
    #expect(
      Self.ball("0.12344", "0.12346").decimal(significantDigits: 4) == "0.1234"
        || Self.ball("0.12344", "0.12346").decimal(significantDigits: 4) == "0.1235")
    #expect(Self.ball("0.12344", "0.12346").decimal(significantDigits: 7) == nil)
    #expect(Self.ball("-1", "1").decimal(significantDigits: 1) == nil)
    #expect(Rational(0).ball.decimal(significantDigits: 5) == "0")
    #expect(Rational(1, over: 4).ball.decimal(significantDigits: 5) == "0.25")
    #expect(Rational(-2, over: 3).ball.decimal(significantDigits: 5) == "-0.66667")
    #expect(Self.ball("0.99999999", "1.00000001").decimal(significantDigits: 4) == "1.000")
  }

  /// log near its pole, with more and more bits of the argument 10^-k.
  @Test(arguments: [10, 100, 1000])
  func logarithmsNearZero(_ k: Int) throws {
    let small = try #require(Rational(10).power(-k))
    let value = Ball(small, precision: 64).log(precision: 64)
    let expected = Ball(Rational(10), precision: 128).log(precision: 128)
      .multiplied(by: Ball(Rational(-k), precision: 128), precision: 128)
    #expect(value.contains(expected))
  }

  @Test func concurrentUse() async {
    let third = Rational(1, over: 3).ball
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask {
          (0..<100).allSatisfy { _ in
            third.exp(precision: 500).log(precision: 400).contains(Rational(1, over: 3))
          }
        }
      }
      for await correct in group { #expect(correct) }
    }
  }
}
