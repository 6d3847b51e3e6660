import Symbolics

/// One step of a register program: `result = operation`, for every row of a block.
struct Instruction: Hashable, Sendable {
  var operation: Operation
  var result: Int
}

/// What an instruction computes. Operands are value numbers while a program is being built, and
/// registers once they are planned.
///
/// Truth values are 1 and 0, and NaN for a comparison of undefined quantities.
enum Operation: Hashable, Sendable {
  case constant(Double)
  case add(Int, Int)
  case subtract(Int, Int)
  case multiply(Int, Int)
  /// a/b, undefined (NaN) for b = 0.
  case divide(Int, Int)
  case scale(Int, by: Double)
  case offset(Int, by: Double)
  /// aⁿ by repeated multiplication, n ≥ 1.
  case integerPower(Int, Int)
  /// a^(high + low) for a ≥ 0, where high + low is a rational number to twice Double's precision.
  case rationalPower(Int, high: Double, low: Double)
  case realPower(Int, Int)
  case unary(UnaryOperation, Int)
  case binary(BinaryOperation, Int, Int)
  case compare(Int, Relation, Int)
  case and(Int, Int)
  case or(Int, Int)
  case not(Int)
  /// `then` where the condition is 1, `otherwise` where it is 0, NaN where it is NaN.
  case select(condition: Int, then: Int, otherwise: Int)
  case loop(Loop)
}

/// The functions of one argument: those of the language, and those that keep accuracy where a
/// composition of them would lose it.
enum UnaryOperation: Hashable, Sendable {
  case function(Function)
  case squareRoot
  /// 1 - erf(u)
  case erfc
  /// log(normcdf(u))
  case logNormcdf
  /// log(cosh(u))
  case logCosh
}

/// The functions of two arguments.
enum BinaryOperation: Hashable, Sendable {
  case atan2, maximum, minimum, remainder
}

/// Σ value over index = lower, …, upper, where `body` computes `value` anew for every index.
struct Loop: Hashable, Sendable {
  var index: Int
  var lower: Int
  var upper: Int
  /// Holds the rounding errors of the sum (compensated summation).
  var compensation: Int
  var body: [Instruction]
  var value: Int
}

extension Operation {
  /// The operation with each operand replaced; a loop's body and own registers are left alone.
  func mapOperands(_ f: (Int) -> Int) -> Operation {
    switch self {
    case .constant: return self
    case .add(let a, let b): return .add(f(a), f(b))
    case .subtract(let a, let b): return .subtract(f(a), f(b))
    case .multiply(let a, let b): return .multiply(f(a), f(b))
    case .divide(let a, let b): return .divide(f(a), f(b))
    case .scale(let a, let c): return .scale(f(a), by: c)
    case .offset(let a, let c): return .offset(f(a), by: c)
    case .integerPower(let a, let n): return .integerPower(f(a), n)
    case .rationalPower(let a, let high, let low): return .rationalPower(f(a), high: high, low: low)
    case .realPower(let a, let b): return .realPower(f(a), f(b))
    case .unary(let name, let a): return .unary(name, f(a))
    case .binary(let name, let a, let b): return .binary(name, f(a), f(b))
    case .compare(let a, let relation, let b): return .compare(f(a), relation, f(b))
    case .and(let a, let b): return .and(f(a), f(b))
    case .or(let a, let b): return .or(f(a), f(b))
    case .not(let a): return .not(f(a))
    case .select(let c, let a, let b):
      return .select(condition: f(c), then: f(a), otherwise: f(b))
    case .loop(var loop):
      loop.lower = f(loop.lower)
      loop.upper = f(loop.upper)
      return .loop(loop)
    }
  }

  /// The operands, without those that only a loop's body uses.
  var operands: [Int] {
    var found: [Int] = []
    _ = mapOperands {
      found.append($0)
      return $0
    }
    return found
  }
}
