import Flows
import Tensors

extension NormalMixture {
  /// The mixture that makes rows likeliest, by expectation and maximisation (Dempster, Laird and Rubin 1977), from
  /// the clusters of k-means++. It is a local maximum.
  ///
  /// What is added to variances keeps a component from becoming a point: a millionth of those of all rows.
  ///
  /// - Parameters:
  ///   - rows: at least one.
  ///   - components: K ≥ 1; components that no row belongs to are dropped.
  ///   - key: where the choice of first centres comes from.
  ///   - rounds: the most rounds.
  /// - Returns: nil where the rows lie in a plane of fewer dimensions.
  init?(
    fitting rows: Batch, components count: Int, key: RandomKey, rounds: Int = 100
  ) {
    let spread = NormalMoments(of: rows)
    let size = rows.features
    // Singular covariances would be fitted to what is added to them.
    guard Cholesky(spread.covariance, size: size) != nil else { return nil }
    let floor = (0..<size).map { 1e-6 * spread.covariance[$0 * (size + 1)] }
    let clusters = KMeans(rows, count: count, key: key)
    var shares = [[Double]](
      repeating: [Double](repeating: 0, count: rows.rows), count: clusters.centers.count)
    for (row, number) in clusters.nearest.enumerated() { shares[number][row] = 1 }
    self.components = []
    var last = -Double.infinity
    for _ in 0..<rounds {
      components = shares.compactMap { NormalMixture.component(rows, weights: $0, floor) }
      guard !components.isEmpty else { return nil }
      let mean = updateShares(&shares, rows)
      // A mean log-likelihood is not known much better than this.
      if mean - last < 1e-5 { break }
      last = mean
    }
  }

  /// The normal distribution of weighted rows.
  private static func component(
    _ rows: Batch, weights: [Double], _ floor: [Double]
  ) -> Component? {
    let moments = NormalMoments(of: rows, weights: weights)
    guard moments.weight > 1e-3 else { return nil }
    var covariance = moments.covariance
    for (i, least) in floor.enumerated() { covariance[i * (rows.features + 1)] += least }
    return Component(
      logWeight: UnaryFunction.logarithm.value(moments.weight / Double(rows.rows)),
      mean: moments.mean, covariance: covariance)
  }

  /// A share of e^-30 is none: it changes no moment by more than rounding does.
  private static let leastLogShare = -30.0

  /// Which share of each row belongs to which component; returns the mean of log p.
  private func updateShares(_ shares: inout [[Double]], _ rows: Batch) -> Double {
    shares = components.map { $0.logDensity(of: rows) }
    var sum = 0.0
    for row in 0..<rows.rows {
      let total = shares.map { $0[row] }.logSumExp
      sum += total
      for k in shares.indices {
        let log = shares[k][row] - total
        shares[k][row] =
          log < NormalMixture.leastLogShare ? 0 : UnaryFunction.exponential.value(log)
      }
    }
    return sum / Double(rows.rows)
  }
}
