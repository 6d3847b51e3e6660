import Flows

/// W = Σ w, m = Σ w x/W and S = Σ w (x - m)(x - m)ᵀ/W of rows x with weights w: the normal distribution that makes
/// them likeliest.
struct NormalMoments: Sendable {
  /// W
  let weight: Double
  /// m
  let mean: [Double]
  /// S, row after row
  let covariance: [Double]

  /// - Parameters:
  ///   - rows: x
  ///   - weights: w ≥ 0; 1 for all where it is nil. Where their sum is 0, so are all moments.
  init(of rows: Batch, weights: [Double]? = nil) {
    let size = rows.features
    let total = weights?.reduce(0, +) ?? Double(rows.rows)
    var mean = [Double](repeating: 0, count: size)
    var covariance = [Double](repeating: 0, count: size * size)
    let shares = (0..<rows.rows).map { total > 0 ? (weights?[$0] ?? 1) / total : 0 }
    var residual = mean
    rows.values.withUnsafeBufferPointer { x in
      for row in 0..<rows.rows where shares[row] > 0 {
        for i in 0..<size { mean[i] += shares[row] * x[row * size + i] }
      }
      covariance.withUnsafeMutableBufferPointer { covariance in
        residual.withUnsafeMutableBufferPointer { residual in
          for row in 0..<rows.rows where shares[row] > 0 {
            for i in 0..<size {
              residual[i] = x[row * size + i] - mean[i]
              let part = shares[row] * residual[i]
              for j in 0...i { covariance[i * size + j] += part * residual[j] }
            }
          }
        }
      }
    }
    for i in 0..<size {
      for j in 0..<i { covariance[j * size + i] = covariance[i * size + j] }
    }
    weight = total
    self.mean = mean
    self.covariance = covariance
  }
}
