import Tensors
import Symbolics

/// A flat program over registers, each of which holds one quantity for every row of a block.
struct RegisterProgram: Sendable {
  /// The inputs are registers 0 ..< inputCount; no instruction writes to them.
  let inputCount: Int
  let instructions: [Instruction]
  /// The registers that hold the results at the end.
  let outputs: [Int]
  let registerCount: Int

  /// Rows worked on together: long enough that decoding an instruction costs nothing, short enough
  /// that the registers stay in the cache.
  static let blockRows = 256
  /// The number of loop rounds that one block may take.
  static let roundLimit = 1 << 20
}

/// The memory in which a program runs on one block: the only place with unsafe pointers.
final class RegisterFile {
  let program: RegisterProgram
  private let memory: UnsafeMutablePointer<Double>
  private var remainingRounds = 0

  init(for program: RegisterProgram) {
    self.program = program
    let count = program.registerCount * RegisterProgram.blockRows
    memory = .allocate(capacity: max(count, 1))
    memory.initialize(repeating: 0, count: count)
  }

  deinit { memory.deallocate() }

  /// The rows of register `number`.
  func register(_ number: Int) -> UnsafeMutablePointer<Double> {
    memory + number * RegisterProgram.blockRows
  }

  /// The rows of output `index` after a run.
  func output(_ index: Int) -> UnsafeMutablePointer<Double> { register(program.outputs[index]) }

  /// Runs the program on the first `rows` rows of the input registers.
  func run(rows: Int) throws(EvaluationError) {
    remainingRounds = RegisterProgram.roundLimit
    try run(program.instructions, rows: rows)
  }

  private func run(_ instructions: [Instruction], rows: Int) throws(EvaluationError) {
    for instruction in instructions {
      let result = register(instruction.result)
      if case .loop(let loop) = instruction.operation {
        try run(loop, into: result, rows: rows)
      } else {
        run(instruction.operation, into: result, rows: rows)
      }
    }
  }

  private func run(
    _ operation: Operation, into result: UnsafeMutablePointer<Double>, rows: Int
  ) {
    switch operation {
    case .constant(let value): result.update(repeating: value, count: rows)
    case .add(let a, let b): map(a, b, result, rows) { $0 + $1 }
    case .subtract(let a, let b): map(a, b, result, rows) { $0 - $1 }
    case .multiply(let a, let b): map(a, b, result, rows) { $0 * $1 }
    case .divide(let a, let b): map(a, b, result, rows) { $1 == 0 ? .nan : $0 / $1 }
    case .scale(let a, let c): map(a, result, rows) { $0 * c }
    case .offset(let a, let c): map(a, result, rows) { $0 + c }
    case .integerPower(let a, let n): integerPower(register(a), n, result, rows)
    case .rationalPower(let a, let high, let low):
      map(a, result, rows) { Elementary.power($0, high: high, low: low) }
    case .realPower(let a, let b): map(a, b, result, rows) { Elementary.power($0, $1) }
    case .unary(let name, let a): unary(name, a, result, rows)
    case .binary(let name, let a, let b): binary(name, a, b, result, rows)
    case .compare(let a, let relation, let b): compare(a, relation, b, result, rows)
    case .and(let a, let b): map(a, b, result, rows) { $0 == 0 || $1 == 0 ? 0 : $0 * $1 }
    case .or(let a, let b): map(a, b, result, rows) { $0 == 1 || $1 == 1 ? 1 : $0 + $1 }
    case .not(let a): map(a, result, rows) { 1 - $0 }
    case .select(let condition, let a, let b):
      let (c, x, y) = (register(condition), register(a), register(b))
      for row in 0..<rows {
        result[row] = c[row] == 1 ? x[row] : c[row] == 0 ? y[row] : .nan
      }
    case .loop: preconditionFailure("a loop is run by its own function")
    }
  }

  @inline(__always)
  func map(
    _ a: Int, _ result: UnsafeMutablePointer<Double>, _ rows: Int, _ f: (Double) -> Double
  ) {
    let x = register(a)
    for row in 0..<rows { result[row] = f(x[row]) }
  }

  @inline(__always)
  func map(
    _ a: Int, _ b: Int, _ result: UnsafeMutablePointer<Double>, _ rows: Int,
    _ f: (Double, Double) -> Double
  ) {
    let (x, y) = (register(a), register(b))
    for row in 0..<rows { result[row] = f(x[row], y[row]) }
  }

  /// aⁿ, the same squarings for every row.
  private func integerPower(
    _ x: UnsafeMutablePointer<Double>, _ n: Int, _ result: UnsafeMutablePointer<Double>,
    _ rows: Int
  ) {
    switch n {
    case 2: for row in 0..<rows { result[row] = x[row] * x[row] }
    case 3: for row in 0..<rows { result[row] = x[row] * x[row] * x[row] }
    default:
      for row in 0..<rows {
        var (power, square, rest) = (1.0, x[row], n)
        while true {
          if rest & 1 == 1 { power *= square }
          rest >>= 1
          if rest == 0 { break }
          square *= square
        }
        result[row] = power
      }
    }
  }

  private func compare(
    _ a: Int, _ relation: Relation, _ b: Int, _ result: UnsafeMutablePointer<Double>, _ rows: Int
  ) {
    @inline(__always) func truth(_ holds: (Double, Double) -> Bool) {
      map(a, b, result, rows) { x, y in
        x.isNaN || y.isNaN ? .nan : holds(x, y) ? 1 : 0
      }
    }
    switch relation {
    case .equal: truth { $0 == $1 }
    case .unequal: truth { $0 != $1 }
    case .less: truth { $0 < $1 }
    case .lessOrEqual: truth { $0 <= $1 }
    case .greater: truth { $0 > $1 }
    case .greaterOrEqual: truth { $0 >= $1 }
    }
  }

  /// The rows of a block may have different bounds: rounds are counted from each row's lower bound,
  /// and a row whose upper bound is passed adds nothing more.
  private func run(
    _ loop: Loop, into total: UnsafeMutablePointer<Double>, rows: Int
  ) throws(EvaluationError) {
    let (lower, upper) = (register(loop.lower), register(loop.upper))
    let (index, lost) = (register(loop.index), register(loop.compensation))
    var rounds = 0.0
    for row in 0..<rows {
      let isDefined = lower[row].rounded() == lower[row] && upper[row].rounded() == upper[row]
      total[row] = isDefined ? 0 : .nan
      lost[row] = 0
      if isDefined { rounds = max(rounds, upper[row] - lower[row] + 1) }
    }
    guard rounds <= Double(remainingRounds) else {
      throw .tooManyTerms(limit: RegisterProgram.roundLimit)
    }
    remainingRounds -= Int(rounds)
    for round in 0..<Int(rounds) {
      for row in 0..<rows { index[row] = lower[row] + Double(round) }
      try run(loop.body, rows: rows)
      let value = register(loop.value)
      for row in 0..<rows where index[row] <= upper[row] {
        // Neumaier's sum keeps what rounding takes away.
        let (old, term) = (total[row], value[row])
        let new = old + term
        let error = old.magnitude >= term.magnitude ? (old - new) + term : (term - new) + old
        lost[row] += error.isFinite ? error : 0
        total[row] = new
      }
    }
    for row in 0..<rows { total[row] += lost[row] }
  }
}
