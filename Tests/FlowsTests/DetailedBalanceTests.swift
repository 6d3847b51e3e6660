import Tensors
import Testing

@testable import Flows

/// Samples of another distribution than that of the density: what the test must see.
private struct Unfaithful: Distribution {
  let original: any Distribution
  /// What becomes of samples.
  let change: @Sendable (Tensor) -> Tensor
  var features: Int { original.features }
  var noise: NoiseCount { original.noise }
  func logDensity(_ x: Tensor, _ scope: Scope) -> Tensor { original.logDensity(x, scope) }
  func sample(_ noise: Noise, _ scope: Scope) -> Tensor { change(original.sample(noise, scope)) }
}

@Suite("Samples in many dimensions")
struct DetailedBalanceTests {
  private static let many = ModelConfiguration.all.filter { configuration in
    configuration.features >= 5
      && (configuration.context > 0 || configuration.entry.make(5, 2)?.contextFeatures != 2)
  }

  @Test("follow the density", arguments: many)
  func follow(configuration: ModelConfiguration) throws {
    let balance = DetailedBalance(model: configuration.model(.float)) {
      configuration.sameContext(rows: $0)
    }
    let (share, what) = try balance.worst()
    #expect(share < 1, "\(configuration): \(what), \(share) of the bound")
  }

  private static let errors: [(what: String, change: @Sendable (Tensor) -> Tensor)] = [
    ("a feature shifted by 0.3", { x in x + x.trace.constant([0, 0, 0.3, 0, 0], [5]) }),
    ("a feature 1.4 times as wide", { x in x * x.trace.constant([1, 1, 1, 1.4, 1], [5]) }),
    (
      "a feature that takes the sign of another",
      { x in
        let (a, b) = (x.columns(0..<1), x.columns(1..<2))
        return Tensor.concatenated([a, abs(b) * (1 - 2 * (a .< 0)), x.columns(2..<5)])
      }
    ),
    ("features in another order", { x in x.selecting([1, 2, 3, 4, 0]) }),
  ]

  @Test("are told from those of another distribution", arguments: errors.indices)
  func told(number: Int) throws {
    let original = Flow(
      base: StandardNormal(5), bijector: Elementwise(ScaleTransform(), features: 5))
    let unfaithful = Unfaithful(original: original, change: Self.errors[number].change)
    var model = Model(unfaithful, key: RandomKey(seed: 1))
    // Features of different widths.
    model.parameters.values = [0, 0.5, -0.5, 1, 0.3]
    let (share, _) = try DetailedBalance(model: model) { _ in nil }.worst()
    #expect(share > 1, "\(Self.errors[number].what): \(share) of the bound")
  }
}
