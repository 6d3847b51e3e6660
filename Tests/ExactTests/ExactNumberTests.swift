import Exact
import Testing

@Suite struct ExactNumberTests {
  let field = ExactField()

  func n(_ value: Rational) -> ExactNumber { field.number(value) }

  @Test func algebraicIdentities() throws {
    let (two, three) = (try #require(n(2).squareRoot()), try #require(n(3).squareRoot()))
    let six = try #require(n(6).squareRoot())
    #expect((two * three).isEqual(six) == true)
    #expect((two * three).isEqual(six + n(Rational("1e-200")!)) == false)
    #expect((two + three).isEqual(two) == false)
    // √(5 + 2√6) = √2 + √3.
    let nested = try #require((n(5) + n(2) * six).squareRoot())
    #expect(nested.isEqual(two + three) == true)
    // ∛(2 + √5) + ∛(2 - √5) = 1, of a negative number in the second summand.
    let five = try #require(n(5).squareRoot())
    let cardano = try #require((n(2) + five).root(3)) + #require((n(2) - five).root(3))
    #expect(cardano.isEqual(n(1)) == true)
  }

  @Test func realRootsOfNegativeNumbers() throws {
    #expect(n(-8).root(3)?.isEqual(n(-2)) == true)
    #expect(n(-8).root(3)?.rational == -2)
    #expect(n(-8).root(2) == nil)
    #expect(n(-8).power(Rational(1, over: 3)) == nil)
    let root = try #require(n(-2).root(5))
    #expect(root.sign() == -1)
    #expect(root.power(5)?.isEqual(n(-2)) == true)
    #expect(n(0).root(3)?.isZero() == true)
    #expect(n(2).root(0) == nil && n(2).root(.max) == nil)
    #expect(n(8).power(Rational(2, over: 3))?.rational == 4)
    #expect(n(8).power(Rational(-2, over: 3))?.rational == Rational(1, over: 4))
    #expect(n(0).power(Rational(-2, over: 3)) == nil)
  }

  @Test func transcendentalIdentities() throws {
    let pi = field.pi
    #expect(pi.sin().isZero() == true)
    #expect((pi * n(Rational(1, over: 6))).sin().isEqual(n(Rational(1, over: 2))) == true)
    #expect(n(1).atan().isEqual(pi * n(Rational(1, over: 4))) == true)
    #expect(n(1).asin()?.isEqual(pi * n(Rational(1, over: 2))) == true)
    #expect(n(-1).acos()?.isEqual(pi) == true)
    #expect(n(2).exp().log()?.isEqual(n(2)) == true)
    #expect(n(6).log()?.isEqual(try #require(n(2).log()) + #require(n(3).log())) == true)
    #expect(
      (n(1).exp() * n(Rational(-1, over: 3)).exp()).isEqual(n(Rational(2, over: 3)).exp()) == true)
    #expect(field.e.isEqual(n(1).exp()) == true)
    // Machin: π/4 = 4 atan(1/5) - atan(1/239).
    let machin = n(4) * n(Rational(1, over: 5)).atan() - n(Rational(1, over: 239)).atan()
    #expect(machin.isEqual(pi * n(Rational(1, over: 4))) == true)
    let (sin, cos) = (n(Rational(2, over: 7)).sin(), n(Rational(2, over: 7)).cos())
    #expect((sin * sin + cos * cos).isEqual(n(1)) == true)
    #expect((n(1).erf() + n(-1).erf()).isZero() == true)
  }

  @Test func order() {
    #expect(n(2).isLess(than: n(2) * field.e) == true)
    #expect(field.e.isLess(than: field.pi) == true)
    #expect(field.pi.isLess(than: field.e) == false)
    // 355/113 exceeds π by less than 3e-7.
    #expect((n(Rational(355, over: 113)) - field.pi).sign() == 1)
    #expect(
      (field.pi - n(Rational("3.14159265358979323846264338327950288419716939937510582")!)).sign()
        == 1)
    #expect(
      (field.pi - n(Rational("3.14159265358979323846264338327950288419716939937510583")!)).sign()
        == -1)
    #expect((n(2).exp().log()! - n(2)).sign() == 0)
    #expect(n(-3).magnitude.rational == 3)
    #expect((field.e - field.pi).magnitude.isEqual(field.pi - field.e) == true)
  }

  @Test func outsideTheRealDomain() {
    #expect(n(0).log() == nil && n(-1).log() == nil)
    #expect(n(-1).squareRoot() == nil)
    #expect(n(2).asin() == nil && n(-2).acos() == nil)
    #expect(n(1).divided(by: n(0)) == nil)
    #expect(n(1).divided(by: field.pi.sin()) == nil)
    #expect((field.pi * n(Rational(1, over: 2))).tan() == nil)
    #expect((field.pi * n(Rational(1, over: 4))).tan()?.isEqual(n(1)) == true)
    #expect(n(0).power(-1) == nil && n(0).power(0)?.rational == 1)
  }

  /// Enclosures agree with the ball arithmetic, which shares no path with them but the last.
  @Test func enclosures() throws {
    let third = Ball(Rational(1, over: 3), precision: 200)
    let exact = n(Rational(1, over: 3))
    #expect(exact.exp().enclosure(precision: 100).overlaps(third.exp(precision: 120)))
    #expect(exact.erf().enclosure(precision: 100).overlaps(third.erf(precision: 120)))
    #expect(
      try #require(exact.asin()).enclosure(precision: 100).overlaps(third.asin(precision: 120)))
    #expect(
      field.pi.enclosure(precision: 100).decimal(significantDigits: 20) == "3.1415926535897932385")
    #expect(
      n(-2).root(3)?.enclosure(precision: 64).decimal(significantDigits: 10) == "-1.259921050")
  }

  /// Schanuel-type towers and huge numbers must end, undecided if need be.
  @Test(.timeLimit(.minutes(1)))
  func effortIsLimited() throws {
    let huge = n(Rational("1e4000")!)
    for number in [
      huge.exp(), huge.exp().exp(), huge.sin(), huge.atan(), huge.erf(), huge.cos().exp(),
    ] {
      _ = number.sign()
      _ = number.isEqual(huge)
      #expect(number.isZero() != true)
    }
    #expect(try #require(n(2).power(1000)).rational == Rational(2).power(1000))
    #expect(n(2).power(100_000) == nil)
    var nested = n(2)
    for k in 2...12 { nested = try #require((nested + n(Rational(k))).squareRoot()) }
    #expect(nested.isZero() != true)
    var sum = n(0)
    for k in 2...30 { sum = sum + (try #require(n(Rational(k)).root(7))) }
    #expect(sum.isZero() != true && (sum - sum).isZero() != false)
    var tower = n(Rational(1, over: 2))
    for _ in 0..<8 { tower = tower.exp().sin() + tower }
    #expect(tower.isZero() != true)
    for denominator in [97, 1001, 30030, 1_000_003] {
      let angle = field.pi * n(Rational(1, over: denominator))
      #expect(angle.sin().sign() == 1 && angle.cos().sign() == 1)
      #expect((angle.sin() - angle).sign() == -1)
    }
    let long = n(Rational(3).power(600)! + 2)
    let (root, double) = (try #require(long.squareRoot()), try #require((long * n(4)).squareRoot()))
    #expect(try #require(root.power(2)).isEqual(long) == true)
    #expect(double.isEqual(root) == false)
    #expect(try #require(n(Rational(3).power(4001)! + 2).squareRoot()).isUnknown)
    #expect(n(Rational(3).power(4002)!).squareRoot()?.rational == Rational(3).power(2001))
    let power = try #require((n(2).squareRoot()! + field.pi + field.e).power(900))
    #expect(power.isZero() != true)
  }

  @Test func unknownStaysUnknown() throws {
    let unknown = n(Rational(2).power(65535)!) * n(4)
    #expect(unknown.isUnknown)
    #expect(unknown.isZero() == nil && unknown.sign() == nil && unknown.rational == nil)
    #expect((unknown - unknown).isUnknown)
    #expect(!unknown.exp().enclosure(precision: 64).isFinite)
    #expect(unknown.log() == nil && n(1).divided(by: unknown) == nil)
  }
}
