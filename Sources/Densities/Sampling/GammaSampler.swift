import Tensors

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Gamma variables of scale 1, by their logarithms: for small shapes the variables would underflow.
///
/// Source: G. Marsaglia, W. Tsang, "A simple method for generating gamma variables", ACM
/// Transactions on Mathematical Software 26, 2000.
struct GammaSampler: Sendable {
  let shape: Double

  /// log X for each row of `rows`; for shape < 1 that of shape + 1 and a uniform number to the power
  /// 1/shape. A row depends on the key and its number alone.
  func logarithms(rows: Range<Int>, key: RandomKey) -> [Double] {
    var values = candidates(rows: rows, key: key.split(0))
    for (place, row) in zip(values.indices, rows) where values[place].isNaN {
      var attempt: UInt64 = 1
      while values[place].isNaN {
        values[place] = candidates(rows: row..<row + 1, key: key.split(attempt))[0]
        attempt += 1
      }
    }
    guard shape < 1 else { return values }
    let exponentials = key.split(.max).exponentials(rows.count, first: rows.lowerBound)
    return zip(values, exponentials).map { $0 - $1 / shape }
  }

  /// One attempt for each row: NaN where it is rejected.
  private func candidates(rows: Range<Int>, key: RandomKey) -> [Double] {
    let d = (shape < 1 ? shape + 1 : shape) - 1 / 3.0
    let c = 1 / (9 * d).squareRoot()
    let normals = key.split(0).normals(rows.count, first: rows.lowerBound)
    let exponentials = key.split(1).exponentials(rows.count, first: rows.lowerBound)
    return zip(normals, exponentials).map { x, exponential in
      let root = 1 + c * x
      if root <= 0 { return .nan }
      let v = root * root * root
      let isAccepted = -exponential < 0.5 * x * x + d - d * v + d * log(v)
      return isAccepted ? log(d * v) : .nan
    }
  }
}
