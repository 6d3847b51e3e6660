import Exact
import Testing

/// A value that another system computed.
struct BallReference: CustomStringConvertible, Sendable {
  let function: String
  let at: String
  let value: String
  var description: String { "\(function)(\(at))" }

  init(_ function: String, _ at: String, _ value: String) {
    self.function = function
    self.at = at
    self.value = value
  }
}

/// The functions that the references name.
let ballFunctions: [String: @Sendable (Ball, Int) -> Ball] = [
  "exp": { $0.exp(precision: $1) }, "expMinusOne": { $0.expMinusOne(precision: $1) },
  "log": { $0.log(precision: $1) }, "logOnePlus": { $0.logOnePlus(precision: $1) },
  "sin": { $0.sin(precision: $1) }, "cos": { $0.cos(precision: $1) },
  "tan": { $0.tan(precision: $1) }, "asin": { $0.asin(precision: $1) },
  "acos": { $0.acos(precision: $1) }, "atan": { $0.atan(precision: $1) },
  "sinh": { $0.sinh(precision: $1) }, "cosh": { $0.cosh(precision: $1) },
  "tanh": { $0.tanh(precision: $1) }, "asinh": { $0.asinh(precision: $1) },
  "acosh": { $0.acosh(precision: $1) }, "atanh": { $0.atanh(precision: $1) },
  "erf": { $0.erf(precision: $1) }, "erfInverse": { $0.erfInverse(precision: $1) },
  "normalCDF": { $0.normalCDF(precision: $1) },
  "normalQuantile": { $0.normalQuantile(precision: $1) },
  "sigmoid": { $0.sigmoid(precision: $1) }, "softplus": { $0.softplus(precision: $1) },
  "squareRoot": { $0.squareRoot(precision: $1) }, "cubeRoot": { $0.cubeRoot(precision: $1) },
  "lambertPrincipal": { $0.lambertW(.principal, precision: $1) },
  "lambertLower": { $0.lambertW(.lower, precision: $1) },
  "power(5)": { $0.power(5, precision: $1) }, "power(-4)": { $0.power(-4, precision: $1) },
  "power(2/3)": { $0.power(Rational(2, over: 3), precision: $1) },
  "power(-7/2)": { $0.power(Rational(-7, over: 2), precision: $1) },
  "root(5)": { $0.root(5, precision: $1) }, "root(4)": { $0.root(4, precision: $1) },
]

@Suite struct BallFunctionTests {
  /// The interval of numbers that have the reference's digits.
  static func enclosure(_ reference: BallReference) throws -> Ball {
    let value = try #require(Rational(reference.value))
    let slack = value.magnitude * Rational("1e-48")!
    return Ball(from: value - slack, to: value + slack, precision: 400)
  }

  @Test(arguments: ballReferences)
  func enclosesReference(_ reference: BallReference) throws {
    let function = try #require(ballFunctions[reference.function])
    let point = try #require(Rational(reference.at))
    let truth = try Self.enclosure(reference)
    for precision in [30, 64, 140] {
      // The argument may be inexact in binary: bits enough that its rounding is not what is tested.
      let ball = function(Ball(point, precision: 400), precision)
      #expect(ball.isFinite)
      #expect(ball.overlaps(truth), "\(ball) at \(precision) bits")
      let (radius, middle) = (try #require(ball.radius), try #require(ball.midpoint))
      let unit = try #require(Rational(2).power(3 - precision))
      #expect(radius <= middle.magnitude * unit, "\(ball) is too wide at \(precision) bits")
      if !ball.isExact && precision == 30 { #expect(ball.contains(truth)) }
    }
  }

  /// f([a, b]) must contain f(x) for x in [a, b], narrow and wide.
  @Test(arguments: ballReferences)
  func enclosesOverIntervals(_ reference: BallReference) throws {
    let function = try #require(ballFunctions[reference.function])
    let point = try #require(Rational(reference.at))
    let truth = try Self.enclosure(reference)
    for (left, right) in [("1e-12", "0"), ("0", "1e-12"), ("0.01", "0.03"), ("0", "3"), ("7", "1")]
    {
      let interval = Ball(
        from: point - Rational(left)!, to: point + Rational(right)!, precision: 100)
      for precision in [10, 53] {
        let image = function(interval, precision)
        #expect(!image.isFinite || image.overlaps(truth), "\(image) on \(interval)")
      }
    }
  }

  @Test(arguments: ballReferences)
  func decimalsAgree(_ reference: BallReference) throws {
    let function = try #require(ballFunctions[reference.function])
    let point = try #require(Rational(reference.at))
    let text = function(Ball(point, precision: 400), 160).decimal(significantDigits: 30)
    let expected = try #require(Rational(reference.value))
    #expect(try Rational(#require(text)) == Rational(expected.decimal(significantDigits: 30)))
  }

  /// Every function outside its domain, and across its boundary.
  @Test(arguments: [
    ("log", "0", "0"), ("log", "-1", "1"), ("log", "0", "1"), ("log", "-2", "-1"),
    ("logOnePlus", "-1", "0"), ("squareRoot", "-1e-50", "4"), ("asin", "0", "1.0000001"),
    ("acos", "-1.1", "0"), ("acosh", "0.99", "3"), ("atanh", "0", "1"), ("atanh", "2", "3"),
    ("erfInverse", "0", "1"), ("erfInverse", "2", "2"), ("normalQuantile", "0", "1/2"),
    ("normalQuantile", "1/2", "1"), ("normalQuantile", "-1", "-1/2"), ("tan", "1", "2"),
    ("tan", "0", "100"), ("lambertPrincipal", "-0.3679", "1"), ("lambertLower", "-0.1", "0"),
    ("lambertLower", "-0.4", "-0.1"), ("lambertLower", "1", "1"), ("power(-4)", "-1", "1"),
    ("power(2/3)", "-1", "8"), ("power(-7/2)", "0", "1"), ("root(4)", "-1", "1"),
  ])
  func indeterminateOutsideTheDomain(_ name: String, _ low: String, _ high: String) throws {
    let function = try #require(ballFunctions[name])
    let interval = Ball(from: Rational(low)!, to: Rational(high)!, precision: 64)
    #expect(!function(interval, 64).isFinite)
  }

  /// The image of a monotone function is that of the ends, however wide the interval.
  @Test func wideIntervalsStayTight() throws {
    let interval = Ball(from: -40, to: 40, precision: 64)
    #expect(interval.exp(precision: 64).certifiedSign == 1)
    #expect(interval.exp(precision: 64).log(precision: 64).certainlyLess(than: Rational(41).ball))
    #expect(interval.sigmoid(precision: 64).certifiedSign == 1)
    #expect(interval.softplus(precision: 64).certifiedSign == 1)
    #expect(Rational(1).ball.certainlyAtMost(interval.cosh(precision: 64)))
    #expect(interval.sin(precision: 64).contains(1) && interval.sin(precision: 64).contains(-1))
    #expect(interval.sin(precision: 64).asin(precision: 64).isFinite)
    #expect(interval.power(2, precision: 64).squareRoot(precision: 64).lowerBound == 0)
    #expect(interval.power(2, precision: 64).upperBound == 1600)
    #expect(interval.power(3, precision: 64).lowerBound == -64000)
    #expect(interval.cubeRoot(precision: 64).certainlyLess(than: Rational(4).ball))
  }

  @Test func anglesOfBoxes() {
    let one = Rational(1).ball
    let around = Ball(from: -1, to: 1, precision: 64)
    let pi = Ball.pi(precision: 64)
    #expect(Ball.atan2(Rational(0).ball, -one, precision: 64).overlaps(pi))
    #expect(!Ball.atan2(around, around, precision: 64).isFinite)
    #expect(!Ball.atan2(Rational(0).ball, Rational(0).ball, precision: 64).isFinite)
    let cut = Ball.atan2(around, -one, precision: 64)
    #expect(cut.contains(3) && cut.contains(-3))
    let right = Ball.atan2(around, one, precision: 64)
    #expect(right.contains(Rational("0.785398")!) && right.contains(Rational("-0.785398")!))
    #expect(!right.contains(Rational("0.785399")!))
    let third = Ball.atan2(-one, -one, precision: 64)
    #expect(third.decimal(significantDigits: 15) == "-2.35619449019234")
    let upper = Ball.atan2(Ball(from: 0, to: 1, precision: 64), -one, precision: 64)
    #expect(upper.certifiedSign == 1)
  }

  @Test func hugeArgumentsTerminate() {
    let huge = Rational("1e4000")!.ball
    for (name, function) in ballFunctions.sorted(by: { $0.key < $1.key }) {
      for point in [huge, -huge, Rational(1).ball.divided(by: huge, precision: 64)] {
        let value = function(point, 64)
        #expect(!value.isFinite || !value.certainlyLess(than: value), "\(name)")
      }
    }
    let tower = huge.exp(precision: 64).exp(precision: 64).exp(precision: 64)
    #expect(!tower.isFinite || tower.certifiedSign == 1)
    #expect(tower.lowerBound == nil && tower.decimal(significantDigits: 5) == nil)
    let vanishing = (-huge).exp(precision: 64)
    #expect(vanishing.lowerBound.map { $0.sign >= 0 } ?? true)
    #expect(Rational(2).ball.power(.max, precision: 64).lowerBound == nil)
    #expect(Rational(2).ball.power(.min, precision: 64).lowerBound == 0)
    #expect(Rational(-1).ball.power(Rational(.max) + 2, precision: 64).contains(-1))
    #expect(Rational(-1).ball.power(Rational(.max) + 1, precision: 64).contains(1))
    #expect(Rational(2).ball.power(Rational(1, over: .max), precision: 80).contains(1) == false)
  }
}

extension Rational {
  /// The number as a ball of 64 bits.
  var ball: Ball { Ball(self, precision: 64) }
}
