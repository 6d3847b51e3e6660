import Testing

@testable import Tensors

/// Tolerances of comparisons with finite differences, and where they come from.
enum Tolerance {
  /// The step of a central difference: the cube root of ε, scaled by the argument.
  static let step = 6e-6
  /// step² times a third derivative of moderate size, and ε/step for the rounding.
  static let difference = 2e-8
  /// Two ways of the same computation in Double.
  static let rounding = 1e-12
}

@Suite("Gradients")
struct GradientTests {
  @Test("agree with central differences", arguments: OperationRegistry.all)
  func finiteDifferences(of operation: OperationCase) {
    check(operation.program, operation, rows: 3)
  }

  @Test("of gradients agree with central differences", arguments: OperationRegistry.all)
  func secondDerivatives(of operation: OperationCase) {
    let first = operation.program.differentiated(
      "loss", withRespectTo: operation.inputs.indices.map { "x\($0)" })
    let (trace, tensors) = first.retraced()
    // One number that depends on all gradients.
    var terms = first.parameterGradients.compactMap { $0 }.map { square(tensors[$0]).total() }
    for output in first.outputs where output.name.hasPrefix("d/d") {
      terms.append(square(tensors[output.node]).total())
    }
    guard let sum = terms.first.map({ terms.dropFirst().reduce($0, +) }) else { return }
    check(Program(trace, outputs: [("loss", sum)]), operation, rows: 2, scale: 10)
  }

  @Test("with a seed without rows have it in all rows", arguments: OperationRegistry.all)
  func seeds(of operation: OperationCase) {
    guard !operation.inputs.isEmpty else { return }
    let (trace, tensors) = operation.program.retraced()
    let y = tensors[operation.program.output("y").node]
    guard y.shape.isPerRow else { return }
    let x = trace.record(
      .input(0), [], Shape([operation.program.inputs[0].features], isPerRow: true))
    let seed = trace.constant((0..<y.shape.count).map { 0.5 + Double($0) / 4 }, y.shape.dims)
    let found = [seed, seed.spread(like: y)].enumerated().map { number, seed in
      ("seed \(number)", y.gradients(of: [x], seed: seed)[0] ?? x.zeros)
    }
    let (inputs, parameters) = operation.samples(rows: 3, seed: 6)
    let (outputs, _) = ReferenceInterpreter(Program(trace, outputs: found)).run(
      inputs: inputs, parameters: parameters, rows: 3)
    #expect(outputs[0] == outputs[1] && outputs[0].count == 3 * x.shape.count)
  }

  @Test("agree along directions", arguments: OperationRegistry.all)
  func directions(of operation: OperationCase) throws {
    guard !operation.inputs.isEmpty else { return }
    let program = operation.program
    let (trace, tensors) = program.retraced()
    let y = tensors[program.output("y").node]
    guard y.shape.isPerRow, !program.nodes.contains(where: { $0.operation == .sumRows }) else {
      return
    }
    let x = trace.record(.input(0), [], Shape([program.inputs[0].features], isPerRow: true))
    let v = trace.input("v", features: x.shape.count)
    let along = y.directionalDerivative(along: v, at: x) ?? y.zeros
    let jacobian = y.reshaped(y.shape.count).jacobian(of: x)
    let product = (jacobian * v.tiled(y.shape.count)).sum()
    let interpreter = ReferenceInterpreter(
      Program(trace, outputs: [("along", along), ("product", product)]))
    let (inputs, parameters) = operation.samples(rows: 2, seed: 5)
    let direction = (0..<2 * x.shape.count).map { 0.3 + 0.1 * Double($0) }
    let (outputs, _) = interpreter.run(
      inputs: inputs + [direction], parameters: parameters, rows: 2)
    for (a, b) in zip(outputs[0], outputs[1]) {
      #expect((a - b).magnitude <= Tolerance.rounding * max(1, a.magnitude))
    }
  }

  @Test("of log Φ hold far down", arguments: Precision.allCases)
  func logNormalTail(precision: Precision) {
    let program = Program.traced { trace in
      [("y", trace.input("x", features: 1).map(.logNormalCDF))]
    }
    .differentiated("y", withRespectTo: ["x"])
    let executor = Executor(
      CompiledProgram(program, precision: precision), pool: WorkerPool(count: 1))
    let far = [50.5, 60, 300, 1e4, 1e8, 1e15]
    let (outputs, _) = executor.values(rows: far.count, inputs: [far.map { -$0 }])
    for (t, slope) in zip(far, outputs[1]) {
      // t + 1/t - 2/t³ < φ(t)/Φ(-t) < t + 1/t (Gordon 1941 and its next convergent); a few roundings more.
      let rounding = 4 * t * (precision == .float ? 0x1p-24 : 0x1p-53)
      #expect(slope > t + 1 / t - 2 / (t * t * t) - rounding && slope < t + 1 / t + rounding)
    }
  }

  @Test("a power 0 is constant also at 0")
  func constantPower() {
    let program = Program.traced { trace in [("y", pow(trace.input("x", features: 1), 0))] }
      .differentiated("y", withRespectTo: ["x"])
    let (outputs, _) = ReferenceInterpreter(program).run(
      inputs: [[0, -1, 2]], parameters: [], rows: 3)
    #expect(outputs == [[1, 1, 1], [0, 0, 0]])
  }

  private func check(
    _ program: Program, _ operation: OperationCase, rows: Int, scale: Double = 1
  ) {
    let (inputs, parameters) = operation.samples(rows: rows, seed: 11)
    let gradient = program.differentiated(
      "loss", withRespectTo: operation.inputs.indices.map { "x\($0)" })
    let plain = ReferenceInterpreter(
      Program(gradient: gradient, only: "loss"))
    func loss(_ inputs: [[Double]], _ parameters: [Double]) -> Double {
      plain.run(inputs: inputs, parameters: parameters, rows: rows).outputs[0].reduce(0, +)
    }
    let result = ReferenceInterpreter(gradient).run(
      inputs: inputs, parameters: parameters, rows: rows)
    for (number, batch) in inputs.enumerated() {
      let index = gradient.outputs.firstIndex { $0.name == "d/dx\(number)" }!
      for k in batch.indices {
        let expected = difference(at: batch[k]) { value in
          var moved = inputs
          moved[number][k] = value
          return loss(moved, parameters)
        }
        expectClose(result.outputs[index][k], expected, scale, "\(operation) x\(number)[\(k)]")
      }
    }
    for (slot, found) in zip(gradient.parameters, result.parameterGradients) {
      for k in 0..<slot.shape.count {
        let expected = difference(at: parameters[slot.offset + k]) { value in
          var moved = parameters
          moved[slot.offset + k] = value
          return loss(inputs, moved)
        }
        expectClose(found?[k] ?? 0, expected, scale, "\(operation) \(slot.name)[\(k)]")
      }
    }
  }

  private func difference(at x: Double, _ f: (Double) -> Double) -> Double {
    let step = Tolerance.step * max(1, x.magnitude)
    return (f(x + step) - f(x - step)) / (2 * step)
  }

  private func expectClose(_ a: Double, _ b: Double, _ scale: Double, _ what: String) {
    let tolerance = Tolerance.difference * scale * max(1, max(a.magnitude, b.magnitude))
    #expect((a - b).magnitude <= tolerance, "\(what): \(a) against \(b)")
  }
}

extension Program {
  /// One output of a program alone.
  init(gradient program: Program, only name: String) {
    let (trace, tensors) = program.retraced()
    self.init(trace, outputs: [(name, tensors[program.output(name).node])])
  }
}
