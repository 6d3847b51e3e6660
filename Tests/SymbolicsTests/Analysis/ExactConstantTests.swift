import Exact
import Testing

@testable import Symbolics

@Suite("Exact constants")
struct ExactConstantTests {
  static func call(_ function: Function, _ u: Expression) -> Expression { .call(function, [u]) }
  static let third = Expression.rational(1, 3)

  static let signs: [(Expression, Int)] = [
    (2 * .e - 2, 1),
    (call(.sin, .pi), 0),
    (call(.cos, third * .pi) - .rational(1, 2), 0),
    (Expression(2).squareRoot * Expression(3).squareRoot - Expression(6).squareRoot, 0),
    (call(.atan, third) + call(.atan, .rational(1, 2)) - .rational(1, 4) * .pi, 0),
    (.pi - .rational(355, 113), -1),
    (.exp(.pi * Expression(163).squareRoot) - 262_537_412_640_768_744, -1),
    (call(.sigmoid, .log(3)) - .rational(3, 4), 0),
    (call(.tanh, .log(2)) - .rational(3, 5), 0),
    (.cbrt(2).power(2) - .cbrt(4), 0),
    (call(.asinh, .rational(3, 4)) - .log(2), 0),
    (
      call(.normcdf, 1) - .rational(1, 2) - .rational(1, 2)
        * call(.erf, Expression.rational(1, 2).squareRoot), 0
    ),
  ]

  @Test(arguments: signs)
  func signIsCertified(expression: Expression, sign: Int) {
    #expect(ExactConstant.sign(of: expression) == sign)
  }

  @Test func undefinedConstantsHaveNoSign() {
    #expect(ExactConstant.sign(of: .log(-1)) == nil)
    #expect(ExactConstant.sign(of: 1 / Self.call(.sin, .pi)) == nil)
    #expect(ExactConstant.compare(.log(-1), .log(-1)) == nil)
    #expect(ExactConstant.sign(of: .symbol("z")) == nil)
  }

  @Test func hostileConstantsEndSoon() {
    let tower = Expression.exp(.exp(.exp(100)))
    #expect(ExactConstant.sign(of: tower - tower * Self.third) != -1)
    #expect(ExactConstant.decimal(of: tower, significantDigits: 5) == nil)
    let sum = Expression.finiteSum(
      1 / .symbol("k"), over: Symbol("k"), from: 1, to: Expression(Rational(10).power(12)!))
    #expect(ExactConstant.sign(of: sum) == nil)
    var shared = Expression.exp(1)
    for _ in 0..<60 { shared = .exp(shared / (1 + shared * shared)) }
    #expect(ExactConstant.sign(of: shared) == 1)
  }

  @Test func decimalsAreCorrectlyRounded() {
    #expect(ExactConstant.decimal(of: .pi, significantDigits: 20) == "3.1415926535897932385")
    #expect(ExactConstant.decimal(of: .rational(1, 24), significantDigits: 6) == "0.0416667")
    let density = Expression.exp(-1) / (6 * .pi)
    #expect(ExactConstant.decimal(of: density, significantDigits: 6) == "0.0195166")
    #expect(ExactConstant.decimal(of: Self.call(.sin, .pi), significantDigits: 6) == "0")
  }

  @Test func rationalValuesAreRecognised() {
    #expect(
      ExactConstant.rational(of: Self.call(.sin, .rational(1, 6) * .pi)) == Rational(1, over: 2))
    #expect(ExactConstant.rational(of: .log(.exp(2))) == 2)
    #expect(ExactConstant.rational(of: .pi) == nil)
  }

  @Test func ballsContainTheValues() {
    let z = Expression.symbol("z")
    let formula = Self.call(.sigmoid, 2 * z) + .cbrt(z) * .exp(-z)
    let ball = formula.ball(at: [Symbol("z"): Rational(-1, over: 8)], precision: 80)
    // σ(-1/4) - e^(1/8)/2, from an independent high-precision computation.
    #expect(
      abs(ball.midpointDouble - (1 / (1 + 1.2840254166877414) - 1.1331484530668263 / 2)) < 1e-15)
    #expect(!formula.ball(at: [:], precision: 80).isFinite)
    let absolute = Expression.piecewise([
      Branch(z, if: .compare(z, .greaterOrEqual, 0)), Branch(-z, if: .always),
    ])
    let wide = absolute.ball(
      over: [Symbol("z"): Ball(from: -1, to: 2, precision: 64)], precision: 64)
    #expect(wide.contains(2) && wide.contains(1) && wide.contains(0))
  }

  @Test func predicatesAtExactPoints() {
    let z = Symbol("z")
    let inside = Interval(.open(0), .closed(.pi)).membership(of: Expression(z))
    #expect(inside.holds(at: [z: 3]) == true)
    #expect(inside.holds(at: [z: .pi]) == true)
    #expect(inside.holds(at: [z: 4 * Self.call(.atan, 1)]) == true)
    #expect(inside.holds(at: [z: 0]) == false)
    #expect(inside.holds(at: [:]) == nil)
  }
}
