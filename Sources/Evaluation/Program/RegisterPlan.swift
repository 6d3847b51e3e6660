/// Assigns registers to the values of a program: a register is taken again as soon as the value in
/// it is used for the last time.
///
/// An instruction never writes into the register of one of its operands: loops over rows vectorise
/// only when source and destination are apart.
struct RegisterPlan {
  private var registers: [Int: Int] = [:]
  private var free: [Int] = []
  private(set) var registerCount: Int
  private var remainingUses: [Int: Int] = [:]
  private let inputCount: Int

  /// The first `inputCount` values are the inputs; they keep the registers of the same numbers.
  init(inputCount: Int) {
    self.inputCount = inputCount
    registerCount = inputCount
    for input in 0..<inputCount { registers[input] = input }
  }

  /// The instructions and outputs with values replaced by registers.
  mutating func assign(_ instructions: [Instruction], outputs: [Int]) -> (
    instructions: [Instruction], outputs: [Int]
  ) {
    for output in outputs { remainingUses[output, default: 0] += 1 }
    countUses(in: instructions)
    let planned = plan(instructions)
    return (planned, outputs.map { registers[$0]! })
  }

  private mutating func countUses(in instructions: [Instruction]) {
    for instruction in instructions {
      for operand in instruction.operation.operands { remainingUses[operand, default: 0] += 1 }
      if case .loop(let loop) = instruction.operation {
        countUses(in: loop.body)
        // The loop itself holds its index, its value and everything that its body captures until
        // the last round is over.
        remainingUses[loop.index, default: 0] += 1
        remainingUses[loop.value, default: 0] += 1
        for captured in Self.captures(of: loop) { remainingUses[captured, default: 0] += 1 }
      }
    }
  }

  private mutating func plan(_ instructions: [Instruction]) -> [Instruction] {
    instructions.map { instruction in
      var planned = instruction
      planned.result = take()
      if case .loop(let loop) = instruction.operation {
        planned.operation = .loop(plan(loop))
      } else {
        planned.operation = instruction.operation.mapOperands { registers[$0]! }
        for operand in instruction.operation.operands { release(operand) }
      }
      registers[instruction.result] = planned.result
      if remainingUses[instruction.result] == nil { free.append(planned.result) }
      return planned
    }
  }

  private mutating func plan(_ loop: Loop) -> Loop {
    var planned = loop
    planned.index = take()
    registers[loop.index] = planned.index
    planned.compensation = take()
    planned.lower = registers[loop.lower]!
    planned.upper = registers[loop.upper]!
    planned.body = plan(loop.body)
    planned.value = registers[loop.value]!
    release(loop.value)
    release(loop.lower)
    release(loop.upper)
    for captured in Self.captures(of: loop) { release(captured) }
    free += [planned.index, planned.compensation]
    return planned
  }

  private mutating func take() -> Int {
    if let register = free.popLast() { return register }
    registerCount += 1
    return registerCount - 1
  }

  private mutating func release(_ value: Int) {
    guard value >= inputCount, let uses = remainingUses[value] else { return }
    remainingUses[value] = uses - 1
    if uses == 1 { free.append(registers[value]!) }
  }

  /// The values from outside that the body of `loop` uses, in order of first use.
  static func captures(of loop: Loop) -> [Int] {
    var defined: Set<Int> = [loop.index]
    var found: [Int] = []
    func visit(_ instructions: [Instruction]) {
      for instruction in instructions {
        found += instruction.operation.operands.filter { !defined.contains($0) }
        if case .loop(let inner) = instruction.operation {
          defined.insert(inner.index)
          visit(inner.body)
          if !defined.contains(inner.value) { found.append(inner.value) }
        }
        defined.insert(instruction.result)
      }
    }
    visit(loop.body)
    if !defined.contains(loop.value) { found.append(loop.value) }
    var seen: Set<Int> = []
    return found.filter { seen.insert($0).inserted }
  }
}
