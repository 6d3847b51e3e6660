import Testing

@testable import Tensors

@Suite("Root finding and integration")
struct SolveTests {
  /// x³ + a x = y for each row.
  private static let cubic: Program = {
    let trace = Trace()
    let y = trace.input("y", features: 2)
    let a = trace.parameter("a", [2])
    let x = Tensor.solved(
      between: y.zeros - 1, and: y.zeros + 1, captured: [y, a.spread(like: y)]
    ) { x, captured in
      x * square(x) + captured[1] * x - captured[0]
    }
    return Program(trace, outputs: [("x", x), ("loss", square(x).total())])
  }()

  @Test("finds roots far outside the first bracket", arguments: [1, 5, 100])
  func roots(rows: Int) {
    let expected = (0..<2 * rows).map { Double($0 - rows) * 0.37 * Double(1 + $0 % 7) }
    let a = [0.5, 2.0]
    let y = expected.enumerated().map { i, x in x * x * x + a[i % 2] * x }
    let executor = Executor(
      CompiledProgram(Self.cubic, precision: .double), pool: WorkerPool(count: 2))
    let found = executor.values(rows: rows, inputs: [y], parameters: a).outputs[0]
    for (x, root) in zip(found, expected) {
      #expect((x - root).magnitude <= 1e-12 * max(1, root.magnitude))
    }
  }

  @Test("a root does not depend on the other rows, to the last bit", arguments: Precision.allCases)
  func alone(precision: Precision) {
    let rows = 300
    let y = (0..<2 * rows).map { (index: Int) -> Double in
      Double(index * 7919 % 600 - 300) * 0.013 * Double(1 + index % 7)
    }
    let executor = Executor(
      CompiledProgram(Self.cubic, precision: precision), pool: WorkerPool(count: 1))
    func roots(_ y: [Double]) -> [Double] {
      executor.values(rows: y.count / 2, inputs: [y], parameters: [0.5, 2]).outputs[0]
    }
    let together = roots(y)
    let alone = (0..<rows).flatMap { (row: Int) -> [Double] in roots([y[2 * row], y[2 * row + 1]]) }
    let differing = zip(together, alone).count { $0.bitPattern != $1.bitPattern }
    #expect(differing == 0)
  }

  @Test("a row without a root is NaN, and leaves the others alone", arguments: Precision.allCases)
  func undefined(precision: Precision) {
    let executor = Executor(
      CompiledProgram(Self.cubic, precision: precision), pool: WorkerPool(count: 1))
    let found = executor.values(rows: 2, inputs: [[.nan, 3, 1.5, .nan]], parameters: [0.5, 2])
      .outputs[0]
    #expect(found[0].isNaN && found[3].isNaN)
    // Slopes of the residual there, 3.5 and 5, are above 1: x is as good as the rounding of a residual of size 3 lets it.
    let ulp = precision == .float ? 0x1p-23 : 0x1p-52
    for x in [found[1], found[2]] { #expect((x - 1).magnitude <= ulp) }
  }

  @Test("a row whose ends are NaN is NaN")
  func undefinedEnds() {
    let trace = Trace()
    let y = trace.input("y", features: 1)
    let found = Tensor.solved(between: y - 1, and: y + 1, captured: [y]) { x, captured in
      x - captured[0]
    }
    let (outputs, _) = ReferenceInterpreter(Program(trace, outputs: [("x", found)])).run(
      inputs: [[.nan, 2]], parameters: [], rows: 2)
    #expect(outputs[0][0].isNaN && outputs[0][1] == 2)
  }

  @Test("finds roots on the flank of an exponential", arguments: [1e-200, 1e-30, 1e200])
  func exponentialFlank(value: Double) {
    let program = Program.traced { trace in
      let y = trace.input("y", features: 1)
      let x = Tensor.solved(between: y.zeros - 1, and: y.zeros + 1, captured: [y], tolerance: 0) {
        exp($0) - $1[0]
      }
      return [("x", x), ("slope", x.gradients(of: [y])[0]!)]
    }
    let executor = Executor(
      CompiledProgram(program, precision: .double), pool: WorkerPool(count: 1))
    let found = executor.values(rows: 1, inputs: [[value]]).outputs
    let expected = UnaryFunction.logarithm.value(value)
    #expect((found[0][0] - expected).magnitude <= 1e-15 * expected.magnitude)
    #expect((found[1][0] * value - 1).magnitude <= 1e-12)
  }

  @Test("finds roots where the residual bends within a ten millionth", arguments: [1e7, 1e8])
  func sharpBend(steepness: Double) {
    let program = Program.traced { trace in
      let y = trace.input("y", features: 1)
      let x = Tensor.solved(between: y.zeros - 1, and: y.zeros + 1, captured: [y], tolerance: 0) {
        (steepness * $0).map(.arctangent) + $0 - $1[0]
      }
      return [("y", (steepness * x).map(.arctangent) + x)]
    }
    let executor = Executor(
      CompiledProgram(program, precision: .double), pool: WorkerPool(count: 1))
    let wanted = [0.1, 1.5, -1.5, 3]
    let found = executor.values(rows: 4, inputs: [wanted]).outputs[0]
    // A unit in the last place of x is as much of y, times the slope.
    for (y, value) in zip(found, wanted) { #expect((y - value).magnitude <= 1e-15 * steepness) }
  }

  @Test("without a root, the end of the bracket", arguments: [2.0, -2])
  func noRoot(shift: Double) {
    let program = Program.traced { trace in
      let y = trace.input("y", features: 1)
      let zero = y.zeros
      return [
        (
          "x",
          Tensor.solved(between: zero - 1, and: zero + 1, captured: [y]) {
            $0.map(.arctangent) + $1[0]
          }
        )
      ]
    }
    // The distance doubles 64 times: -1 - 2 (1 + 2 + … + 2⁶³), in Double -2⁶⁵.
    let executor = Executor(
      CompiledProgram(program, precision: .double), pool: WorkerPool(count: 1))
    let found = executor.values(rows: 1, inputs: [[shift]]).outputs[0][0]
    #expect(found == (shift > 0 ? -0x1p65 : 0x1p65))
  }

  @Test("a round cannot sum over all rows")
  func sumsInRounds() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Trace().input("x", features: 1)
      _ = Tensor.iterated([x], rounds: 2) { states, _ in [states[0] - states[0].meanOverRows()] }
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("cannot sum over all rows"), "\(text)")
  }

  @Test("a sum over rows that a round does not use is no part of it")
  func unusedSums() {
    let program = Program.traced { trace in
      let x = trace.input("x", features: 1)
      return [
        (
          "y",
          Tensor.iterated([x], rounds: 2) { states, _ in
            _ = states[0].sumOverRows()
            return [2 * states[0]]
          }[0]
        )
      ]
    }
    let executor = Executor(CompiledProgram(program), pool: WorkerPool(count: 1))
    #expect(executor.values(rows: 2, inputs: [[1, 3]]).outputs == [[4, 12]])
  }

  @Test("has the gradients of the implicit function theorem")
  func gradients() {
    let program = Self.cubic.differentiated("loss", withRespectTo: ["y"])
    let executor = Executor(
      CompiledProgram(program, precision: .double), pool: WorkerPool(count: 1))
    let (a, x) = ([0.5, 2.0], [0.7, -1.2])
    let y = x.enumerated().map { i, x in x * x * x + a[i] * x }
    let result = executor.values(rows: 1, inputs: [y], parameters: a)
    for i in 0..<2 {
      // dx/dy = 1/(3x² + a), dx/da = -x/(3x² + a), and the loss is x².
      let slope = 3 * x[i] * x[i] + a[i]
      #expect((result.outputs[2][i] - 2 * x[i] / slope).magnitude < 1e-10)
      #expect((result.gradients[i] + 2 * x[i] * x[i] / slope).magnitude < 1e-10)
    }
  }

  @Test("a polished number is a root with derivatives of any order, with a quotient or without")
  func polished() {
    let program = Program.traced { trace in
      let y = trace.input("y", features: 1)
      // The root of x³ + x = y is 0.5 for y = 0.625; this is close to it, without a derivative.
      let near = y.zeros + 0.50001
      let roots = [nil, { (u, x, _) in u / (3 * square(x) + 1) }].map {
        (quotient: Root.Quotient?) in
        Tensor.polished(
          near, captured: [y], residual: { x, captured in x * square(x) + x - captured[0] },
          quotient: quotient)
      }
      return roots.enumerated().flatMap { number, x in
        let first = x.gradients(of: [y])[0]!
        let second = first.gradients(of: [y])[0]!
        return [("x\(number)", x), ("dx\(number)", first), ("ddx\(number)", second)]
      }
    }
    let outputs = ReferenceInterpreter(program).run(inputs: [[0.625]], parameters: [], rows: 1)
      .outputs.map { $0[0] }
    // dx/dy = 1/(3x² + 1) and d²x/dy² = -6x/(3x² + 1)³; the step leaves 3x/(3x² + 1) times the square of 1e-5.
    let expected = [0.5, 1 / 1.75, -3 / (1.75 * 1.75 * 1.75)]
    for (value, expected) in zip(outputs, expected + expected) {
      #expect((value - expected).magnitude < 1e-9)
    }
  }

  @Test("integrates with the order of the method", arguments: [ButcherTableau.classical, .heun])
  func order(method: ButcherTableau) {
    // dx/dt = -2 t x has x(1) = x(0)/e.
    func error(_ steps: Int) -> Double {
      let program = Program.traced { trace in
        let x = trace.input("x", features: 1)
        return [("x", x.integrated(steps: steps, method: method) { x, t, _ in -2 * t * x })]
      }
      let executor = Executor(
        CompiledProgram(program, precision: .double), pool: WorkerPool(count: 1))
      let found = executor.values(rows: 1, inputs: [[1]]).outputs[0][0]
      return (found - 0.367_879_441_171_442_33).magnitude
    }
    let order = method == .classical ? 4.0 : 2.0
    let ratio = error(20) / error(40)
    #expect(
      ratio > 0.8 * exp2(order) && ratio < 1.3 * exp2(order), "halving the step gave \(ratio)")
  }

  private func exp2(_ x: Double) -> Double { BinaryFunction.power.value(2, x) }
}
