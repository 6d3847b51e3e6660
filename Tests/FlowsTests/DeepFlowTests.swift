import Tensors
import Testing

@testable import Flows

/// Flows of several layers, each of which sees what the last one made of numbers far out.
@Suite("Deep flows")
struct DeepFlowTests {
  private static let network = Perceptron(hidden: [64, 64])

  static let flows: [DistributionCase] = [
    DistributionCase("umnn") { features, _ in
      Flow.umnn(features: features, layers: 4, units: 8, network: network)
    },
    DistributionCase("sum of squares") { features, _ in
      Flow.sumOfSquares(features: features, layers: 4, network: network)
    },
    DistributionCase("naf") { features, _ in
      Flow.naf(features: features, layers: 4, network: network)
    },
    DistributionCase("bernstein") { features, _ in
      Flow.bernstein(features: features, layers: 4, network: network)
    },
    DistributionCase("maf") { features, _ in
      Flow.maf(features: features, layers: 4, network: network)
    },
  ]

  /// x and x² + noise, scaled: the tail of x² is long, but nothing lies farther out than 8.
  private static let banana: Batch = {
    let noise = RandomKey(seed: 1).normals(4000)
    return Batch(
      features: 2,
      (0..<2000).flatMap { row -> [Double] in
        let x = noise[2 * row]
        return [x, (x * x + 0.3 * noise[2 * row + 1] - 1) / 1.45]
      })
  }()

  @Test("have finite losses and gradients in each step", arguments: flows, 1...2)
  func training(entry: DistributionCase, seed: UInt64) throws {
    let key = RandomKey(seed: seed)
    let run = try TrainingRun(
      Model(entry.make(2, 0)!, key: key.split(0)), Self.banana, Training(batch: 64, maximumNorm: 5),
      key: key.split(1), pool: WorkerPool(count: 1))
    let steps = 300
    for step in 0..<steps {
      // As tables are learned: a short rise, then a slow fall.
      let shares = (Double(step + 1) / 20, 1 - Double(step) / Double(steps))
      let found = run.step(rate: 5e-3 * min(shares.0, shares.1))
      guard found.loss.isFinite, found.norm.isFinite else {
        Issue.record("\(entry.name), seed \(seed), step \(step): \(found)")
        return
      }
    }
    // The best normal distribution has -2.8.
    let values = try run.model.logDensity(of: Self.banana)
    #expect(values.reduce(0, +) / 2000 > -2.8, "\(entry.name)")
  }
}
