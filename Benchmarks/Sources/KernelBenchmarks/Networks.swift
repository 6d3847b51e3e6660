import Tensors

/// What do whole programs take: a training step, one row, and making a program?
struct Networks {
  let pool: WorkerPool
  let peak: Peak

  func measurements() -> [Measurement] {
    [
      trainingStep(WorkerPool(count: 1), .thread, peak: peak.onOneThread),
      trainingStep(pool, .wall) { peak.onAll(pool) },
      oneRow(), making(),
    ]
  }

  /// A network of dense layers with relu between them.
  private func network(_ trace: Trace, _ x: Tensor, widths: [Int], name: String) -> Tensor {
    var h = x
    for layer in 1..<widths.count {
      let weights = trace.parameter("\(name)w\(layer)", [widths[layer], widths[layer - 1]])
      let bias = trace.parameter("\(name)b\(layer)", [widths[layer]])
      h = weights.matmul(h) + bias
      if layer < widths.count - 1 { h = relu(h) }
    }
    return h
  }

  private func randomParameters(_ program: Program) -> ParameterBuffer {
    let values = (0..<program.parameterCount).map { _ in Double.random(in: -0.1...0.1) }
    return ParameterBuffer(values, precision: .float)
  }

  private func trainingStep(
    _ pool: WorkerPool, _ clock: Clock, peak: () -> Double
  ) -> Measurement {
    let (widths, rows) = ([64, 128, 128, 64], 256)
    let program = Program.traced { trace in
      let y = network(trace, trace.input("x", features: widths[0]), widths: widths, name: "")
      return [("loss", square(y).sum().meanOverRows())]
    }
    .differentiated("loss")
    let executor = Executor(CompiledProgram(program), pool: pool)
    let parameters = randomParameters(program)
    let gradients = ParameterBuffer(count: parameters.count, precision: .float)
    let optimizer = OptimizerState(.adam(), for: parameters)
    let x = Numbers(count: rows * widths[0], in: -1...1).all
    let loss = Numbers(count: 16).all
    let input = BatchView(.float(x), stride: widths[0])
    // Forward and to the weights for every layer, to the input for all but the first.
    var products = 0
    for layer in 1..<widths.count {
      products += (layer == 1 ? 2 : 3) * widths[layer] * widths[layer - 1]
    }
    let values = fractionsOfPeak(clock, operations: 2 * Double(rows * products), peak: peak) {
      executor.run(
        rows: rows, inputs: [input], parameters: parameters, outputs: [.float(loss)],
        gradients: gradients)
      optimizer.step(parameters, gradient: gradients, rate: 1e-4)
    }
    return Measurement(
      name: "training step 64-128-128-64, 256 rows, threads: \(pool.count)", unit: "of peak",
      values: values, target: .atLeast(0.7))
  }

  private func oneRow() -> Measurement {
    let widths = [Int](repeating: 64, count: 6)
    let program = Program.traced { trace in
      [("y", network(trace, trace.input("x", features: 64), widths: widths, name: ""))]
    }
    let executor = Executor(CompiledProgram(program), pool: pool)
    let parameters = randomParameters(program)
    let (x, y) = (Numbers(count: 64, in: -1...1).all, Numbers(count: 64).all)
    let input = BatchView(.float(x), stride: 64)
    let times = secondsPerCall {
      executor.run(rows: 1, inputs: [input], parameters: parameters, outputs: [.float(y)])
    }
    return Measurement(
      name: "one row through 5 layers of 64", unit: "µs", values: times.map { $0 * 1e6 },
      target: .below(15))
  }

  /// A flow of ten coupling layers with splines, traced, differentiated and planned.
  private func making() -> Measurement {
    let spline = Spline(bins: 8, bound: 5)
    let times = secondsPerCall {
      let program = Program.traced { trace in
        var x = trace.input("x", features: 16)
        var logDet: Tensor?
        for layer in 0..<10 {
          let order = (0..<16).map { ($0 * 7 + layer) % 16 }
          x = x.selecting(order)
          let (kept, changed) = (x.slice(0..<8), x.slice(8..<16))
          let widths = [8, 64, 64, 8 * spline.parameterCount]
          let parameters = network(trace, kept, widths: widths, name: "layer\(layer)")
            .reshaped(8, spline.parameterCount)
          let (value, slope) = changed.splined(spline, .inverse, parameters: parameters)
          x = Tensor.concatenated([kept, value])
          logDet = logDet.map { $0 + slope.sum() } ?? slope.sum()
        }
        return [("loss", (square(x).sum() * 0.5 - logDet!).meanOverRows())]
      }
      .differentiated("loss")
      _ = CompiledProgram(program)
    }
    return Measurement(
      name: "trace, gradient and plan of 10 spline couplings", unit: "ms",
      values: times.map { $0 * 1e3 }, target: .below(20))
  }
}
