import Exact
import Symbolics

/// Turns formulas into the instructions of a ``RegisterProgram``, equal subexpressions computed once
/// and operations on constants done beforehand.
struct FormulaCompiler {
  /// The instructions outside of loops, or in the body of one.
  private struct Scope {
    var instructions: [Instruction] = []
    var numbering: [Operation: Int] = [:]
    var memo: [Expression: Int] = [:]
  }

  static let depthLimit = 1000
  /// Larger constants are left to the arithmetic of `Double`.
  static let constantSizeLimit = 500
  static let instructionLimit = 100_000

  private var scopes = [Scope()]
  private var indices: [Symbol: Int] = [:]
  /// For each value, how many loops it is inside of.
  private var depths: [Int]
  private(set) var constants: [Int: Double] = [:]
  private let inputCount: Int

  init(inputs: [Symbol]) {
    inputCount = inputs.count
    depths = inputs.map { _ in 0 }
    for (number, input) in inputs.enumerated() { indices[input] = number }
  }

  /// The program for `formulas`, in order.
  static func program(_ formulas: [Expression], inputs: [Symbol]) throws(EvaluationError)
    -> RegisterProgram
  {
    var compiler = FormulaCompiler(inputs: inputs)
    var outputs: [Int] = []
    for formula in formulas {
      guard formula.depth <= depthLimit else { throw .formulaTooLarge(limit: depthLimit) }
      outputs.append(try compiler.value(of: formula))
    }
    var plan = RegisterPlan(inputCount: inputs.count)
    let live = compiler.scopes[0].instructions.reachable(from: outputs)
    let planned = plan.assign(live, outputs: outputs)
    return RegisterProgram(
      inputCount: inputs.count, instructions: planned.instructions, outputs: planned.outputs,
      registerCount: plan.registerCount)
  }

  /// The number of the value of `expression`, computed at most once in each loop.
  mutating func value(of expression: Expression) throws(EvaluationError) -> Int {
    for scope in scopes.reversed() {
      if let known = scope.memo[expression] { return known }
    }
    let value = try compile(expression)
    scopes[depths[value]].memo[expression] = value
    return value
  }

  private mutating func compile(_ expression: Expression) throws(EvaluationError) -> Int {
    if let value = exactConstant(expression) { return try constant(value) }
    switch expression.form {
    case .rational(let value): return try constant(value.doubleValue)
    case .pi: return try constant(.pi)
    case .symbol(let symbol):
      guard let value = indices[symbol] else { throw .unboundSymbol(symbol) }
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

  mutating func constant(_ value: Double) throws(EvaluationError) -> Int {
    let number = try emit(.constant(value))
    constants[number] = value
    return number
  }

  /// The value of `operation`, in the innermost loop of its operands.
  mutating func emit(_ operation: Operation) throws(EvaluationError) -> Int {
    let operands = operation.operands
    let depth = operands.map { depths[$0] }.max() ?? 0
    if let known = scopes[depth].numbering[operation] { return known }
    if !operands.isEmpty, let values = operands.map({ constants[$0] }) as? [Double],
      let folded = try Self.folded(operation, values)
    {
      return try constant(folded)
    }
    guard depths.count < Self.instructionLimit else {
      throw .formulaTooLarge(limit: Self.instructionLimit)
    }
    let number = depths.count
    depths.append(depth)
    scopes[depth].instructions.append(Instruction(operation: operation, result: number))
    scopes[depth].numbering[operation] = number
    return number
  }

  /// The operation on constants, by the same machine that would run it later.
  private static func folded(_ operation: Operation, _ values: [Double]) throws(EvaluationError)
    -> Double?
  {
    if case .loop = operation { return nil }
    var position = -1
    let local = operation.mapOperands { _ in
      position += 1
      return position
    }
    let file = RegisterFile(
      for: RegisterProgram(
        inputCount: values.count,
        instructions: [Instruction(operation: local, result: values.count)],
        outputs: [values.count], registerCount: values.count + 1))
    for (number, value) in values.enumerated() { file.register(number)[0] = value }
    try file.run(rows: 1)
    return file.output(0)[0]
  }

  private mutating func finiteSum(_ sum: FiniteSum) throws(EvaluationError) -> Int {
    let lower = try value(of: sum.lower)
    let upper = try value(of: sum.upper)
    // A name that no formula can have, so that nested sums never share an index.
    let index = Symbol("#", depths.count)
    let indexValue = depths.count
    scopes.append(Scope())
    depths.append(scopes.count - 1)
    indices[index] = indexValue
    let body = try value(of: sum.body.substituting(sum.index, by: Expression(index)))
    let scope = scopes.removeLast()
    let instructions = scope.instructions.reachable(from: [body])
    let loop = Loop(
      index: indexValue, lower: lower, upper: upper, compensation: -1, body: instructions,
      value: body)
    return try emitLoop(loop)
  }

  /// A loop belongs to the innermost loop of whatever it uses from outside.
  private mutating func emitLoop(_ loop: Loop) throws(EvaluationError) -> Int {
    let depth =
      ([loop.lower, loop.upper] + RegisterPlan.captures(of: loop)).map { depths[$0] }.max() ?? 0
    let number = depths.count
    depths.append(min(depth, scopes.count - 1))
    scopes[depths[number]].instructions.append(Instruction(operation: .loop(loop), result: number))
    return number
  }
}

extension [Instruction] {
  /// The instructions whose results are needed for `outputs`, in order.
  func reachable(from outputs: [Int]) -> [Instruction] {
    var needed = Set(outputs)
    var kept: [Instruction] = []
    for instruction in reversed() where needed.contains(instruction.result) {
      needed.formUnion(instruction.operation.operands)
      if case .loop(let loop) = instruction.operation {
        needed.formUnion(RegisterPlan.captures(of: loop))
      }
      kept.append(instruction)
    }
    return kept.reversed()
  }
}
