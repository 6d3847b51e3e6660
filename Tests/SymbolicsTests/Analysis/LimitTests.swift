import Exact
import Testing

@testable import Symbolics

@Suite("Limits")
struct LimitTests {
  static let z = Expression.symbol("z")
  static let a = Expression.symbol("a")
  static func call(_ function: Function, _ u: Expression) -> Expression { .call(function, [u]) }
  static let half = Expression.rational(1, 2)

  struct Case: Sendable, CustomStringConvertible {
    let u: Expression
    let point: LimitPoint
    let limit: Limit
    init(_ u: Expression, _ point: LimitPoint, _ limit: Limit) {
      (self.u, self.point, self.limit) = (u, point, limit)
    }
    var description: String { "\(u) \(point)" }
  }

  static let cases: [Case] = [
    Case(z, .plusInfinity, .plusInfinity),
    Case(z.power(3) - 100 * z.power(2), .minusInfinity, .minusInfinity),
    Case(call(.sigmoid, z), .plusInfinity, .finite(1, approached: .fromBelow)),
    Case(call(.sigmoid, z), .minusInfinity, .finite(0, approached: .fromAbove)),
    Case(z - call(.tanh, z), .plusInfinity, .plusInfinity),
    Case(z * .exp(-z), .plusInfinity, .finite(0, approached: .fromAbove)),
    Case(z * .exp(z), .minusInfinity, .finite(0, approached: .fromBelow)),
    Case(.exp(z) - .exp(2 * z), .plusInfinity, .minusInfinity),
    Case(.log(z), .above(0), .minusInfinity),
    Case(z * .log(z), .above(0), .finite(0, approached: .fromBelow)),
    Case(1 / z, .above(0), .plusInfinity),
    Case(1 / z, .below(0), .minusInfinity),
    Case(z - 1 / z, .above(0), .minusInfinity),
    Case(call(.tan, z), .below(half * .pi), .plusInfinity),
    Case(call(.tan, z), .above(-half * .pi), .minusInfinity),
    Case(call(.sin, z) / z, .above(0), .finite(1, approached: .fromBelow)),
    Case((1 - call(.cos, z)) / z.power(2), .below(0), .finite(half, approached: .fromBelow)),
    Case((z.power(2) + z).squareRoot - z, .plusInfinity, .finite(half, approached: .fromBelow)),
    Case(z + (z.power(2) + 1).squareRoot, .minusInfinity, .finite(0, approached: .fromAbove)),
    Case(call(.atan, z), .minusInfinity, .finite(-half * .pi, approached: .fromAbove)),
    Case(call(.erf, z), .plusInfinity, .finite(1, approached: .fromBelow)),
    Case(call(.normcdf, z), .minusInfinity, .finite(0, approached: .fromAbove)),
    Case(call(.norminv, z), .above(0), .minusInfinity),
    Case(call(.logit, z), .below(1), .plusInfinity),
    Case(call(.asinh, z), .minusInfinity, .minusInfinity),
    Case(call(.softplus, z), .minusInfinity, .finite(0, approached: .fromAbove)),
    Case(call(.softplus, z) - z, .plusInfinity, .finite(0, approached: .fromAbove)),
    Case(z / (1 + .abs(z)), .minusInfinity, .finite(-1, approached: .fromAbove)),
    Case(z + call(.sin, z), .plusInfinity, .plusInfinity),
    Case(z + half * call(.sin, z.power(2)), .minusInfinity, .minusInfinity),
    Case(.cbrt(z), .minusInfinity, .minusInfinity),
    Case(.exp(.exp(z)) / .exp(z.power(2)), .plusInfinity, .plusInfinity),
    Case(.log(1 + .exp(2 * z)) / z, .plusInfinity, .finite(2, approached: .fromAbove)),
    Case(.power(1 + 1 / z, z), .plusInfinity, .finite(.e, approached: .fromBelow)),
    Case(.call(.max, [z, 1 - z]), .minusInfinity, .plusInfinity),
    Case(call(.sin, z), .plusInfinity, .unknown),
    Case(z * call(.sin, z), .plusInfinity, .unknown),
    Case(a * z, .plusInfinity, .unknown),
    Case(.exp(a * z), .plusInfinity, .unknown),
    Case(a / z, .plusInfinity, .finite(0, approached: .unknown)),
    Case(
      .piecewise([Branch(z, if: .compare(z, .less, 0)), Branch(z / 2, if: .always)]),
      .plusInfinity, .plusInfinity),
    Case(
      .piecewise([Branch(z - 3, if: .compare(z, .less, 0)), Branch(z / 2, if: .always)]),
      .below(0), .finite(-3, approached: .fromBelow)),
    Case(call(.acosh, z), .above(1), .finite(0, approached: .fromAbove)),
  ]

  @Test(arguments: cases)
  func limitIsFound(item: Case) {
    #expect(limit(of: item.u, as: Symbol("z"), to: item.point) == item.limit)
  }

  @Test func parametersOfKnownSign() {
    let positive = Assumptions().adding(Symbol("a"), in: .positive)
    let z = Symbol("z")
    #expect(limit(of: Self.a * Self.z, as: z, to: .plusInfinity, under: positive) == .plusInfinity)
    #expect(
      limit(of: .exp(-Self.a * Self.z), as: z, to: .plusInfinity, under: positive)
        == .finite(0, approached: .fromAbove))
    #expect(
      limit(of: .power(Self.z, Self.a), as: z, to: .above(0), under: positive)
        == .finite(0, approached: .fromAbove))
    #expect(
      limit(
        of: .exp(Self.z) - .exp((1 + Self.a) * Self.z), as: z, to: .plusInfinity, under: positive)
        == .minusInfinity)
  }

  @Test func symbolicSums() {
    let k = Expression.symbol("k")
    let sum = Expression.finiteSum(
      Self.call(.sigmoid, k * Self.z), over: Symbol("k"), from: 1, to: .symbol("K"))
    let parameters = Assumptions(parameters: [
      Parameter(Symbol("K"), in: Interval(.closed(1), .plusInfinity), isInteger: true)
    ])
    let z = Symbol("z")
    #expect(
      limit(of: sum, as: z, to: .plusInfinity, under: parameters)
        == .finite(.symbol("K"), approached: .fromBelow))
    #expect(
      limit(of: sum, as: z, to: .minusInfinity, under: parameters)
        == .finite(0, approached: .fromAbove))
    #expect(limit(of: sum + Self.z, as: z, to: .plusInfinity, under: parameters) == .plusInfinity)
  }
}
