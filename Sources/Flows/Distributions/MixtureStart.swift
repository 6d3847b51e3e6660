import Tensors

/// First values of a mixture of normals, in row-major order.
struct MixtureStart: Sendable {
  let logWeights, means, logScales: [Double]

  /// Those of clusters. A deviation is at least 10⁻³ of that of all data, so that a cluster of equal rows
  /// is no point; where all data are equal, it is 1.
  init(_ data: Batch, _ clusters: KMeans) {
    let members = clusters.members
    let weights = clusters.weights
    func total(_ rows: [Int]) -> Double { rows.reduce(0) { $0 + weights[$1] } }
    /// The mean of f(x), x in the unit of the clusters, and 0 for rows without weight.
    func mean(_ rows: [Int], _ feature: Int, of f: (Double) -> Double) -> Double {
      let weight = total(rows)
      guard weight > 0 else { return 0 }
      return rows.reduce(0) {
        $0 + weights[$1] * f(data.values[$1 * data.features + feature] / clusters.unit)
      } / weight
    }
    func logDeviation(_ rows: [Int], _ feature: Int, from center: Double) -> Double {
      let variance = mean(rows, feature) { ($0 - center) * ($0 - center) }
      return 0.5 * UnaryFunction.logarithm.value(variance)
        + UnaryFunction.logarithm.value(clusters.unit)
    }
    let all = Array(0..<data.rows)
    let least = (0..<data.features).map { feature in
      // Around a value of the data: where all are equal, no rounding makes them differ.
      let first = data.values[feature] / clusters.unit
      let whole = logDeviation(
        all, feature, from: first + mean(all, feature) { $0 - first })
      return whole.isFinite ? whole + UnaryFunction.logarithm.value(1e-3) : 0
    }
    means = clusters.centers.flatMap { $0 }
    // Not below that of an average row.
    let average = total(all) / Double(all.count)
    logWeights = members.map { UnaryFunction.logarithm.value(max(average, total($0))) }
    logScales = members.indices.flatMap { number in
      (0..<data.features).map { feature in
        let center = clusters.centers[number][feature] / clusters.unit
        return max(least[feature], logDeviation(members[number], feature, from: center))
      }
    }
  }
}
