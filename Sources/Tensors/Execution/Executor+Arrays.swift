extension Executor {
  /// Runs the program on arrays, for uses that need no speed.
  ///
  /// - Parameters:
  ///   - rows: B.
  ///   - inputs: one array an input, `[B, features]` row after row.
  ///   - parameters: the values of all parameters.
  /// - Returns: the outputs, and the gradients of all parameters (0 where there is none).
  public func values(
    rows: Int, inputs: [[Double]] = [], parameters: [Double] = []
  ) -> (outputs: [[Double]], gradients: [Double]) {
    let program = compiled.program
    var results = program.outputs.map { output -> [Double] in
      let shape = program.nodes[output.node].shape
      return Array(repeating: 0, count: shape.count * (shape.isPerRow ? rows : 1))
    }
    let parameterBuffer = ParameterBuffer(parameters, precision: compiled.precision)
    let gradients = ParameterBuffer(count: parameters.count, precision: compiled.precision)
    func with(
      _ views: [BatchView], _ remaining: ArraySlice<[Double]>, _ body: ([BatchView]) -> Void
    ) {
      guard let next = remaining.first else { return body(views) }
      next.withUnsafeBufferPointer { buffer in
        let features = program.inputs[views.count].features
        precondition(buffer.count == rows * features, "\(rows) rows of \(features) values expected")
        let start = buffer.baseAddress ?? UnsafePointer(parameterBuffer.doubles)
        with(
          views + [BatchView(.double(start), stride: features)], remaining.dropFirst(), body)
      }
    }
    with([], inputs[...]) { views in
      withOutputs(&results) { outputs in
        run(
          rows: rows, inputs: views, parameters: parameterBuffer, outputs: outputs,
          gradients: program.parameterGradients.isEmpty ? nil : gradients)
      }
    }
    return (results, gradients.values)
  }

  private func withOutputs(_ results: inout [[Double]], _ body: ([OutputView]) -> Void) {
    let buffers = results.map { result in
      let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: max(1, result.count))
      buffer.initialize(repeating: 0)
      return buffer
    }
    body(buffers.map { .double($0.baseAddress!) })
    for (number, buffer) in buffers.enumerated() {
      results[number] = Array(buffer.prefix(results[number].count))
      buffer.deallocate()
    }
  }
}
