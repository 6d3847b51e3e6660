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
    let buffer = ParameterBuffer(parameters, precision: compiled.precision)
    let hasGradients = !compiled.program.parameterGradients.isEmpty
    let gradients =
      hasGradients ? ParameterBuffer(count: buffer.count, precision: buffer.precision) : nil
    let outputs = outputs(rows: rows, inputs: inputs, parameters: buffer, gradients: gradients)
    return (outputs, gradients?.values ?? Array(repeating: 0, count: parameters.count))
  }

  /// Runs the program on arrays. What is derived from the parameters, such as packed matrices, stays for the next
  /// call with the same buffer.
  ///
  /// - Parameters:
  ///   - rows: B.
  ///   - inputs: one array an input, `[B, features]` row after row.
  ///   - parameters: the values of all parameters.
  ///   - gradients: where the gradients of the parameters go; nil for nowhere.
  /// - Returns: the outputs.
  public func outputs(
    rows: Int, inputs: [[Double]], parameters: ParameterBuffer, gradients: ParameterBuffer? = nil
  ) -> [[Double]] {
    let program = compiled.program
    var results = program.outputs.map { output -> [Double] in
      let shape = program.nodes[output.node].shape
      return Array(repeating: 0, count: shape.count * (shape.isPerRow ? rows : 1))
    }
    withViews(of: inputs, rows: rows) { views in
      withOutputs(&results) { outputs in
        run(
          rows: rows, inputs: views, parameters: parameters, outputs: outputs,
          gradients: gradients)
      }
    }
    return results
  }

  private func withViews(of inputs: [[Double]], rows: Int, _ body: ([BatchView]) -> Void) {
    let expected = compiled.program.inputs.count
    require(inputs.count == expected, "\(expected) inputs expected, got \(inputs.count)")
    // A view of no rows must point somewhere.
    let nowhere = UnsafeMutablePointer<Double>.allocate(capacity: 1)
    defer { nowhere.deallocate() }
    func with(_ views: [BatchView], _ remaining: ArraySlice<[Double]>) {
      guard let next = remaining.first else { return body(views) }
      next.withUnsafeBufferPointer { buffer in
        let features = compiled.program.inputs[views.count].features
        require(buffer.count == rows * features, "\(rows) rows of \(features) values expected")
        let start = buffer.baseAddress ?? UnsafePointer(nowhere)
        with(
          views + [BatchView(.double(start), stride: features)], remaining.dropFirst())
      }
    }
    with([], inputs[...])
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
