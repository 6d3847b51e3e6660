import Foundation
import Tensors
import Testing

@testable import Flows

@Suite("Mixtures that begin with clusters")
struct MixtureStartTests {
  /// Three normal clusters, far from each other, of 300, 200 and 100 rows.
  private static let centers = [(-10.0, 5.0), (0.0, -8.0), (12.0, 3.0)]
  private static let counts = [300, 200, 100]
  private static let data: Batch = {
    let noise = RandomKey(seed: 1).normals(1200)
    let owners = zip(0..<3, counts).flatMap { Array(repeating: $0, count: $1) }
    let values = owners.enumerated().flatMap { row, owner in
      [
        centers[owner].0 + 0.5 * noise[2 * row], centers[owner].1 + 2 * noise[2 * row + 1],
      ]
    }
    return Batch(features: 2, values)
  }()

  @Test("clusters are found, whatever the key", arguments: 0..<20)
  func clusters(seed: UInt64) {
    let clusters = KMeans(Self.data, count: 3, key: RandomKey(seed: seed))
    let order = clusters.centers.indices.sorted {
      clusters.centers[$0][0] < clusters.centers[$1][0]
    }
    for (number, cluster) in order.enumerated() {
      let members = clusters.members[cluster]
      #expect(members.count == Self.counts[number])
      // A centre is the mean of its rows.
      let mean = members.reduce(0.0) { $0 + Self.data.values[2 * $1] } / Double(members.count)
      expect(clusters.centers[cluster][0], mean, within: 1e-12, "centre \(number)")
    }
  }

  @Test("a mixture begins with the likelihood of its clusters")
  func likelihood() throws {
    let mixture = try GaussianMixture(
      startingFrom: Self.data, components: 3, key: RandomKey(seed: 3))
    let model = Model(mixture, key: RandomKey(seed: 4), precision: .double)
    let found = try model.logDensity(of: Self.data).reduce(0, +) / Double(Self.data.rows)
    // The entropies of the clusters and of the choice among them; the likelihood of parameters that
    // were fitted to the rows is above it by about parameters/2n, and deviates by about 1/√n.
    let entropy = zip(Self.counts, Self.centers).reduce(0.0) { sum, entry in
      let share = Double(entry.0) / 600
      return sum + share * (1 + log(2 * Double.pi) + log(0.5) + log(2) - log(share))
    }
    expect(found, -entropy, within: 5 / Double(Self.data.rows).squareRoot(), "likelihood")
  }

  @Test("equal rows and fewer rows than components are no trouble")
  func degenerate() throws {
    for rows in [[1.0, 2], [3.0, 3, 3], [5.0]] {
      let mixture = try GaussianMixture(
        startingFrom: Batch(features: 1, rows), components: 4, key: RandomKey(seed: 1))
      let model = Model(mixture, key: RandomKey(seed: 2))
      #expect(try model.logDensity(of: Batch(features: 1, rows)).allSatisfy(\.isFinite))
    }
    #expect(throws: FlowError.noRows) {
      try GaussianMixture(
        startingFrom: Batch(features: 1, []), components: 2, key: RandomKey(seed: 1))
    }
  }
}
