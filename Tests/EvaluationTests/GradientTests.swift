import Exact
import Symbolics
import Testing

@testable import Evaluation
@testable import Tensors

/// Formulas as parts of programs that gradients go through.
@Suite("Gradients of formulas")
struct GradientTests {
  private let x = Expression.symbol("x")
  private let y = Expression.symbol("y")
  private let symbols = [Symbol("x"), Symbol("y")]

  /// f, ∂f/∂x and ∂f/∂y at each point (x, y).
  private func results(
    _ formula: Expression, _ points: [[Double]], _ precision: Precision = .double
  ) throws -> [[Double]] {
    let trace = Trace()
    let names = ["x", "y"]
    let inputs = names.map { trace.input($0, features: 1).reshaped([]) }
    var compiler = FormulaCompiler(
      Dictionary(uniqueKeysWithValues: zip(symbols, inputs)), in: trace)
    let value = try compiler.value(of: formula).spread(like: inputs[0])
    let program = Program(trace, outputs: [("f", value)])
      .differentiated("f", withRespectTo: names)
    let executor = Executor(
      CompiledProgram(program, precision: precision), pool: WorkerPool(count: 1))
    let columns = (0..<2).map { column in points.map { $0[column] } }
    return executor.values(rows: points.count, inputs: columns).outputs
  }

  private func branches(_ first: Expression, if condition: Predicate, else second: Expression)
    -> Expression
  { .piecewise([Branch(first, if: condition), Branch(second, if: .always)]) }

  /// In the branches that are not taken there are logarithms of negative numbers, poles, infinite
  /// slopes and overflow.
  @Test("do not see branches that are not taken", arguments: Precision.allCases)
  func branches(precision: Precision) throws {
    let isPositive = Predicate.compare(x, .greater, 0)
    let cases: [(Expression, [Double], Double)] = [
      (branches(.log(x), if: isPositive, else: 2 * x), [-3, 0], 2),
      (branches(.log(x), if: isPositive, else: 2 * x), [4, 0], 0.25),
      (branches(1 / x, if: isPositive, else: 2 * x), [0, 0], 2),
      (branches(x.squareRoot, if: isPositive, else: x), [0, 0], 1),
      (branches(3 * x, if: isPositive, else: .exp(x.power(2))), [1000, 0], 3),
      (branches(.exp(x) - .log(-x), if: .not(isPositive), else: y), [2, 5], 0),
      (.call(.max, [x, .log(y)]), [-3, 0], 1),
      (.call(.min, [.log(x), .log(y)]), [2, 3], 0.5),
      (.log(.call(.cosh, [x])), [1000, 0], 1),
      // A condition on one branch is nested in another.
      (
        branches(
          branches(.log(x - 1), if: .compare(x, .greater, 1), else: 5 * x), if: isPositive,
          else: 1 / x), [0.5, 0], 5
      ),
    ]
    for (formula, point, expected) in cases {
      let found = try results(formula, [point], precision)
      #expect(found[1][0] == expected, "\(formula) at \(point): \(found)")
      #expect(found[2][0].isFinite, "\(formula) at \(point): \(found)")
    }
  }

  @Test("have their symbolic values, and values are those of rows")
  func derivatives() throws {
    let k = Symbol("k")
    let formulas: [Expression] = [
      .exp(x) * y.power(3) - x / y, .call(.sigmoid, [x * y]) + .log(1 + .exp(x)),
      .call(.realRoot(5), [x]) * .cbrt(y), .power(y, x), .power(y, .rational(7, 3)),
      .call(.atan2, [x, y]) + .call(.asinh, [x]), .abs(x) * .call(.norminv, [.rational(1, 3) * y]),
      .log(.call(.cosh, [x])), .call(.logit, [.rational(1, 3) * y]),
      .finiteSum(.call(.sin, [Expression(k) * x]), over: k, from: 2, to: 5),
      .call(.max, [x, y, x * y]) + .call(.min, [x, 1]),
      branches(x.power(2), if: .compare(x, .less, y), else: 1 / x),
    ]
    let points = [[0.3, 0.7], [-1.2, 0.4], [2.1, 1.9], [-0.4, 2.5]]
    let columns = (0..<2).map { column in points.map { $0[column] } }
    for formula in formulas {
      let found = try results(formula, points)
      let expected = try CompiledFormulas(
        [formula, formula.derivative(by: symbols[0]), formula.derivative(by: symbols[1])],
        inputs: symbols
      ).values(columns: columns)
      for (a, b) in zip(found.joined(), expected.joined()) {
        #expect((a - b).magnitude <= 64 * max(1, b.magnitude).ulp, "\(formula): \(a), \(b)")
      }
    }
  }

  @Test("at poles are infinite values, not undefined ones")
  func poles() throws {
    #expect(try results(.log(x), [[0, 0]])[0] == [-.infinity])
    #expect(try results(.call(.logit, [x]), [[0, 0], [1, 0]])[0] == [-.infinity, .infinity])
    #expect(try results(.call(.norminv, [x]), [[1, 0]])[0] == [.infinity])
    #expect(try results(1 / x, [[0, 0], [-0.0, 0]])[0] == [.infinity, -.infinity])
  }

  @Test("of sums need bounds that are numbers")
  func sums() throws {
    let k = Symbol("k")
    let sum = Expression.finiteSum(.call(.sin, [Expression(k) * x]), over: k, from: 1, to: y)
    #expect(throws: EvaluationError.boundsNotConstant(k)) { try results(sum, [[1, 2]]) }
    let endless = Expression.finiteSum(
      .call(.sin, [Expression(k) * x]), over: k, from: 1, to: Expression(Rational(1 << 40)))
    #expect(throws: EvaluationError.formulaTooLarge(limit: 100_000)) {
      try results(endless, [[1, 2]])
    }
  }
}
