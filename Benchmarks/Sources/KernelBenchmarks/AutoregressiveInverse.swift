import Flows
import Tensors

/// How much longer does the inverse of an autoregressive layer take than its one pass forward? Feature
/// by feature with the whole network it would be D times.
struct AutoregressiveInverse {
  private let rows = 256

  func measurements() -> [Measurement] {
    [16, 64].map { features in
      let model = Model(
        Flow.maf(features: features, layers: 1, network: Perceptron(hidden: [128, 128])),
        key: RandomKey(seed: 1))
      let forward = run(model.densityProgram.keeping(["logDensity"]), "x", features, 1, model)
      let inverse = run(model.samplingProgram, "normals", features, features, model)
      return Measurement(
        name: "autoregressive inverse against forward, D = \(features)", unit: "times",
        values: zip(secondsPerCall(inverse), secondsPerCall(forward)).map { $0 / $1 })
    }
  }

  /// A program from one input to one output, ready to run.
  private func run(
    _ program: Program, _ input: String, _ width: Int, _ outputs: Int, _ model: Model
  ) -> () -> Void {
    precondition(program.inputs.map(\.name) == [input], "one input expected: \(input)")
    let executor = Executor(CompiledProgram(program), pool: WorkerPool(count: 1))
    let parameters = ParameterBuffer(model.parameters.values, precision: .float)
    let x = Numbers(count: rows * width, in: -1...1).all
    let y = Numbers(count: rows * outputs).all
    return { [rows] in
      executor.run(
        rows: rows, inputs: [BatchView(.float(x), stride: width)], parameters: parameters,
        outputs: [.float(y)])
    }
  }
}
