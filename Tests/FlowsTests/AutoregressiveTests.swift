import Tensors
import Testing

@testable import Flows

@Suite("Autoregressive layers")
struct AutoregressiveTests {
  private static let networks: [any MaskedNetwork] = [
    Perceptron(hidden: []), Perceptron(hidden: [16]), Perceptron(hidden: [24, 9, 17]),
    ResidualNetwork(width: 20, blocks: 2), AttentionNetwork(width: 6, heads: 2),
    Gated(width: 12),
  ]

  /// The multiplications and additions that matrices take for a row.
  private func products(_ program: Program) -> Int {
    program.nodes.reduce(0) { sum, node in
      guard case .linear = node.operation else { return sum }
      return sum + node.shape.count * program.nodes[node.operands[1]].shape.count
    }
  }

  @Test("the inverse multiplies less than one pass forward", arguments: networks, [0, 3])
  func oneInversePass(network: any MaskedNetwork, context: Int) {
    for features in [1, 2, 5, 16, 40] {
      let trial = Trial(
        Autoregressive(
          AffineTransform(), features: features, context: context, network: network))
      let forward = products(trial.program(.forward))
      let inverse = products(trial.program(.inverse))
      #expect(inverse <= forward, "\(network), D = \(features): \(inverse) against \(forward)")
      #expect(features == 1 || inverse > 0)
    }
  }

  /// What the incremental inverse must equal: D passes, each of which keeps one more feature.
  @Test("the inverse is that of D passes", arguments: networks, [0, 3])
  func againstPasses(network: any MaskedNetwork, context: Int) {
    let features = 6
    let trial = Trial(
      Autoregressive(AffineTransform(), features: features, context: context, network: network))
    let x = points(4 * features, in: -2...2)
    let forward = trial.program(.forward)
    var z = [Double](repeating: 0, count: x.count)
    for feature in 0..<features {
      // An affine transform is linear in its own feature: two points give its root.
      func image(_ value: Double) -> [Double] {
        var moved = z
        for row in 0..<4 { moved[row * features + feature] = value }
        return trial.run(forward, moved)[0]
      }
      let (at0, at1) = (image(0), image(1))
      for index in stride(from: feature, to: x.count, by: features) {
        z[index] = (x[index] - at0[index]) / (at1[index] - at0[index])
      }
    }
    let found = trial.run(trial.program(.inverse), x)[0]
    for (a, b) in zip(found, z) {
      expect(a, b, within: 1e-11 * max(1, b.magnitude), "\(network), C = \(context)")
    }
  }

  @Test("features depend on those of the graph and on no others", arguments: networks)
  func graph(network: any MaskedNetwork) {
    let graph = Registry.graph(8)
    let trial = Trial(
      Autoregressive(AffineTransform(), dependencies: graph, network: network), deviation: 0.8)
    let program = trial.program(.forward) { x, value, _ in
      [("jacobian", value.jacobian(of: x))]
    }
    // Rectified units are constant in some rows, not in all.
    let rows = 50
    let jacobians = trial.run(program, points(8 * rows, in: -2...2))[2]
    for i in 0..<8 {
      for j in 0..<8 where i != j {
        let depends = (0..<rows).contains { jacobians[64 * $0 + 8 * i + j] != 0 }
        #expect(depends == graph.parents[i].contains(j), "\(network): x\(i) of z\(j)")
      }
    }
  }

  @Test("a circle of dependencies stops with its features")
  func circle() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = DependencyGraph(parents: [[], [2, 0], [3], [1]])
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("features [1, 2, 3] depend on each other in a circle"))
  }

  @Test("a fitted flow samples with the parameters of its density")
  func declarations() throws {
    for features in [1, 3] {
      let model = Model(Flow.iaf(features: features, context: 1), key: RandomKey(seed: 1))
      let context = Batch(features: 1, [0.5, 1])
      #expect(try model.samples(2, key: RandomKey(seed: 2), given: context).rows == 2)
    }
  }
}
