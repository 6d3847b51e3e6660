import Exact
import Symbolics
import Tensors

/// Records formulas as operations on tensors with one number a row, equal subexpressions once;
/// operations on constants are carried out at once.
struct FormulaCompiler {
  /// What is known outside of loops, or in the body of one.
  struct Scope {
    let trace: Trace
    var symbols: [Symbol: Tensor] = [:]
    var memo: [Expression: Tensor] = [:]
    /// The rounds that loops may still take at each row; negative once they were too many.
    var roundsLeft: Tensor
    /// 1 for the rows that take part in a round of the loop, 0 for the others; nil if all do.
    var isActive: Tensor?
    /// The number of loops around.
    var nesting = 0
  }

  static let depthLimit = 1000
  /// Larger constants are left to the arithmetic of `Double`.
  static let constantSizeLimit = 500
  static let operationLimit = 100_000
  /// The rounds that all loops together may take at one row.
  static let roundLimit = 1 << 20

  var scope: Scope
  var trace: Trace { scope.trace }

  /// A compiler of formulas in which only `inputs` occur free.
  private init(inputs: [Symbol]) {
    let trace = Trace()
    scope = Scope(trace: trace, roundsLeft: trace.constant(Double(Self.roundLimit)))
    for (number, input) in inputs.enumerated() {
      scope.symbols[input] = trace.input("\(number)", features: 1).reshaped([])
    }
  }

  /// The program for `formulas`, with one output a formula, in order, and a last one: the rounds
  /// left at each row, negative where finite sums have too many terms.
  static func program(_ formulas: [Expression], inputs: [Symbol]) throws(EvaluationError)
    -> Program
  {
    var compiler = FormulaCompiler(inputs: inputs)
    var outputs: [(name: String, tensor: Tensor)] = []
    for (number, formula) in formulas.enumerated() {
      guard formula.depth <= depthLimit else { throw .formulaTooLarge(limit: depthLimit) }
      outputs.append(("\(number)", try compiler.value(of: formula)))
    }
    return Program(
      compiler.trace, outputs: outputs + [("rounds left", compiler.scope.roundsLeft)])
  }

  /// The value of `expression`, computed at most once in each scope.
  mutating func value(of expression: Expression) throws(EvaluationError) -> Tensor {
    if let known = scope.memo[expression] { return known }
    let value = try compile(expression)
    guard trace.count <= Self.operationLimit else {
      throw .formulaTooLarge(limit: Self.operationLimit)
    }
    scope.memo[expression] = value
    return value
  }

  private mutating func compile(_ expression: Expression) throws(EvaluationError) -> Tensor {
    if let value = exactConstant(expression) { return trace.constant(value) }
    switch expression.form {
    case .rational(let value): return trace.constant(value.doubleValue)
    case .pi: return trace.constant(.pi)
    case .symbol(let symbol):
      guard let value = scope.symbols[symbol] else { throw .unboundSymbol(symbol) }
      return value
    case .sum(let terms): return try sum(terms)
    case .product(let factors): return try product(factors)
    case .power(let base, let exponent): return try power(base, exponent)
    case .call(let function, let arguments): return try call(function, arguments)
    case .piecewise(let branches): return try piecewise(branches)
    case .finiteSum(let sum): return try finiteSum(sum)
    }
  }

  /// The `Double` nearest to an expression without symbols, up to one unit in the last place.
  private func exactConstant(_ expression: Expression) -> Double? {
    guard expression.size <= Self.constantSizeLimit, expression.rationalValue == nil,
      expression.isConstant
    else { return nil }
    let ball = expression.ball(precision: 128)
    // The middle of the enclosure stands for the constant only when the enclosure is narrow.
    guard let radius = ball.radius, let middle = ball.midpoint,
      radius <= middle.magnitude * Rational(1, over: 1 << 62)
    else { return nil }
    return ball.midpointDouble
  }
}
