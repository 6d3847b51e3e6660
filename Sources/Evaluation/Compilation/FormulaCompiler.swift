import Exact
package import Symbolics
package import Tensors

/// Records formulas as operations on tensors with one number a row, equal subexpressions once;
/// operations on constants are carried out at once.
package struct FormulaCompiler {
  /// What the operations are for.
  enum Purpose {
    /// Values: undefined at poles, sums of any length.
    case values
    /// Values and gradients in a larger program: at poles of functions their limits, which may be
    /// infinite; no gradient from branches that are not taken, be they undefined; sums written out.
    case gradients
  }

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

  let purpose: Purpose
  var scope: Scope
  var trace: Trace { scope.trace }
  /// What functions and quotients are at poles.
  var poles: PoleValue { purpose == .values ? .undefined : .limits }

  private init(in trace: Trace, for purpose: Purpose) {
    self.purpose = purpose
    scope = Scope(trace: trace, roundsLeft: trace.constant(Double(Self.roundLimit)))
  }

  /// A compiler of formulas in which only `inputs` occur free.
  private init(inputs: [Symbol]) {
    self.init(in: Trace(), for: .values)
    for (number, input) in inputs.enumerated() {
      scope.symbols[input] = trace.input("\(number)", features: 1).reshaped([])
    }
  }

  /// A compiler for a part of a program that gradients go through.
  ///
  /// - Parameters:
  ///   - symbols: what may occur free in formulas, one number a row or for all rows.
  ///   - trace: where operations are recorded.
  package init(_ symbols: [Symbol: Tensor], in trace: Trace) {
    self.init(in: trace, for: .gradients)
    scope.symbols = symbols
  }

  /// Gives a further symbol its value.
  ///
  /// - Parameters:
  ///   - symbol: one that no formula has contained so far.
  ///   - value: one number a row or for all rows.
  package mutating func define(_ symbol: Symbol, as value: Tensor) { scope.symbols[symbol] = value }

  /// 1 where `predicate` holds, else 0.
  package mutating func indicator(of predicate: Predicate) throws(EvaluationError) -> Tensor {
    try truth(of: predicate).isTrue
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

  /// The value of `expression`, computed at most once in each scope: a number a row, or one for all.
  package mutating func value(of expression: Expression) throws(EvaluationError) -> Tensor {
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
