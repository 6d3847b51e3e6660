import CKernels
import Foundation
import Testing

@Suite("Optimizer steps, against their formulas in Double")
struct OptimizerTests {
  static let counts = [1, 7, 16, 31, 64, 65, 200]

  @Test("Adam's steps", arguments: Level.available)
  func adam(_ level: Level) {
    for count in Self.counts {
      for step in [1, 2, 1000] as [UInt64] {
        checkAdam(level, Float.self, count, step)
        checkAdam(level, Double.self, count, step)
      }
    }
  }

  @Test("gradient descent with momentum", arguments: Level.available)
  func descent(_ level: Level) {
    for count in Self.counts {
      checkDescent(level, Float.self, count)
      checkDescent(level, Double.self, count)
    }
  }

  private func checkAdam<T: KernelScalar>(
    _ level: Level, _ type: T.Type, _ count: Int, _ step: UInt64
  ) {
    var rates = diffeo_adam(
      rate: 1e-2, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weight_decay: 0.02)
    var generator = SplitMix64(seed: UInt64(count) &+ step)
    let tiles = [1.0, 0.1, 0.01, 2].map { size in
      Tile<T>(features: 1, rows: count) { _, _ in generator.symmetric(size) }
    }
    for i in 0..<count { tiles[2].start[i] = abs(tiles[2].start[i]) }
    let before = (0..<count).map { i in tiles.map { $0[0, i] } }
    let scale = 0.5
    diffeo_run_adam(
      level.kernels(T.format), count, &rates, step, scale, tiles[0].start, tiles[1].start,
      tiles[2].start, tiles[3].start)
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

  private func checkDescent<T: KernelScalar>(_ level: Level, _ type: T.Type, _ count: Int) {
    let (rate, momentum, scale) = (0.125, 0.75, 0.5)
    var generator = SplitMix64(seed: UInt64(count))
    let tiles = (0..<3).map { _ in
      Tile<T>(features: 1, rows: count) { _, _ in generator.symmetric(1) }
    }
    let before = (0..<count).map { i in tiles.map { $0[0, i] } }
    diffeo_run_sgd(
      level.kernels(T.format), count, rate, momentum, scale, tiles[0].start, tiles[1].start,
      tiles[2].start)
    let u = roundoff(of: T.self)
    var worst = 0.0
    for i in 0..<count {
      let (g, v, p) = (scale * before[i][0], momentum * before[i][1], before[i][2])
      // The rates are powers of two: each sum is rounded once, and the second takes over the first one's error.
      worst = worse(worst, abs(tiles[1][0, i] - (v + g)) / (2 * u * (abs(v) + abs(g))))
      let value = p - rate * (v + g)
      let size = abs(p) + rate * (abs(v) + abs(g))
      worst = worse(worst, abs(tiles[2][0, i] - value) / (3 * u * size))
    }
    #expect(worst <= 1, "\(T.self), \(count) parameters")
  }
}
