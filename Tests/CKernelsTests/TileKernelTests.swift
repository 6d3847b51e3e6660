import CKernels
import Foundation
import Testing

@Suite("Kernels over tiles, against sums in Double")
struct TileKernelTests {
  static let rowCounts = [1, 3, 15, 16, 17, 33, 64, 65]

  @Test("softmax, logsumexp and their pullbacks", arguments: Level.available)
  func softmax(_ level: Level) {
    for features in 1...33 {
      for rows in Self.rowCounts {
        checkSoftmax(FloatTable(level), features, rows)
        checkSoftmax(DoubleTable(level), features, rows)
      }
    }
  }

  @Test("cumulative sums in both directions", arguments: Level.available)
  func cumulativeSums(_ level: Level) {
    for features in 1...33 {
      for rows in Self.rowCounts {
        checkCumulativeSums(FloatTable(level), features, rows)
        checkCumulativeSums(DoubleTable(level), features, rows)
      }
    }
  }

  @Test("affine coupling, its inverse and their pullbacks", arguments: Level.available)
  func affine(_ level: Level) {
    for count in Array(1...70) {
      checkAffine(FloatTable(level), count)
      checkAffine(DoubleTable(level), count)
    }
  }

  @Test("Adam's steps and gradient descent", arguments: Level.available)
  func optimizers(_ level: Level) {
    for count in [1, 7, 16, 31, 64, 65, 200] {
      for step in [1, 2, 1000] as [UInt64] {
        checkAdam(FloatTable(level), count, step)
        checkAdam(DoubleTable(level), count, step)
      }
    }
  }

  private func checkSoftmax<Table: KernelTable>(_ table: Table, _ features: Int, _ rows: Int) {
    typealias T = Table.Scalar
    var generator = SplitMix64(seed: UInt64(features * 100 + rows))
    let x = Tile<T>(features: features, rows: rows) { _, _ in generator.symmetric(20) }
    let dy = Tile<T>(features: features, rows: rows) { _, _ in generator.symmetric(1) }
    let (y, dx) = (
      Tile<T>(features: features, rows: rows), Tile<T>(features: features, rows: rows)
    )
    let (total, change) = (
      Tile<T>(features: 1, rows: rows), Tile<T>(features: features, rows: rows)
    )
    table.softmax(x, y)
    table.softmaxPullback(y, dy, dx)
    table.logsumexp(x, total)
    table.logsumexpPullback(x, total, dy, change)
    let u = roundoff(of: T.self)
    var worst = 0.0
    for row in 0..<rows {
      let best = (0..<features).map { x[$0, row] }.max()!
      let powers = (0..<features).map { exp(x[$0, row] - best) }
      let sum = powers.reduce(0, +)
      let mean = (0..<features).reduce(0.0) { $0 + y[$1, row] * dy[$1, row] }
      // The difference to the greatest is rounded: e to it is off by that many units, then exp, the sum, the quotient.
      let units = Double(features + 8)
      for f in 0..<features {
        let distance = best - x[f, row]
        let value = powers[f] / sum
        worst = worse(worst, abs(y[f, row] - value) / (u * (units + distance) * value))
        let gradient = y[f, row] * (dy[f, row] - mean)
        worst = worse(worst, abs(dx[f, row] - gradient) / (u * units * y[f, row] * 2))
        let weight = dy[0, row] * exp(x[f, row] - total[0, row])
        worst = worse(worst, abs(change[f, row] - weight) / (u * (8 + 2 * distance) * abs(weight)))
      }
      let value = best + log(sum)
      worst = worse(worst, abs(total[0, row] - value) / (u * (units + 2 * abs(value) + abs(best))))
    }
    #expect(worst <= 1, "\(T.self), \(features) features, \(rows) rows")
  }

  private func checkCumulativeSums<Table: KernelTable>(
    _ table: Table, _ features: Int, _ rows: Int
  ) {
    typealias T = Table.Scalar
    var generator = SplitMix64(seed: UInt64(features * 100 + rows))
    let x = Tile<T>(features: features, rows: rows) { _, _ in generator.symmetric(1) }
    let y = Tile<T>(features: features, rows: rows)
    var worst = 0.0
    for (kernel, range) in [
      (table.cumsum, { 0..<($0 + 1) }), (table.cumsumExclusive, { 0..<$0 }),
      (table.cumsumReversed, { $0..<features }),
      (table.cumsumReversedExclusive, { $0 + 1..<features }),
    ] as [((Tile<T>, Tile<T>) -> Void, (Int) -> Range<Int>)] {
      kernel(x, y)
      for row in 0..<rows {
        for f in 0..<features {
          let terms = range(f).map { x[$0, row] }
          let size = terms.reduce(0) { $0 + abs($1) }
          let bound = roundoff(of: T.self) * Double(max(terms.count, 1)) * size
          let error = abs(y[f, row] - terms.reduce(0, +))
          if error > 0 { worst = worse(worst, error / bound) }
        }
      }
    }
    #expect(worst <= 1, "\(T.self), \(features) features, \(rows) rows")
  }

  private func checkAffine<Table: KernelTable>(_ table: Table, _ count: Int) {
    typealias T = Table.Scalar
    var generator = SplitMix64(seed: UInt64(count))
    let (x, s, t, d) = (
      Tile<T>(features: 1, rows: count) { _, _ in generator.symmetric(3) },
      Tile<T>(features: 1, rows: count) { _, _ in generator.symmetric(3) },
      Tile<T>(features: 1, rows: count) { _, _ in generator.symmetric(3) },
      Tile<T>(features: 1, rows: count) { _, _ in generator.symmetric(3) }
    )
    let results = (0..<6).map { _ in Tile<T>(features: 1, rows: count) }
    table.affine(count, x, s, t, results[0])
    table.affineInverse(count, x, s, t, results[1])
    table.affinePullback(count, x, s, d, results[2], results[3])
    table.affineInversePullback(count, x, s, d, results[4], results[5])
    var worst = 0.0
    for i in 0..<count {
      let (x, s, t, d) = (x[0, i], s[0, i], t[0, i], d[0, i])
      let (scale, shrink) = (exp(s), exp(-s))
      for (result, (value, size)) in zip(
        results,
        [
          (x * scale + t, abs(x * scale) + abs(t)),
          ((x - t) * shrink, abs((x - t) * shrink)),
          (d * scale, abs(d * scale)), (d * x * scale, abs(d * x * scale)),
          (d * shrink, abs(d * shrink)), (-d * x, abs(d * x)),
        ])
      {
        // exp within two units, two more operations, each half a unit or two of u.
        worst = worse(worst, abs(result[0, i] - value) / (8 * roundoff(of: T.self) * size))
      }
    }
    #expect(worst <= 1, "\(T.self), \(count) elements")
  }

  private func checkAdam<Table: KernelTable>(_ table: Table, _ count: Int, _ step: UInt64) {
    typealias T = Table.Scalar
    let rates = diffeo_adam(
      rate: 1e-2, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weight_decay: 0.02)
    var generator = SplitMix64(seed: UInt64(count) &+ step)
    let tiles = [1.0, 0.1, 0.01, 2].map { size in
      Tile<T>(features: 1, rows: count) { _, _ in generator.symmetric(size) }
    }
    for i in 0..<count { tiles[2].start[i] = abs(tiles[2].start[i]) }
    let before = (0..<count).map { i in tiles.map { $0[0, i] } }
    let scale = 0.5
    table.adam(count, rates, step, scale, tiles[0], tiles[1], tiles[2], tiles[3])
    let u = roundoff(of: T.self)
    var worst = 0.0
    for i in 0..<count {
      let (g, m, v, p) = (scale * before[i][0], before[i][1], before[i][2], before[i][3])
      let mean = 0.9 * m + (1 - 0.9) * g
      let square = 0.999 * v + (1 - 0.999) * g * g
      let first = 1 - pow(0.9, Double(step))
      let second = 1 - pow(0.999, Double(step))
      let change = mean / first / ((square / second).squareRoot() + 1e-8)
      let value = p - 1e-2 * (change + 0.02 * p)
      let size = abs(0.9 * m) + abs(0.1 * g)
      worst = worse(worst, abs(tiles[1][0, i] - mean) / (4 * u * size))
      worst = worse(worst, abs(tiles[2][0, i] - square) / (4 * u * square))
      // The change carries the moment's rounding and about eight more.
      let units = 1e-2 * (16 * abs(change) + 4 * abs(change) * size / abs(mean) + 0.1 * abs(p))
      worst = worse(
        worst, abs(tiles[3][0, i] - value) / (u * (2 * abs(p) + 2 * abs(value) + units)))
    }
    #expect(worst <= 1, "\(T.self), \(count) parameters, step \(step)")
  }
}
