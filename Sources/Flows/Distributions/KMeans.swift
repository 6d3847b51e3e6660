package import Tensors

/// Centres of clusters: drawn one after the other with chances proportional to the squared distance from
/// those drawn before (*k-means++*; Arthur and Vassilvitskii 2007), then moved to the means of the rows
/// that are nearest until these no longer change (Lloyd 1982).
package struct KMeans {
  /// K centres, each of D numbers
  package private(set) var centers: [[Double]] = []
  /// For each row, the number of the nearest centre
  package private(set) var nearest: [Int]
  private let data: Batch
  private var distances: [Double]

  /// - Parameters:
  ///   - data: at least one row.
  ///   - count: K
  ///   - key: where chance comes from.
  ///   - rounds: the most moves of all centres.
  package init(_ data: Batch, count: Int, key: RandomKey, rounds: Int = 25) {
    self.data = data
    nearest = Array(repeating: 0, count: data.rows)
    distances = Array(repeating: .infinity, count: data.rows)
    for number in key.uniforms(count) { addCenter(number) }
    var round = 0
    while round < rounds, move() { round += 1 }
  }

  /// Draws one more centre.
  private mutating func addCenter(_ number: Double) {
    let total = centers.isEmpty ? 0 : distances.reduce(0, +)
    var row = min(data.rows - 1, Int(number * Double(data.rows)))
    // Where all rows are centres already, any row is as good.
    if total > 0 {
      var rest = number * total
      row = distances.indices.last { distances[$0] > 0 }!
      for (index, distance) in distances.enumerated() {
        rest -= distance
        if rest < 0 {
          row = index
          break
        }
      }
    }
    centers.append(Array(data[row]))
    for index in distances.indices {
      let distance = distance(index, centers.count - 1)
      if distance < distances[index] {
        (distances[index], nearest[index]) = (distance, centers.count - 1)
      }
    }
  }

  /// Moves centres to means and finds nearest ones again; false once nothing changes.
  private mutating func move() -> Bool {
    for (number, members) in members.enumerated() where !members.isEmpty {
      centers[number] = (0..<data.features).map { feature in
        members.reduce(0) { $0 + data.values[$1 * data.features + feature] }
          / Double(members.count)
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
