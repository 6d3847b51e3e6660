package import Tensors

extension Model {
  /// The mean of -w log p with its gradients, then the next values of states; and where these lie among
  /// the values of all parameters.
  ///
  /// - Parameter isWeighted: whether each row has a weight w, a further input; 1 otherwise.
  package func trainingProgram(isWeighted: Bool) -> (program: Program, states: [Range<Int>]) {
    var names: [String] = []
    let program = program { trace, source in
      let (logDensity, weights) = tracedLogDensity(trace, source, isWeighted: isWeighted)
      let loss = -(weights.map { logDensity * $0 } ?? logDensity).meanOverRows()
      names = source.updates.map(\.name)
      return [("loss", loss)] + source.updates.map { ($0.name, $0.value) }
    }
    return (program.differentiated("loss"), names.map(range))
  }

  /// Takes first values from data where parts ask for them, one part after the other from the data to
  /// the base, in `Double`.
  ///
  /// - Parameters:
  ///   - data: rows of D numbers.
  ///   - context: as many rows of C numbers; nil without context.
  ///   - weights: one for each row; nil for 1.
  mutating func begin(with data: Batch, given context: Batch?, weights: [Double]? = nil) {
    var beginnings: [(flag: String, names: [String])] = []
    let program = program { trace, source in
      _ = tracedLogDensity(trace, source, isWeighted: weights != nil)
      beginnings = source.beginnings.map { ($0.hasBegun, $0.values.map(\.name)) }
      return source.beginnings.flatMap(\.values).map { ($0.name, $0.value) }
    }
    let inputs = [data.values, context?.values, weights].compactMap { $0 }
    for (flag, names) in beginnings where parameters.values[range(of: flag).lowerBound] == 0 {
      let executor = Executor(
        CompiledProgram(program.keeping(names), precision: .double), pool: WorkerPool())
      // Sums over rows cannot be used within the same pass over them: a second one takes deviations from the
      // means of the first, and a third one what rounding left of these.
      for _ in 0..<3 { take(names, from: executor, rows: data.rows, inputs) }
      parameters.values[range(of: flag).lowerBound] = 1
    }
  }

  private mutating func take(
    _ names: [String], from executor: Executor, rows: Int, _ inputs: [[Double]]
  ) {
    let found = executor.values(rows: rows, inputs: inputs, parameters: parameters.values).outputs
    for (name, values) in zip(names, found) where values.allSatisfy(\.isFinite) {
      parameters.values.replaceSubrange(range(of: name), with: values)
    }
  }

  private func range(of name: String) -> Range<Int> {
    guard let range = parameters.range(of: name) else {
      fatalError("data sets '\(name)', which is neither a parameter nor a state")
    }
    return range
  }
}
