package import Tensors

/// Centres of clusters: drawn one after the other with chances proportional to the squared distance from
/// those drawn before (*k-means++*; Arthur and Vassilvitskii 2007), then moved to the means of the rows
/// that are nearest until these no longer change (Lloyd 1982). A row of weight w counts as w rows.
package struct KMeans {
  /// K centres, each of D numbers
  package private(set) var centers: [[Double]] = []
  /// For each row, the number of the nearest centre
  package private(set) var nearest: [Int]
  /// A power of two of the size of the data: with it squares of distances are numbers.
  let unit: Double
  /// The weights of the rows, the largest 1.
  let weights: [Double]
  /// In that unit.
  private let data: Batch
  private var distances: [Double]

  /// - Parameters:
  ///   - data: at least one row.
  ///   - weights: one for each row, not all 0; nil for 1.
  ///   - count: K
  ///   - key: where chance comes from.
  ///   - rounds: the most moves of all centres.
  package init(
    _ data: Batch, weights: [Double]? = nil, count: Int, key: RandomKey, rounds: Int = 25
  ) {
    let largest = data.values.reduce(0) { max($0, $1.magnitude) }
    let unit =
      largest.isNormal ? Double(sign: .plus, exponent: largest.exponent, significand: 1) : 1
    let heaviest = weights?.max() ?? 1
    self.unit = unit
    self.data = Batch(features: data.features, data.values.map { $0 / unit })
    self.weights =
      weights.map { $0.map { $0 / heaviest } } ?? Array(repeating: 1, count: data.rows)
    nearest = Array(repeating: 0, count: data.rows)
    distances = Array(repeating: 1, count: data.rows)
    for number in key.uniforms(count) { addCenter(number) }
    var round = 0
    while round < rounds, move() { round += 1 }
    centers = centers.map { $0.map { $0 * unit } }
  }

  /// Draws one more centre.
  private mutating func addCenter(_ number: Double) {
    // Where all rows are centres already, any row is as good.
    let row =
      row(at: number, of: zip(weights, distances).map { $0 * $1 }) ?? row(at: number, of: weights)!
    centers.append(Array(data[row]))
    for index in distances.indices {
      let distance = distance(index, centers.count - 1)
      if centers.count == 1 || distance < distances[index] {
        (distances[index], nearest[index]) = (distance, centers.count - 1)
      }
    }
  }

  /// The row in whose share of (0, 1) a number lies; nil where no row has a chance.
  private func row(at number: Double, of chances: [Double]) -> Int? {
    var rest = number * chances.reduce(0, +)
    for (row, chance) in chances.enumerated() {
      rest -= chance
      if rest < 0 { return row }
    }
    return chances.lastIndex { $0 > 0 }
  }

  /// Moves centres to means and finds nearest ones again; false once nothing changes.
  private mutating func move() -> Bool {
    for (number, members) in members.enumerated() {
      let weight = members.reduce(0) { $0 + weights[$1] }
      guard weight > 0 else { continue }
      centers[number] = (0..<data.features).map { feature in
        members.reduce(0) { $0 + weights[$1] * data.values[$1 * data.features + feature] } / weight
      }
    }
    let before = nearest
    for row in 0..<data.rows {
      nearest[row] = centers.indices.min { distance(row, $0) < distance(row, $1) }!
    }
    return nearest != before
  }

  /// The rows of each cluster.
  package var members: [[Int]] {
    var members = centers.map { _ in [Int]() }
    for (row, number) in nearest.enumerated() { members[number].append(row) }
    return members
  }

  private func distance(_ row: Int, _ center: Int) -> Double {
    var sum = 0.0
    for feature in 0..<data.features {
      let difference = data.values[row * data.features + feature] - centers[center][feature]
      sum += difference * difference
    }
    return sum
  }
}
