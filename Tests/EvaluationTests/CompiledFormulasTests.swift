import Tensors
import Exact
import Symbolics
import Testing

@testable import Evaluation

@Suite("Compiled formulas")
struct CompiledFormulasTests {
  let x = Expression.symbol("x")
  let y = Expression.symbol("y")
  let inputs = [Symbol("x"), Symbol("y")]

  func value(_ formula: Expression, _ x: Double, _ y: Double = 0) throws -> Double {
    try CompiledFormulas([formula], inputs: inputs).values(at: [x, y])[0]
  }

  @Test(arguments: [1, 2, 255, 256, 257, 511, 512, 513, 600])
  func everyRowOfEveryBlockIsComputed(rows: Int) throws {
    let formulas = try CompiledFormulas([x * x + 3 * y, x - y], inputs: inputs)
    let xs = (0..<rows).map { Double($0) - 100 }
    let ys = (0..<rows).map { Double($0 * $0 % 17) }
    let values = try formulas.values(columns: [xs, ys])
    #expect(values[0] == zip(xs, ys).map { $0 * $0 + 3 * $1 })
    #expect(values[1] == zip(xs, ys).map { $0 - $1 })
  }

  @Test func commonSubexpressionsAreComputedOnce() throws {
    let e = Expression.exp(x + y)
    let formulas = try CompiledFormulas([e + x, .call(.sin, [e]), 2 * e], inputs: inputs)
    let exponentials = formulas.program.instructions.filter {
      $0.operation.isCall(of: .exp)
    }
    #expect(exponentials.count == 1)
  }

  @Test func constantsAreFolded() throws {
    let root = (2 * Expression.pi).squareRoot
    let formulas = try CompiledFormulas([x * root], inputs: inputs)
    #expect(formulas.program.instructions.count == 2)
    #expect(try value(x * root, 3) == 3 * 2.506_628_274_631_000_5)
    // The sum of constants that cancel to 1e-8 is right to the last digit.
    let difference = Expression.log(100_000_001) - .log(100_000_000)
    #expect(try value(difference, 0) == 9.999_999_950_000_000_3e-9)
  }

  @Test func registersAreUsedAgain() throws {
    var formula = x
    for k in 1...40 { formula = .call(.sin, [formula + Expression(Rational(k)) * y]) }
    let formulas = try CompiledFormulas([formula], inputs: inputs)
    #expect(formulas.program.registerCount <= 6)
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

extension Evaluation.Operation {
  func isCall(of function: Function) -> Bool {
    if case .unary(.function(function), _) = self { true } else { false }
  }
}
