import Tensors
import Testing

@testable import Flows

@Suite("The multiply-adds of dense layers")
struct ProductCountTests {
  private static let network = Perceptron(hidden: [10, 7], activation: .tanh)

  @Test("of couplings: the sizes of their matrices")
  func couplings() {
    let flow = Flow.splineCoupling(features: 5, layers: 3, bins: 4, network: Self.network)
    let model = Model(flow, key: RandomKey(seed: 1))
    // Two bins' worth of sizes and the slopes between: 3 K - 1 numbers a feature; 2 or 3 features of 5.
    func layer(kept: Int) -> Int { kept * 10 + 10 * 7 + 7 * (5 - kept) * 11 }
    let expected = layer(kept: 2) + layer(kept: 3) + layer(kept: 2)
    #expect(model.densityProgram.multiplyAddsPerRow == expected)
    #expect(model.samplingProgram.multiplyAddsPerRow == expected)
  }

  @Test("of masked networks: the weights that have a gradient, in both directions")
  func masked() {
    for flow in [
      Flow.maf(features: 5, layers: 2, network: Self.network),
      Flow.splineAutoregressive(features: 4, layers: 2, bins: 4, network: Self.network),
    ] {
      let model = Model(flow, key: RandomKey(seed: 1), precision: .double)
      let rows = 50
      let program = model.densityProgram.keeping(["loss"]).differentiated("loss")
      let gradients = Executor(
        CompiledProgram(program, precision: .double), pool: WorkerPool(count: 1)
      ).values(
        rows: rows, inputs: [RandomKey(seed: 2).normals(rows * flow.features)],
        parameters: model.parameters.values
      ).gradients
      let weights = model.parameters.declarations.map(\.name)
        .filter { $0.lowercased().hasSuffix("weights") }
      let used = weights.reduce(0) { sum, name in
        sum + gradients[model.parameters.range(of: name)!].count { $0 != 0 }
      }
      #expect(weights.count == 6)
      #expect(model.densityProgram.multiplyAddsPerRow == used)
      #expect(model.samplingProgram.multiplyAddsPerRow == used)
    }
  }

  @Test("of a loop: those of its body, as often as it may run")
  func loops() {
    let program = Program.traced { trace in
      let x = trace.input("x", features: 3)
      let matrix = trace.parameter("w", [3, 3])
      let result = Tensor.iterated([x], captured: [matrix], rounds: 4) { states, captured in
        [captured[0].matmul(states[0])]
      }
      return [("y", result[0])]
    }
    #expect(program.multiplyAddsPerRow == 4 * 9)
  }
}
