import Flows
import Tensors

/// How long does a step of training take for a whole flow, on one thread?
struct LearnedFlows {
  func measurements() -> [Measurement] {
    let wide = Perceptron(hidden: [128, 128])
    let smooth = Perceptron(hidden: [128, 128], activation: .silu)
    return [
      ("masked autoregressive flow", Flow.maf(features: 16, network: wide)),
      ("autoregressive splines", Flow.splineAutoregressive(features: 16, network: wide)),
      ("affine couplings, silu", Flow.realNVP(features: 16, network: smooth)),
      ("spline couplings", Flow.splineCoupling(features: 16, network: wide)),
    ].map { name, flow in step(name, flow) }
  }

  private func step(_ name: String, _ flow: Flow) -> Measurement {
    let (rows, features) = (256, 16)
    let model = Model(flow, key: RandomKey(seed: 1))
    let program = model.densityProgram.keeping(["loss"]).differentiated("loss")
    let executor = Executor(CompiledProgram(program), pool: WorkerPool(count: 1))
    let parameters = ParameterBuffer(model.parameters.values, precision: .float)
    let gradients = ParameterBuffer(count: parameters.count, precision: .float)
    let optimizer = OptimizerState(.adam(), for: parameters)
    let inputs = [
      BatchView(.float(Numbers(count: rows * features, in: -2...2).all), stride: features)
    ]
    let outputs = [OutputView.float(Numbers(count: 16).all)]
    let times = secondsPerCall {
      executor.run(
        rows: rows, inputs: inputs, parameters: parameters, outputs: outputs, gradients: gradients)
      optimizer.step(parameters, gradient: gradients, rate: 1e-4)
    }
    return Measurement(
      name: "training step of \(name), 16 features, hidden 128-128, 256 rows", unit: "ms",
      values: times.map { $0 * 1e3 })
  }
}
