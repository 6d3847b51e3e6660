import CKernels
import Testing

@testable import Tensors

@Suite("Executor")
struct ExecutorTests {
  /// Every instruction set that this processor has.
  static let levels = (0..<DIFFEO_LEVEL_COUNT.rawValue).map { diffeo_level($0) }.filter {
    diffeo_kernels_f32_level($0) != nil
  }

  @Test(
    "agrees with the interpreter in Double", arguments: OperationRegistry.all,
    [0, 1, 2, 15, 33, 257])
  func agreesInDouble(operation: OperationCase, rows: Int) {
    compare(operation, rows: rows, .double, workers: 2, tolerance: 1e-12)
  }

  @Test("agrees with the interpreter in Float", arguments: OperationRegistry.all, [1, 3, 40])
  func agreesInFloat(operation: OperationCase, rows: Int) {
    compare(operation, rows: rows, .float, workers: 1, tolerance: 2e-5)
  }

  @Test(
    "agrees with the interpreter at poles and outside domains", arguments: UnaryFunction.all.indices
  )
  func poles(index: Int) {
    let function = UnaryFunction.all[index]
    let points: [Double] = [
      0, -0.0, 1, -1, 0.5, -0.5, 2, -2, 1.5, -1.5, .pi / 2, .infinity, -.infinity, .nan,
    ]
    let program = Program.traced { [("y", $0.input("x", features: 1).map(function))] }
    let expected = points.map(function.value)
    for level in Self.levels {
      let executor = Executor(
        CompiledProgram(program, precision: .double), pool: WorkerPool(count: 1), level: level)
      let found = executor.values(rows: points.count, inputs: [points]).outputs[0]
      for (x, (a, b)) in zip(points, zip(found, expected)) {
        // Both are within 4 ulp.
        let isSame = (a.isNaN && b.isNaN) || a == b || (a - b).magnitude <= 8 * b.ulp
        #expect(isSame, "\(function)(\(x)) is \(a) against \(b)")
      }
    }
  }

  @Test("agrees with the interpreter for every number of rows", arguments: 1...257)
  func everyRemainder(rows: Int) {
    let splines = SplineEnds.allCases.flatMap {
      ["spline forward 5 \($0)", "spline inverse 5 \($0)"]
    }
    for name in ["dense layer", "softmax", "logarithm"] + splines {
      let operation = OperationRegistry.all.first { $0.name == name }!
      compare(operation, rows: rows, .double, workers: 1 + rows % 3, tolerance: 1e-12)
    }
  }

  /// Masked networks so wide that kernels skip blocks of theirs.
  static let staircases = [
    OperationCase(
      "wide staircase", inputs: [(19, -1...1)],
      parameters: [([70, 19], -1...1), ([41, 70], -1...1)]
    ) { x, p in
      let hidden = relu(OperationRegistry.masked(p[0], strict: false).matmul(x[0]))
      return square(OperationRegistry.masked(p[1], strict: true).matmul(hidden))
    },
    OperationCase(
      "wide staircase transposed", inputs: [(70, -1...1)], parameters: [([70, 41], -1...1)]
    ) { x, p in
      square(OperationRegistry.masked(p[0], strict: true).applied(to: x[0], transposed: true))
    },
    OperationCase(
      "mask with holes", inputs: [(30, -1...1)], parameters: [([40, 30], -1...1)]
    ) { x, p in
      let mask = (0..<1200).map { $0 % 7 == 0 && $0 / 30 != 5 ? 0.5 : 0 }
      return square((p[0].trace.constant(mask, [40, 30]) * p[0]).matmul(x[0]))
    },
  ]

  @Test("masked layers, as if nothing were skipped", arguments: staircases, [2, 33, 257])
  func masks(operation: OperationCase, rows: Int) {
    compare(operation, rows: rows, .double, workers: 2, tolerance: 1e-12)
    compare(operation, rows: rows, .float, workers: 2, tolerance: 2e-5)
  }

  @Test("splines of any number of bins", arguments: [64, 65, 300])
  func manyBins(bins: Int) {
    let spline = Spline(bins: bins, bound: 2)
    let count = spline.parameterCount
    for direction in SplineDirection.allCases {
      let operation = OperationCase(
        "\(bins) bins \(direction)", inputs: [(2, -3...3)], parameters: [([2, count], -1...1)]
      ) {
        let (value, slope) = $0[0].splined(spline, direction, parameters: $1[0])
        return Tensor.concatenated([value, slope])
      }
      compare(operation, rows: 33, .double, workers: 1, tolerance: 1e-12)
    }
  }

  @Test("a mask's staircase")
  func staircase() {
    let program = OperationRegistry.all.first { $0.name == "staircase" }!.program
      .differentiated("loss")
    let plan = CompiledProgram(program).plan
    let second = Staircase(mask: [0, 0, 0, 0, 1, 1, 0, 0], columns: 4)
    #expect(plan.packs.contains { $0.nonzero == second && !$0.isTransposed })
    #expect(plan.packs.contains { $0.nonzero == second && $0.isTransposed })
    #expect(Staircase(mask: [1, 1], columns: 1) == nil)
  }

  @Test("elementwise chains share blocks and storage")
  func chain() {
    let program = Program.traced { trace in
      let x = trace.input("x", features: 5)
      return [("y", exp(tanh(square(x)) + 1) * 2)]
    }
    let plan = CompiledProgram(program).plan
    #expect(plan.tileFeatures == 5)
    #expect(plan.tile.count == 2)
  }

  @Test("sees parameters that changed since the last run, and other buffers")
  func changedParameters() {
    let program = Program.traced { trace in
      let w = trace.parameter("w", [1, 1])
      return [("y", (w * 2).matmul(trace.input("x", features: 1)).meanOverRows())]
    }
    .differentiated("y")
    let executor = Executor(
      CompiledProgram(program, precision: .double), pool: WorkerPool(count: 1))
    let parameters = ParameterBuffer([3], precision: .double)
    let gradients = ParameterBuffer(count: 1, precision: .double)
    let optimizer = OptimizerState(.descent(), for: parameters)
    func output(_ parameters: ParameterBuffer, rows: Int) -> Double {
      let x = [Double](repeating: 1, count: rows)
      var y = 0.0
      x.withUnsafeBufferPointer { x in
        withUnsafeMutablePointer(to: &y) { y in
          executor.run(
            rows: rows, inputs: [BatchView(.double(x.baseAddress!), stride: 1)],
            parameters: parameters, outputs: [.double(y)], gradients: gradients)
        }
      }
      return y
    }
    #expect(output(parameters, rows: 1) == 6)
    optimizer.step(parameters, gradient: gradients, rate: 0.5)
    #expect(output(parameters, rows: 1) == 4)
    parameters.values = [5]
    #expect(output(parameters, rows: 32) == 10)
    #expect(output(parameters, rows: 16) == 10)
    #expect(output(ParameterBuffer([7], precision: .double), rows: 16) == 14)
    #expect(output(gradients, rows: 16) == 4)
    #expect(output(gradients, rows: 16) == 4)
  }

  private func compare(
    _ operation: OperationCase, rows: Int, _ precision: Precision, workers: Int, tolerance: Double
  ) {
    let differentiated = operation.program.differentiated(
      "loss", withRespectTo: operation.inputs.indices.map { "x\($0)" })
    // The gradient of a function of sums over all rows needs a second pass over them.
    let program = differentiated.needsTwoPasses ? operation.program : differentiated
    let compiled = CompiledProgram(program, precision: precision)
    let (inputs, parameters) = operation.samples(rows: rows, seed: 3)
    let rounded = { (x: Double) in precision == .float ? Double(Float(x)) : x }
    let expected = ReferenceInterpreter(program).run(
      inputs: inputs.map { $0.map(rounded) }, parameters: parameters.map(rounded), rows: rows)
    for level in Self.levels {
      let executor = Executor(compiled, pool: WorkerPool(count: workers), level: level)
      let found = executor.values(rows: rows, inputs: inputs, parameters: parameters)
      for (a, b) in zip(found.outputs, expected.outputs) {
        expectClose(a, b, tolerance, "\(operation) at level \(level.rawValue), \(rows) rows")
      }
      for (slot, gradient) in zip(program.parameters, expected.parameterGradients) {
        let part = Array(found.gradients[slot.offset..<slot.offset + slot.shape.count])
        if let gradient { expectClose(part, gradient, tolerance, "\(operation) d/d\(slot.name)") }
      }
    }
  }

  private func expectClose(_ a: [Double], _ b: [Double], _ tolerance: Double, _ what: String) {
    #expect(a.count == b.count)
    let scale = b.reduce(1) { $1.isFinite ? max($0, $1.magnitude) : $0 }
    for (x, y) in zip(a, b) where !(x.isNaN && y.isNaN) && x != y {
      #expect((x - y).magnitude <= tolerance * scale, "\(what): \(x) against \(y)")
    }
  }
}
