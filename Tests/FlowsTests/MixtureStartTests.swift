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

  @Test("a row of weight n counts as n rows", arguments: 0..<10)
  func weights(seed: UInt64) throws {
    let weights = (0..<Self.data.rows).map { Double($0 % 4) }
    let repeated = weights.indices.flatMap { row in
      repeatElement(Self.data[row], count: Int(weights[row])).joined()
    }
    let key = RandomKey(seed: seed)
    // In any unit of weights, and of data.
    let unit = pow(2.0, Double(seed * 100))
    let weighted = KMeans(
      Self.data, weights: weights.map { $0 * 0.3 * unit }, count: 3, key: key)
    let plain = KMeans(Batch(features: 2, repeated), count: 3, key: key)
    let size = Self.data.values.reduce(0) { max($0, $1.magnitude) }
    // Sums of up to 900 terms.
    let error = 900 * size * Double.ulpOfOne
    for (a, b) in zip(weighted.centers.joined(), plain.centers.joined()) {
      expect(a, b, within: error, "centre")
    }
    func densities(_ data: Batch, _ weights: [Double]?) throws -> [Double] {
      let mixture = try GaussianMixture(
        startingFrom: data, weights: weights, components: 3, key: key)
      return try Model(mixture, key: key, precision: .double).logDensity(of: Self.data)
    }
    let found = try densities(Self.data, weights)
    for (a, b) in zip(found, try densities(Batch(features: 2, repeated), nil)) {
      // Deviations are at least 0.4: a distance of 2 size counts (2 size/0.4)² in a log-density.
      expect(a, b, within: 4 * error * size / 0.16, "log-density")
    }
  }

  @Test("the unit of the data does not matter", arguments: [1e155, 1e300, 1e-200])
  func units(unit: Double) throws {
    // A power of two, by which nothing is rounded.
    let exponent = unit.exponent
    func mixture(_ exponent: Int) throws -> Model {
      let factor = Double(sign: .plus, exponent: exponent, significand: 1)
      let data = Batch(features: 2, Self.data.values.map { $0 * factor })
      let start = try GaussianMixture(startingFrom: data, components: 3, key: RandomKey(seed: 3))
      return Model(start, key: RandomKey(seed: 4), precision: .double)
    }
    let (plain, scaled) = (try mixture(0), try mixture(Int(exponent)))
    let factor = Double(sign: .plus, exponent: Int(exponent), significand: 1)
    for (name, change) in [
      ("means", 0.0), ("logScales", log(2) * Double(exponent)), ("logWeights", 0),
    ] {
      for (a, b) in zip(scaled.parameters[name]!, plain.parameters[name]!) {
        let expected = name == "means" ? b * factor : b + change
        expect(a, expected, within: 4 * expected.magnitude * Double.ulpOfOne, "\(name)")
      }
    }
  }

  @Test("weights that are none are refused")
  func badWeights() {
    let data = Batch(features: 1, [1, 2])
    func start(_ weights: [Double]) throws {
      _ = try GaussianMixture(
        startingFrom: data, weights: weights, components: 2, key: RandomKey(seed: 1))
    }
    #expect(throws: FlowError.badWeight(row: 1, value: -1)) { try start([1, -1]) }
    #expect(throws: FlowError.noRows) { try start([0, 0]) }
  }

  @Test("equal rows and fewer rows than components are no trouble")
  func degenerate() throws {
    for rows in [[1.0, 2], [3.0, 3, 3], [5.0], [0.1, 0.1, 0.1]] {
      let mixture = try GaussianMixture(
        startingFrom: Batch(features: 1, rows), components: 4, key: RandomKey(seed: 1))
      let model = Model(mixture, key: RandomKey(seed: 2))
      #expect(try model.logDensity(of: Batch(features: 1, rows)).allSatisfy(\.isFinite))
      let isOneValue = Set(rows).count == 1
      #expect(!isOneValue || model.parameters["logScales"]!.allSatisfy { $0 == 0 })
    }
    #expect(throws: FlowError.noRows) {
      try GaussianMixture(
        startingFrom: Batch(features: 1, []), components: 2, key: RandomKey(seed: 1))
    }
  }
}
