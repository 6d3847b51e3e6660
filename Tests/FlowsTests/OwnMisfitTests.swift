import Foundation
import Tensors
import Testing

@testable import Flows

/// Parts of one's own that make something of other extents than they should.
@Suite("Parts of one's own that do not fit")
struct OwnMisfitTests {
  private struct Transform: ElementwiseTransform {
    let parameterCount = 0
    let image: @Sendable (Tensor) -> ElementwiseImage
    func forward(_ x: Tensor, _ none: Tensor) -> ElementwiseImage { image(x) }
    func inverse(_ y: Tensor, _ none: Tensor) -> ElementwiseImage { image(y) }
  }

  private struct Map: Bijector {
    let features = 2
    var domain = [Interval](repeating: .line, count: 2)
    var unchanged = [Int?](repeating: nil, count: 2)
    var image: @Sendable (Tensor) -> Image = { Image($0, .zero) }
    func forward(_ z: Tensor, _ scope: Scope) -> Image { image(z) }
    func inverse(_ x: Tensor, _ scope: Scope) -> Image { image(x) }
  }

  private struct Density: Distribution {
    let features = 2
    var support = [Interval](repeating: .line, count: 2)
    var logDensity: @Sendable (Tensor) -> Tensor = { $0.total() }
    var sample: @Sendable (Tensor) -> Tensor = { $0 }
    let noise = NoiseCount(normals: 2)
    func logDensity(_ x: Tensor, _ scope: Scope) -> Tensor { logDensity(x) }
    func sample(_ noise: Noise, _ scope: Scope) -> Tensor { sample(noise.normals!) }
  }

  private static func begin(_ map: any Bijector) {
    _ = Model(Flow(base: StandardNormal(2), bijector: map), key: RandomKey(seed: 1))
  }

  private static func begin(_ density: any Distribution) {
    let model = Model(density, key: RandomKey(seed: 1))
    _ = try? model.samples(2, key: RandomKey(seed: 1))
  }

  private static func begin(_ image: @escaping @Sendable (Tensor) -> ElementwiseImage) {
    begin(Elementwise(Transform(image: image), features: 2))
  }

  private static func zero(_ x: Tensor) -> Tensor { x.trace.constant(0) }

  private static let misfits: [(name: String, says: String, make: @Sendable () -> Void)] = [
    (
      "a transform that adds features up", "a transform acts feature by feature",
      { begin { ElementwiseImage($0.total(), zero($0)) } }
    ),
    (
      "one log-slope for all features", "one for each feature, or the number 0",
      { begin { ElementwiseImage($0, $0.total()) } }
    ),
    (
      "a bijector that leaves a feature out", "a bijector keeps the number of features",
      { begin(Map { Image($0.slice(0..<1), .zero) }) }
    ),
    (
      "the same within a chain", "a bijector keeps the number of features",
      { begin(Chain([Identity(2), Map { Image($0.slice(0..<1), .zero) }, Identity(2)])) }
    ),
    (
      "too many log-slopes", "Map of 2 features has log-slopes",
      { begin(Map { Image($0, LogDet($0.trace.constant([1, 2, 3], [3]))) }) }
    ),
    (
      "a domain of one feature", "Map of 2 features says the domain of 1, the codomain of 2",
      { begin(Map(domain: [.line])) }
    ),
    (
      "a feature that is not there", "Map of 2 features leaves features [7] unchanged",
      { begin(Map(unchanged: [7, nil])) }
    ),
    (
      "the same inverted", "Map of 2 features leaves features [0, 0] unchanged",
      { _ = Map(unchanged: [0, 0]).inverted }
    ),
    (
      "log-densities of features", "they are a number for each row, the sum over features",
      { begin(Density(logDensity: { $0 })) }
    ),
    (
      "log-densities of features of a base", "a number for each row",
      { begin(Flow(base: Density(logDensity: { $0 }), bijector: Identity(2))) }
    ),
    (
      "samples of one feature", "Density of 2 features makes samples",
      { begin(Density(sample: { $0.slice(0..<1) })) }
    ),
    (
      "the support of one feature", "Density of 2 features says the support of 1",
      { begin(Mixture([Density(support: [.line]), StandardNormal(2)])) }
    ),
    (
      "a negative number of random numbers", "a sample takes -1 normal and 0 uniform numbers",
      { _ = NoiseCount(normals: -1) }
    ),
  ]

  @Test("stop with a sentence", arguments: misfits.indices)
  func misfit(number: Int) async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [number = number as Int] in
      Self.misfits[number].make()
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    let misfit = Self.misfits[number]
    #expect(text.contains(misfit.says), "\(misfit.name): \(text)")
  }
}
