import Exact
import Testing

@Suite struct RationalTests {
  static let samples: [Rational] = [
    0, 1, -1, 2, Rational(1, over: 3), Rational(-7, over: 4), Rational(.max), Rational(.min),
    Rational(.min + 1), Rational(1, over: .max), Rational(1, over: .min),
    Rational(.max, over: .max - 1), Rational(-(.max), over: 3), Rational(3_037_000_500),
    Rational("123456789012345678901234567890/7")!, Rational("-1e-30")!, Rational("1e30")!,
  ]

  @Test func fieldLawsAcrossTheInlineLimit() {
    for x in Self.samples {
      for y in Self.samples {
        #expect(x + y - y == x)
        #expect(x + y == y + x)
        #expect((x - y) + (y - x) == 0)
        #expect((x + y) * (x - y) == x * x - y * y)
        if !y.isZero { #expect(x / y * y == x) }
        #expect((x < y) == ((y - x).sign > 0))
        #expect((x < y) == !(y < x) || x == y)
        for z in Self.samples { #expect((x + y) * z == x * z + y * z) }
      }
    }
  }

  /// A value that returns to the inline range must equal and hash as one that never left it.
  @Test(arguments: samples)
  func oneRepresentation(_ x: Rational) {
    let huge = Rational("98765432109876543210987654321")!
    let returned = (x * huge + huge) / huge - 1
    #expect(returned == x)
    #expect(returned.hashValue == x.hashValue)
    #expect(Rational(x.description) == x)
    #expect(x.numerator / x.denominator == x)
    #expect(x.denominator.sign == 1)
    #expect(-(-x) == x)
    #expect(x.magnitude * Rational(x.sign) == x)
    #expect(x.floor().isInteger && x.floor() <= x && x < x.floor() + 1)
  }

  @Test func extremesOfInt() {
    #expect(Rational(.min).asInt == .min)
    #expect(Rational(.max).asInt == .max)
    #expect((-Rational(.min)).asInt == nil)
    #expect((-Rational(.min)).description == "9223372036854775808")
    #expect(Rational(.min, over: .min).isOne)
    #expect(Rational(.min, over: -1) == Rational(.max) + 1)
    #expect(Rational(.max) + 1 - 1 == Rational(.max))
    #expect(Rational(6, over: -4).description == "-3/2")
    #expect(Rational(.min).bitLength == 64)
    #expect(Rational(.max).bitLength == 63)
    #expect(Rational(5, over: 16).bitLength == 5)
  }

  @Test(arguments: [
    ("3", "3"), ("-3/4", "-3/4"), ("0.25", "1/4"), ("1.5e-3", "3/2000"), ("+6/4", "3/2"),
    (".5", "1/2"), ("2E2", "200"), ("-0", "0"), ("007", "7"),
    (
      "0.1000000000000000055511151231257827021181583404541015625",
      "3602879701896397/36028797018963968"
    ),
  ])
  func readsExactly(_ text: String, _ printed: String) {
    #expect(Rational(text)?.description == printed)
  }

  @Test(arguments: [
    "", "-", "1/0", "1/", "/2", "1/-2", "1.2/3", "e5", "1e", "1e+", "1e4097",
    "1e99999999999999999999",
    " 1", "1 ", "0x1", "1_000", "--1", "1..2", "nan", "inf", "١",
  ])
  func refusesText(_ text: String) {
    #expect(Rational(text) == nil)
  }

  @Test func limitsOnText() {
    let longest = String(repeating: "9", count: Rational.textLimit)
    #expect(Rational(longest) == Rational(10).power(4096)! - 1)
    #expect(Rational(longest + "9") == nil)
  }

  @Test func powers() {
    #expect(Rational(2).power(64)?.description == "18446744073709551616")
    #expect(Rational(-2, over: 3).power(-3) == Rational(-27, over: 8))
    #expect(Rational.zero.power(0) == 1)
    #expect(Rational.zero.power(-1) == nil)
    #expect(Rational.minusOne.power(.min) == 1)
    #expect(Rational.minusOne.power(.max) == -1)
    #expect(Rational(2).power(.max) == nil)
    #expect(Rational(2).power(.min) == nil)
    #expect(Rational(2).power(65535)?.bitLength == 65536)
    #expect(Rational(2).power(65536) == nil)
    #expect(Rational(3).power(200)! == Rational(9).power(100)!)
  }

  @Test func exactRoots() {
    #expect(Rational(-8).root(3) == -2)
    #expect(Rational(9, over: 4).root(2) == Rational(3, over: 2))
    #expect(Rational(-4).root(2) == nil)
    #expect(Rational(2).root(2) == nil)
    #expect(Rational(2, over: 9).root(2) == nil)
    #expect(Rational(8, over: 9).root(3) == nil)
    #expect(Rational(7).root(0) == nil)
    #expect(Rational(7).root(1) == 7)
    #expect(Rational.one.root(.max) == 1)
    #expect(Rational(7).root(.max) == nil)
    #expect(Rational(-12345).power(101)!.root(101) == -12345)
    for n in 2...9 { #expect(Rational(2).power(n)!.root(n) == 2) }
  }

  @Test func divisors() {
    #expect(Rational.gcd(12, -18) == 6)
    #expect(Rational.gcd(0, -5) == 5)
    #expect(Rational.gcd(Rational(3, over: 4), Rational(9, over: 10)) == Rational(3, over: 20))
    #expect(Rational.lcm(4, 6) == 12)
    #expect(Rational.lcm(0, 6) == 0)
    #expect(Rational.gcd(Rational(.min), Rational(.min)) == -Rational(.min))
  }

  @Test(arguments: [
    0.1, -0.1, 1e308, 0x1p-1074, -2.2250738585072014e-308, 1.7976931348623157e308, 3, 0x1p-1073, 0,
    123_456_789.125,
  ])
  func doublesGoThereAndBack(_ value: Double) throws {
    #expect(try #require(Rational(exactly: value)).doubleValue == value)
  }

  /// The standard library's decimal parser rounds correctly: the independent witness.
  @Test(arguments: [
    "0.1", "1e23", "9007199254740993", "9007199254740992.5", "9007199254740993.0000000000001",
    "2.2250738585072011e-308", "4.9406564584124654e-324", "2.4703282292062327e-324",
    "2.4703282292062328e-324", "1e-400", "1e400", "-1e400", "1.7976931348623158e308",
    "1.7976931348623159e308", "179769313486231580793728971405301e276", "6.631236846766476e-316",
    "3.237883913302901289588352412501532174863037669423108059901297049552301970670676565786e-319",
  ])
  func nearestDouble(_ text: String) throws {
    #expect(try #require(Rational(text)).doubleValue == Double(text))
  }

  @Test func nearestDoubleOfFractions() {
    #expect(Rational(exactly: .infinity) == nil)
    #expect(Rational(exactly: .nan) == nil)
    #expect(Rational(1, over: 3).doubleValue == 1.0 / 3.0)
    #expect(Rational(.max, over: .max - 1).doubleValue == 1)
    // Halfway between 1 and its successor, and a hair above.
    let half = Rational(1) + Rational(2).power(-53)!
    #expect(half.doubleValue == 1)
    #expect((half + Rational(2).power(-300)!).doubleValue == 1.0.nextUp)
    #expect((-half - Rational(2).power(-300)!).doubleValue == -1.0.nextUp)
  }

  @Test func decimals() {
    #expect(Rational(1, over: 3).decimal(significantDigits: 4) == "0.3333")
    #expect(Rational(-2, over: 3).decimal(significantDigits: 4) == "-0.6667")
    #expect(Rational(1, over: 4).decimal(significantDigits: 10) == "0.25")
    #expect(Rational("0.99996")!.decimal(significantDigits: 4) == "1.000")
    #expect(Rational(12345).decimal(significantDigits: 2) == "12000")
    #expect(Rational("1e30")!.decimal(significantDigits: 3) == "1e30")
    #expect(Rational("1.25e-9")!.decimal(significantDigits: 2) == "1.2e-9")
    #expect(Rational("-0.00001234")!.decimal(significantDigits: 9) == "-0.00001234")
    #expect(Rational.zero.decimal(significantDigits: 3) == "0")
    #expect(
      Rational(22, over: 7).decimal(significantDigits: 30) == "3.14285714285714285714285714286")
  }

  @Test func manyThreadsShareALargeNumber() async {
    let shared = Rational(3).power(1000)!
    let expected = shared * shared + shared
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask {
          (0..<200).allSatisfy { _ in shared * shared + shared == expected }
        }
      }
      for await correct in group { #expect(correct) }
    }
  }
}
