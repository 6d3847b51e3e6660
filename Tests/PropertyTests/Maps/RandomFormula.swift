import Exact
import Symbolics

/// A formula twice: as an expression, and as an evaluation in balls, operation by operation as it was
/// drawn, by nothing that rewrites it.
struct RandomFormula: Sendable {
  typealias Point = [Symbol: Rational]
  static let precision = 320
  /// x ∈ R, y > 0 and n an integer ≥ 1.
  static let (x, y, n) = (Symbol("x"), Symbol("y"), Symbol("n"))
  static let assumptions = Assumptions()
    .adding(y, in: .positive)
    .adding(n, in: Interval(.closed(1), .plusInfinity), isInteger: true)

  let expression: Expression
  /// An enclosure of the value, indeterminate where the formula is not certainly defined.
  let ball: @Sendable (Point) -> Ball

  static func constant(_ value: Rational) -> RandomFormula {
    RandomFormula(expression: Expression(value)) { _ in Ball(value, precision: precision) }
  }

  static func symbol(_ symbol: Symbol) -> RandomFormula {
    RandomFormula(expression: Expression(symbol)) { point in
      point[symbol].map { Ball($0, precision: precision) } ?? .indeterminate
    }
  }

  /// A point that the assumptions admit.
  static func point(using draw: inout SplitMix64) -> Point {
    [
      x: draw.dyadic(from: -3, to: 3), y: draw.dyadic(from: 0, to: 3) + Rational(1, over: 64),
      n: Rational(draw.integer(in: 1...4)),
    ]
  }
}

extension RandomFormula {
  static func + (a: Self, b: Self) -> Self {
    Self(expression: a.expression + b.expression) {
      a.ball($0).adding(b.ball($0), precision: precision)
    }
  }

  static func - (a: Self, b: Self) -> Self {
    Self(expression: a.expression - b.expression) {
      a.ball($0).subtracting(b.ball($0), precision: precision)
    }
  }

  static func * (a: Self, b: Self) -> Self {
    Self(expression: a.expression * b.expression) {
      a.ball($0).multiplied(by: b.ball($0), precision: precision)
    }
  }

  static func / (a: Self, b: Self) -> Self {
    Self(expression: a.expression / b.expression) { point in
      let divisor = b.ball(point)
      guard let sign = divisor.certifiedSign, sign != 0 else { return .indeterminate }
      return a.ball(point).divided(by: divisor, precision: precision)
    }
  }

  /// self^exponent for a rational exponent.
  func power(_ exponent: Rational) -> Self {
    Self(expression: .power(expression, Expression(exponent))) { [ball] point in
      let base = ball(point)
      return exponent.sign < 0 && (base.certifiedSign ?? 0) == 0
        ? .indeterminate : base.power(exponent, precision: Self.precision)
    }
  }

  /// self^n
  var powerOfCount: Self {
    Self(expression: .power(expression, Expression(Self.n))) { [ball] point in
      ball(point).power(point[Self.n]!.asInt!, precision: Self.precision)
    }
  }

  /// sum(k in 1..n, self·k)
  var sumOverCount: Self {
    let k = Symbol("k")
    return Self(
      expression: .finiteSum(
        expression * Expression(k), over: k, from: 1, to: Expression(Self.n))
    ) { [ball] point in
      let value = ball(point)
      return (1...point[Self.n]!.asInt!).reduce(Ball(.zero, precision: Self.precision)) {
        $0.adding(
          value.multiplied(
            by: Ball(Rational($1), precision: Self.precision), precision: Self.precision),
          precision: Self.precision)
      }
    }
  }

  /// self where left < right, and other elsewhere.
  func otherwise(_ other: Self, unless left: Self, isLessThan right: Self) -> Self {
    let condition = Predicate.compare(left.expression, .less, right.expression)
    return Self(
      expression: .piecewise([
        Branch(expression, if: condition), Branch(other.expression, if: .always),
      ])
    ) { [ball] point in
      let (a, b) = (left.ball(point), right.ball(point))
      guard a.isFinite, b.isFinite else { return .indeterminate }
      if a.certainlyLess(than: b) { return ball(point) }
      return b.certainlyAtMost(a) ? other.ball(point) : .indeterminate
    }
  }

  static func call(_ function: Function, _ arguments: [Self]) -> Self {
    Self(expression: .call(function, arguments.map(\.expression))) { point in
      BallFunction.value(function, arguments.map { $0.ball(point) }, precision: precision)
    }
  }
}

extension RandomFormula {
  /// Every function of one argument.
  private static let functions =
    Function.unary + [.realRoot(5), .lambertw(branch: 0), .lambertw(branch: -1)]

  /// A formula with up to `depth` nested operations.
  static func random(depth: Int, using draw: inout SplitMix64) -> RandomFormula {
    if depth == 0 || draw.flip(0.1) {
      return draw.flip(0.3) ? .constant(draw.coefficient()) : .symbol(draw.pick([x, x, y, y, n]))
    }
    func inner() -> RandomFormula { random(depth: depth - 1, using: &draw) }
    switch draw.integer(in: 0...15) {
    case 0, 1: return inner() + inner()
    case 2: return inner() - inner()
    case 3, 4: return inner() * inner()
    case 5:
      let divisor = inner()
      return divisor.expression.isZero ? divisor : inner() / divisor
    case 6:
      let base = inner()
      let exponents = [2, 3, 4, -1, -2].map { Rational($0) }
      return base.expression.isZero ? base : base.power(draw.pick(exponents))
    case 7:
      return inner().power(draw.pick([1, 3, 5].map { Rational($0, over: draw.pick([2, 4])) }))
    case 8: return inner().powerOfCount
    case 9: return inner().otherwise(inner(), unless: inner(), isLessThan: inner())
    case 10: return .call(draw.pick([.max, .min, .atan2]), [inner(), inner()])
    case 11: return .call(.mod, [inner(), .constant(draw.positive())])
    case 12: return inner().sumOverCount
    default: return .call(draw.pick(functions), [inner()])
    }
  }
}
