import Exact
import Symbolics
import Synchronization
import Testing

@testable import Evaluation
@testable import Tensors

@Suite("Compiled formulas")
struct CompiledFormulasTests {
  let x = Expression.symbol("x")
  let y = Expression.symbol("y")
  let inputs = [Symbol("x"), Symbol("y")]

  func value(_ formula: Expression, _ x: Double, _ y: Double = 0) throws -> Double {
    try CompiledFormulas([formula], inputs: inputs).values(at: [x, y])[0]
  }

  @Test(arguments: [0, 1, 2, 255, 256, 257, 4095, 4096, 4097, 9000])
  func everyRowOfEveryBlockIsComputed(rows: Int) throws {
    let formulas = try CompiledFormulas([x * x + 3 * y, x - y], inputs: inputs)
    let xs = (0..<rows).map { Double($0) - 100 }
    let ys = (0..<rows).map { Double($0 * $0 % 17) }
    let values = try formulas.values(columns: [xs, ys])
    #expect(values[0] == zip(xs, ys).map { $0 * $0 + 3 * $1 })
    #expect(values[1] == zip(xs, ys).map { $0 - $1 })
  }

  @Test func threadsShareFormulas() throws {
    let formulas = try CompiledFormulas([.exp(x) * y, .rational(2), y], inputs: inputs)
    let columns = [(0..<5000).map { Double($0) / 1000 }, (0..<5000).map { Double($0 % 7) }]
    let alone = try formulas.values(columns: columns)
    // Calls of many rows and of few take turns in the memory of one run.
    #expect(try formulas.values(at: [0, 3]) == [3, 2, 3])
    let differences = Atomic<Int>(0)
    WorkerPool(count: 4).run { worker in
      for round in 0..<20 {
        let rows = round % 2 == 0 ? 5000 - worker : 1 + worker
        let values = try? formulas.values(columns: columns, rows: rows)
        if values != alone.map({ Array($0.prefix(rows)) }) {
          differences.add(1, ordering: .relaxed)
        }
      }
    }
    #expect(differences.load(ordering: .relaxed) == 0)
    #expect(try formulas.values(columns: columns) == alone)
  }

  @Test func commonSubexpressionsAreComputedOnce() throws {
    let e = Expression.exp(x + y)
    let formulas = try CompiledFormulas([e + x, .call(.sin, [e]), 2 * e], inputs: inputs)
    let exponentials = formulas.operations.filter { $0 == .unary(.exponential) }
    #expect(exponentials.count == 1)
  }

  @Test func constantsAreFolded() throws {
    let root = (2 * Expression.pi).squareRoot
    let formulas = try CompiledFormulas([x * root], inputs: inputs)
    #expect(formulas.operations == [.binary(.multiply)])
    #expect(try value(x * root, 3) == 3 * 2.506_628_274_631_000_5)
    // The sum of constants that cancel to 1e-8 is right to the last digit.
    let difference = Expression.log(100_000_001) - .log(100_000_000)
    #expect(try value(difference, 0) == 9.999_999_950_000_000_3e-9)
  }

  @Test func memoryIsUsedAgain() throws {
    var formula = x
    for k in 1...40 { formula = .call(.sin, [formula + Expression(Rational(k)) * y]) }
    let formulas = try CompiledFormulas([formula], inputs: inputs)
    #expect(formulas.program.plan.tileFeatures <= 6)
  }

  @Test func undefinedIsNaN() throws {
    #expect(try value(.log(x), 0).isNaN)
    #expect(try value(.log(x), -1).isNaN)
    #expect(try value(1 / x, 0).isNaN)
    #expect(try value(x.power(-2), 0).isNaN)
    #expect(try value(x.squareRoot, -1).isNaN)
    #expect(try value(.power(x, .rational(1, 3)), -8).isNaN)
    #expect(try value(.call(.logit, [x]), 1).isNaN)
    #expect(try value(.call(.mod, [x, y]), 3, -2).isNaN)
    #expect(try value(.call(.atan2, [x, y]), 0, 0).isNaN)
    #expect(try value(.call(.lambertw(branch: -1), [x]), 0.5).isNaN)
    #expect(try value(.call(.max, [x, .log(y)]), 1, -1).isNaN)
  }

  @Test func polesAreUndefined() throws {
    for (function, pole) in [
      (Function.log, 0.0), (.log1p, -1), (.atanh, 1), (.atanh, -1), (.erfinv, 1), (.erfinv, -1),
      (.norminv, 0), (.norminv, 1), (.logit, 0), (.logit, 1),
    ] {
      #expect(try value(.call(function, [x]), pole).isNaN, "\(function)(\(pole))")
    }
    // An infinity on the way would disappear again.
    #expect(try value(.exp(-x.power(-2)), 0).isNaN)
    #expect(try value(1 / (1 + 1 / x), 0).isNaN)
    #expect(try value(.power(x, y), 0, -2).isNaN)
    #expect(try value(.power(x, y), 0, 2) == 0)
    #expect(try value(.power(x, y), -2, 3) == -8)
    #expect(try value(x.power(65), 2) == 0x1p65)
    #expect(try value(.call(.atan2, [x, y]), -0.0, -1) == .pi)
  }

  @Test func powersAtTheEndsOfTheRange() throws {
    let third = Expression.power(x, .rational(1, 3))
    #expect(try value(third, 0) == 0)
    #expect(try value(third, .infinity) == .infinity)
    #expect((try value(third, 0x1p-1074) - 0x1p-358).magnitude <= 0x1p-410)
    #expect(try value(.call(.realRoot(5), [x]), -32) == -2)
    #expect(try value(.call(.realRoot(5), [x]), 0) == 0)
    // This exponent is no integer, though its Double is.
    let nearTwo = Expression(2 + Rational(1, over: 1 << 62))
    #expect(try value(.power(x, nearTwo), -3).isNaN)
    #expect(try value(.power(x, nearTwo), 3) == 9)
  }

  @Test func piecewiseSelectsWithoutTouchingOtherBranches() throws {
    let formula = Expression.piecewise([
      Branch(.log(x), if: .compare(x, .greater, 1)),
      Branch(x - 1, if: .all([.compare(x, .greater, 0), .compare(.log(x), .greater, -50)])),
    ])
    #expect(try value(formula, 0.5) == -0.5)
    #expect(try value(formula, 1) == 0)
    #expect(try value(formula, 2) == 0.6931471805599453)
    #expect(try value(formula, -3).isNaN)
  }

  @Test func truthOfUndefinedComparisonsIsUnknown() throws {
    let undefined = Predicate.compare(.log(x), .greater, 0)
    let both = Expression.piecewise([
      Branch(1, if: .any([undefined, .compare(x, .less, 0)])), Branch(2, if: .always),
    ])
    #expect(try value(both, -1) == 1)
    let negated = Expression.piecewise([Branch(1, if: .not(undefined)), Branch(2, if: .always)])
    #expect(try value(negated, -1).isNaN)
    #expect(try value(negated, 0.5) == 1)
  }

  @Test func sumsWithSymbolicBoundsLoop() throws {
    let (k, j) = (Symbol("k"), Symbol("j"))
    let inner = Expression.finiteSum(
      Expression(j) * .exp(Expression(j) * Expression(k) * x), over: j, from: 1, to: Expression(k))
    let sum = Expression.finiteSum(
      .call(.sin, [Expression(k) * x]) + inner, over: k, from: 1, to: y)
    let formulas = try CompiledFormulas([sum, x + sum], inputs: inputs)
    let xs = [0.1, 0.2, -0.3, 0.4, 0.5]
    let ys = [0.0, 1, 5, 3, 2.5]
    let values = try formulas.values(columns: [xs, ys])
    for row in 0..<4 {
      var expected = 0.0
      for k in 0..<Int(ys[row]) {
        let k = Double(k + 1)
        expected += Elementary.sin(k * xs[row])
        for j in 1...Int(k) { expected += Double(j) * Elementary.exp(Double(j) * k * xs[row]) }
      }
      #expect(abs(values[0][row] - expected) <= 1e-14 * (1 + abs(expected)))
      #expect(values[1][row] == xs[row] + values[0][row])
    }
    #expect(values[0][4].isNaN)
  }

  @Test func endlessSumsAreRefused() throws {
    let k = Symbol("k")
    let sum = Expression.finiteSum(.call(.sin, [Expression(k)]), over: k, from: 1, to: y)
    #expect(throws: EvaluationError.tooManyTerms(limit: 1 << 20)) { try value(sum, 0, 1e12) }
    #expect(throws: EvaluationError.tooManyTerms(limit: 1 << 20)) { try value(sum, 0, .infinity) }
  }

  @Test func allSumsOfARowShareTheLimit() throws {
    let (k, j) = (Symbol("k"), Symbol("j"))
    let short = Expression.finiteSum(.call(.sin, [x * Expression(k)]), over: k, from: 1, to: y)
    #expect(try value(short, 0, 40) == 0)
    // 2²⁰ - 16 terms are not too many, and 40 more are.
    let long = Expression.finiteSum(.exp(Expression(k)), over: k, from: 1, to: 26_214 * y)
    #expect(throws: EvaluationError.tooManyTerms(limit: 1 << 20)) { try value(short * long, 0, 40) }
    let inner = Expression.finiteSum(
      .call(.sin, [x * Expression(j)]), over: j, from: 1, to: .power(10, 4 * Expression(k)))
    let nested = Expression.finiteSum(inner, over: k, from: 1, to: y)
    #expect(try value(nested, 0, 1) == 0)
    #expect(throws: EvaluationError.tooManyTerms(limit: 1 << 20)) { try value(nested, 0, 2) }
  }

  /// A row that is done does not go on counting while others do.
  @Test func rowsThatAreDoneTakeNoRounds() throws {
    let (k, j) = (Symbol("k"), Symbol("j"))
    let inner = Expression.finiteSum(
      .call(.cos, [x * Expression(j)]), over: j, from: 1, to: .power(10, Expression(k) * x))
    let sum = Expression.finiteSum(inner, over: k, from: 1, to: y)
    let values = try CompiledFormulas([sum], inputs: inputs).values(columns: [[0, 2], [40, 1]])
    let cosines = (1...100).reduce(0) { $0 + Elementary.cos(2 * Double($1)) }
    #expect(values[0][0] == 40)
    #expect((values[0][1] - cosines).magnitude <= 1e-13)
  }

  @Test func sumsWithBoundsFarApartLoop() throws {
    let k = Symbol("k")
    let sum = Expression.finiteSum(1 / (Expression(k) + x), over: k, from: 1, to: 5000)
    let (xs, rows) = ([0.0, 0.5, 3], 3)
    let values = try CompiledFormulas([sum, sum - sum], inputs: inputs)
      .values(columns: [xs, [0, 0, 0]])[0]
    for row in 0..<rows {
      let point = [Symbol("x"): Rational(exactly: xs[row])!]
      let expected = sum.ball(at: point, precision: 100).midpointDouble
      #expect((values[row] - expected).magnitude <= 2 * expected.ulp)
    }
  }

  /// A sum that does not depend on the index is computed once, and counts once.
  @Test func sumsMoveOutOfOtherSums() throws {
    let (k, j) = (Symbol("k"), Symbol("j"))
    let inner = Expression.finiteSum(1 / (Expression(j) + x), over: j, from: 1, to: 5000)
    let sum = Expression.finiteSum(Expression(k) * .exp(inner), over: k, from: 1, to: y)
    let (harmonic, total) = (try value(inner, 0), try value(sum, 0, 1000))
    let expected = 500_500 * Elementary.exp(harmonic)
    #expect((total - expected).magnitude <= 8 * expected.ulp)
  }

  @Test func bodiesThatShareMuchAreCompiled() throws {
    let k = Symbol("k")
    var body = Expression(k) * x
    for _ in 0..<60 { body = .call(.sin, [body]) + .call(.cos, [body]) }
    let sum = Expression.finiteSum(body, over: k, from: 1, to: y)
    #expect(try value(sum, 0.5, 3).magnitude <= 3 * 2.0.squareRoot())
  }

  @Test func whatNoInputChangesIsTheSameInEveryRow() throws {
    let formulas = try CompiledFormulas([Expression.pi, .log(-1), x], inputs: inputs)
    let values = try formulas.values(columns: [[1, 2, 3], [0, 0, 0]])
    #expect(values[0] == [.pi, .pi, .pi])
    #expect(values[1].allSatisfy { $0.isNaN })
    #expect(try CompiledFormulas([.pi], inputs: []).values(columns: [], rows: 2) == [[.pi, .pi]])
  }

  @Test func unboundSymbolsAreNamed() {
    #expect(throws: EvaluationError.unboundSymbol(Symbol("K"))) {
      try CompiledFormulas([x + .symbol("K")], inputs: inputs)
    }
  }

  @Test func nothingOverflowsNeedlessly() throws {
    let logistic = 1 / (1 + Expression.exp(-x))
    #expect(try value(logistic, -800) == 0)
    #expect(try value(logistic, 800) == 1)
    // The logistic density e^(-x)/(1 + e^(-x))².
    let density = Expression.exp(-x) * (1 + .exp(-x)).power(-2)
    #expect(try value(density, -700) == Elementary.exp(-700))
    #expect(try value(density, 700) == Elementary.exp(-700))
    #expect(try value(.log(1 + .exp(x)), 1000) == 1000)
    #expect(try value(.log(.call(.cosh, [x])), -1000) == 1000 - 0.6931471805599453)
    #expect(try value(.log(.call(.sigmoid, [x])), -1000) == -1000)
    #expect(try value(.exp(x) - 1, 1e-20) == 1e-20)
    #expect(try value(.log(1 + x), 1e-20) == 1e-20)
    #expect(try value(3 - 3 * .call(.normcdf, [x]), 30) > 0)
    #expect(try value(1 - .call(.erf, [x]), 20) > 0)
  }
}

extension CompiledFormulas {
  /// The operations that compute something.
  var operations: [Tensors.Operation] {
    program.program.nodes.map(\.operation).filter { operation in
      switch operation {
      case .input, .constant, .gather: false
      default: true
      }
    }
  }
}
