import Flows
import Foundation
import Tensors
import Testing

struct Gated: MaskedNetwork {
  let width: Int
  func units(_ inputs: Units) -> Units {
    inputs.linear("value", width).map(tanh) * inputs.linear("gate", width).map(sigmoid)
  }
}

struct Normalised: Network {
  let width: Int
  func units(_ x: Tensor, _ scope: Scope) -> Tensor {
    let weights = scope.parameter("weights", [width, x.shape.count], .normal(deviation: 1))
    let sums = weights.matmul(x)
    let centered = sums - sums.total() / Double(width)
    return centered / sqrt(square(centered).total() / Double(width) + 0.01)
  }
}

/// Units of two layers side by side, the inputs among them.
struct Linked: MaskedNetwork {
  let width: Int
  func units(_ inputs: Units) -> Units {
    let first = Units.joined([inputs.linear("first", width).map(tanh), inputs])
    return Units.joined([first, first.linear("second", width) + first.linear("third", width)])
  }
}

/// Names that the library's own layers have, too, and a layer that is used twice.
struct Repeated: MaskedNetwork {
  let width: Int
  func units(_ inputs: Units) -> Units {
    let first = inputs.linear("output", width).map { Tensor.select($0 .> 0, $0, tanh($0)) + 0.5 }
    return first.linear("attention", width).map(tanh).linear("attention", width).map(tanh)
  }
}

/// Attention beside units of a layer.
struct Attentive: MaskedNetwork {
  let width: Int
  func units(_ inputs: Units) -> Units {
    let attention = AttentionNetwork(width: width, heads: 1)
    return Units.joined([attention.units(inputs), inputs.linear("attention", width).map(tanh)])
  }
}

struct SideBySide: MaskedNetwork {
  func units(_ inputs: Units) -> Units {
    Units.joined([
      inputs.through(Perceptron(hidden: [4]), named: "shallow"),
      inputs.through(ResidualNetwork(width: 4, blocks: 2), named: "deep"),
    ])
  }
}

/// Networks of the library one after the other, an activation of it, and one part that is used twice.
struct Nested: MaskedNetwork {
  func units(_ inputs: Units) -> Units {
    let attention = inputs.through(AttentionNetwork(width: 2, heads: 1), named: "attention")
    let first = attention.linear("0", 4, gain: Activation.silu.gain).map { Activation.silu($0) }
    let part = Perceptron(hidden: [4], activation: .tanh)
    return first.through(part, named: "part").through(part, named: "part")
      .through(SideBySide(), named: "both")
  }
}

/// What the article on new networks says, with nothing but the public interface.
@Suite("A network from outside of the module")
struct OwnNetworkTests {
  private static let data = Batch(features: 3, RandomKey(seed: 4).normals(3 * 200))
  private static let context = Batch(features: 2, RandomKey(seed: 5).normals(2 * 200))

  @Test("computes what its formula says, then a linear layer")
  func formula() throws {
    let coupling = Coupling(
      mask: [false, false, true], transform: ShiftTransform(), network: Gated(width: 2))
    var model = Model(
      Flow(base: StandardNormal(3), bijector: coupling), key: RandomKey(seed: 1),
      precision: .double)
    model.parameters.values = RandomKey(seed: 2).normals(model.parameters.values.count)
    func numbers(_ name: String) -> [Double] { model.parameters["bijector.network." + name]! }
    let z = [0.5, -1.25, 0.75]
    func sum(_ layer: String, _ unit: Int) -> Double {
      let weights = numbers(layer + ".weights")
      return weights[2 * unit] * z[0] + weights[2 * unit + 1] * z[1]
        + numbers(layer + ".bias")[unit]
    }
    let shift = (0..<2).reduce(numbers("outputBias")[0]) {
      $0 + numbers("outputWeights")[$1] * tanh(sum("value", $1)) / (1 + exp(-sum("gate", $1)))
    }
    let map = try #require(FlowMap(model))
    let x = try map.forward(Batch(features: 3, z)).values
    #expect(x[0] == z[0] && x[1] == z[1])
    #expect((x[2] - z[2] - shift).magnitude <= 32 * Double.ulpOfOne * (1 + shift.magnitude))
  }

  @Test("is fitted, kept and restored like any other")
  func kept() throws {
    let flows = [
      Flow.realNVP(features: 3, context: 2, network: Normalised(width: 16)),
      Flow.maf(features: 3, context: 2, network: Gated(width: 16)),
    ]
    for flow in flows {
      var model = Model(flow, key: RandomKey(seed: 1))
      let losses = try model.fit(
        Self.data, given: Self.context, Training(steps: 60), key: RandomKey(seed: 2))
      #expect(losses.suffix(5).max()! < losses[0])
      var restored = Model(flow, key: RandomKey(seed: 3))
      try restored.parameters.restore(model.parameters.arrays)
      #expect(
        try restored.logDensity(of: Self.data, given: Self.context)
          == model.logDensity(of: Self.data, given: Self.context))
      let other = Model(Flow.maf(features: 3, context: 2), key: RandomKey(seed: 3))
      #expect(throws: FlowError.self) { try restored.parameters.restore(other.parameters.arrays) }
    }
  }

  private static let networks: [any MaskedNetwork] = [
    Gated(width: 4), Linked(width: 4), Repeated(width: 6), Attentive(width: 3),
    AttentionNetwork(width: 3, heads: 2), SideBySide(), Nested(),
  ]

  @Test(
    "samples by it lead back to what they were made from", arguments: networks.indices, [1, 2, 5])
  func samples(number: Int, features: Int) throws {
    let graphs = [
      DependencyGraph.natural(features),
      DependencyGraph(parents: Array(repeating: [], count: features)),
    ]
    for (graph, context) in graphs.flatMap({ graph in [0, 2].map { (graph, $0) } }) {
      // The parameters are those that a density by the inverse asks for, features known one after the other.
      let layer = Autoregressive(
        ShiftTransform(), dependencies: graph, context: context, network: Self.networks[number])
      var model = Model(
        Flow(base: StandardNormal(features), bijector: layer), key: RandomKey(seed: 1),
        precision: .double)
      model.parameters.values = RandomKey(seed: 2).normals(model.parameters.values.count).map {
        0.3 * $0
      }
      let map = try #require(FlowMap(model))
      let z = Batch(features: features, RandomKey(seed: 3).normals(4 * features))
      let given = context > 0 ? Batch(features: context, RandomKey(seed: 4).normals(8)) : nil
      let back = try map.inverse(map.forward(z, given: given), given: given)
      // An error of a feature is 32 roundings and L errors of those before it, L ≤ 16 for so small weights.
      let error = 32 * Double.ulpOfOne * pow(17, Double(features - 1))
      let size = z.values.reduce(1) { max($0, $1.magnitude) }
      for (a, b) in zip(back.values, z.values) { #expect((a - b).magnitude <= error * size) }
    }
  }

  @Test("made of others has the parameters of each of them under a name of its own")
  func parts() throws {
    let coupling = Coupling(
      mask: [false, false, true], transform: ShiftTransform(), network: SideBySide())
    let flow = Flow(base: StandardNormal(3), bijector: coupling)
    let dims = Dictionary(
      uniqueKeysWithValues: Model(flow, key: RandomKey(seed: 1)).parameters.declarations.map {
        ($0.name.dropFirst("bijector.network.".count), $0.dims)
      })
    #expect(
      dims == [
        "shallow.0.weights": [4, 2], "shallow.0.bias": [4], "deep.input.weights": [4, 2],
        "deep.input.bias": [4], "deep.0.first.weights": [4, 4], "deep.0.first.bias": [4],
        "deep.0.second.weights": [4, 4], "deep.0.second.bias": [4], "deep.1.first.weights": [4, 4],
        "deep.1.first.bias": [4], "deep.1.second.weights": [4, 4], "deep.1.second.bias": [4],
        "outputWeights": [1, 8], "outputBias": [1],
      ])
  }

  @Test("that looks at other rows stops, and says that it must not")
  func otherRows() async {
    struct Centered: Network {
      func units(_ x: Tensor, _ scope: Scope) -> Tensor { x - x.meanOverRows() }
    }
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let model = Model(
        Flow.realNVP(features: 2, network: Centered()), key: RandomKey(seed: 1))
      _ = try model.logDensity(of: Batch(features: 2, [1, 2]))
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(
      text.contains("values of a row depend on other rows, through meanOverRows()"), "\(text)")
  }

  @Test("that mixes units and keeps their number stops, too")
  func hiddenMixing() async {
    struct Soft: MaskedNetwork {
      func units(_ inputs: Units) -> Units { inputs.linear("0", 3).map { $0.softmax() } }
    }
    struct Uneven: MaskedNetwork {
      func units(_ inputs: Units) -> Units {
        inputs.linear("0", 3).map { $0 * $0.trace.constant([1, 2, 3], [3]) }
      }
    }
    let results = [
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Model(Flow.maf(features: 2, network: Soft()), key: RandomKey(seed: 1))
      },
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Model(Flow.maf(features: 2, network: Uneven()), key: RandomKey(seed: 1))
      },
    ]
    for result in results {
      let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      #expect(text.contains("mixes them, or is not the same for all"), "\(text)")
    }
  }

  @Test("that attends to hidden units stops with their number")
  func attentionToUnits() async {
    struct Late: MaskedNetwork {
      func units(_ inputs: Units) -> Units {
        AttentionNetwork(width: 3, heads: 1).units(inputs.linear("0", 6))
      }
    }
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Model(Flow.maf(features: 2, network: Late()), key: RandomKey(seed: 1))
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("over the inputs of a network, not over 6 hidden units"), "\(text)")
  }

  @Test("that mixes units where it must not stops with both shapes")
  func mixing() async {
    struct Mixing: MaskedNetwork {
      func units(_ inputs: Units) -> Units { inputs.linear("0", 3).map { $0.total() } }
    }
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Model(Flow.maf(features: 2, network: Mixing()), key: RandomKey(seed: 1))
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("it must act unit by unit"), "\(text)")
  }

  @Test("that combines units of different layers stops with their numbers")
  func combining() async {
    struct Uneven: MaskedNetwork {
      func units(_ inputs: Units) -> Units { inputs.linear("0", 3) + inputs.linear("1", 4) }
    }
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Model(Flow.realNVP(features: 2, network: Uneven()), key: RandomKey(seed: 1))
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("3 units and 4 units can be combined only where"), "\(text)")
  }

  @Test("that makes no row of units stops with what it made")
  func shapes() async {
    struct Total: Network {
      func units(_ x: Tensor, _ scope: Scope) -> Tensor { x.total() }
    }
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Model(Flow.realNVP(features: 2, network: Total()), key: RandomKey(seed: 1))
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("Total must make a row of hidden units of each row"), "\(text)")
  }
}
