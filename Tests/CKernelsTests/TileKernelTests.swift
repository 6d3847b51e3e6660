import CKernels
import Testing

@Suite("Kernels over tiles, against sums in Double")
struct TileKernelTests {
  static let rowCounts = [1, 3, 15, 16, 17, 33, 64, 65]

  @Test("cumulative sums in both directions", arguments: Level.available)
  func cumulativeSums(_ level: Level) {
    forEachShape { features, rows in
      checkCumulativeSums(level, Float.self, features, rows)
      checkCumulativeSums(level, Double.self, features, rows)
    }
  }

  @Test("sums and greatest values over features, sums over rows", arguments: Level.available)
  func reductions(_ level: Level) {
    forEachShape { features, rows in
      checkReductions(level, Float.self, features, rows)
      checkReductions(level, Double.self, features, rows)
    }
  }

  @Test("the greatest value of a row with NaN is NaN", arguments: Level.available)
  func greatestOfUndefined(_ level: Level) {
    for place in 0..<3 {
      let x = Tile<Double>(features: 3, rows: 17) { feature, row in
        feature == place && row == 9 ? .nan : Double(feature)
      }
      let y = Tile<Double>(features: 1, rows: 17)
      diffeo_run_max_features(level.kernels(.double), 3, x.ld, x.start, y.start)
      for row in 0..<17 { #expect(row == 9 ? y[0, row].isNaN : y[0, row] == 2) }
    }
  }

  private func forEachShape(_ check: (_ features: Int, _ rows: Int) -> Void) {
    for features in 1...33 {
      for rows in Self.rowCounts { check(features, rows) }
    }
  }

  private func tile<T: KernelScalar>(_ type: T.Type, _ features: Int, _ rows: Int) -> Tile<T> {
    var generator = SplitMix64(seed: UInt64(features * 100 + rows))
    return Tile(features: features, rows: rows) { _, _ in generator.symmetric(1) }
  }

  private func checkCumulativeSums<T: KernelScalar>(
    _ level: Level, _ type: T.Type, _ features: Int, _ rows: Int
  ) {
    let x = tile(T.self, features, rows)
    let y = Tile<T>(features: features, rows: rows)
    var worst = 0.0
    for isReversed in [false, true] {
      diffeo_run_cumsum_features(
        level.kernels(T.format), isReversed ? 1 : 0, features, x.ld, x.start, y.start)
      for row in 0..<rows {
        for f in 0..<features {
          let terms = (isReversed ? f..<features : 0..<(f + 1)).map { x[$0, row] }
          let size = terms.reduce(0) { $0 + abs($1) }
          let bound = roundoff(of: T.self) * Double(terms.count) * size
          let error = abs(y[f, row] - terms.reduce(0, +))
          if error > 0 { worst = worse(worst, error / bound) }
        }
      }
    }
    #expect(worst <= 1, "\(T.self), \(features) features, \(rows) rows")
  }

  private func checkReductions<T: KernelScalar>(
    _ level: Level, _ type: T.Type, _ features: Int, _ rows: Int
  ) {
    let x = tile(T.self, features, rows)
    let (sums, greatest) = (Tile<T>(features: 1, rows: rows), Tile<T>(features: 1, rows: rows))
    var rowSums = Array(repeating: 0.25, count: features)
    let k = level.kernels(T.format)
    diffeo_run_sum_features(k, features, x.ld, x.start, sums.start)
    diffeo_run_max_features(k, features, x.ld, x.start, greatest.start)
    diffeo_run_sum_rows(k, features, rows, x.ld, x.start, &rowSums)
    var worst = 0.0
    // Sums run in Double in an order of their own, and are rounded to the format once.
    let roundings = Double.ulpOfOne / 2
    for row in 0..<rows {
      let terms = (0..<features).map { x[$0, row] }
      let size = terms.reduce(0) { $0 + abs($1) }
      let sum = terms.reduce(0, +)
      let bound = roundoff(of: T.self) * abs(sum) + 2 * roundings * Double(features) * size
      worst = worse(worst, abs(sums[0, row] - sum) / bound)
      if greatest[0, row] != terms.max()! { worst = .infinity }
    }
    for f in 0..<features {
      let terms = (0..<rows).map { x[f, $0] }
      let size = terms.reduce(0.25) { $0 + abs($1) }
      let error = abs(rowSums[f] - terms.reduce(0.25, +))
      worst = worse(worst, error / (2 * roundings * Double(rows + 1) * size))
    }
    #expect(worst <= 1, "\(T.self), \(features) features, \(rows) rows")
  }
}
