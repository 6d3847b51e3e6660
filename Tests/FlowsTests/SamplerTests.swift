import Flows
import Tensors
import Testing

/// A sample depends on the key and on its number alone, to the last bit where there are enough rows for tiles.
@Suite("Samplers")
struct SamplerTests {
  private static let flows: [Flow] = [
    Flow.maf(features: 3, context: 2, network: Perceptron(hidden: [8])),
    Flow.gaussianMixture(features: 3, context: 2),
    // Roots: no row goes on because others of its tile do.
    Flow.naf(features: 3, context: 2, network: Perceptron(hidden: [8])),
    Flow.bernstein(features: 3, context: 2, network: Perceptron(hidden: [8])),
    Flow.umnn(features: 3, context: 2, layers: 1, network: Perceptron(hidden: [8])),
  ]

  @Test(arguments: flows.indices, [Precision.float, .double])
  func piecesAreTheWhole(_ index: Int, _ precision: Precision) throws {
    let model = Model(Self.flows[index], key: RandomKey(seed: 1), precision: precision)
    let key = RandomKey(seed: 2)
    let context = Batch(features: 2, RandomKey(seed: 3).normals(2 * 500))
    let whole = try model.samples(500, key: key, given: context)
    let sampler = Sampler(model, pool: WorkerPool(count: 2))
    var pieces: [Double] = []
    for rows in [0..<0, 0..<40, 40..<200, 200..<500] {
      let given = Batch(
        features: 2, Array(context.values[2 * rows.lowerBound..<2 * rows.upperBound]))
      pieces += try sampler.samples(rows, key: key, given: given).values
    }
    #expect(pieces == whole.values)
  }
}
