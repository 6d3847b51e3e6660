import CKernels
import Foundation
import Testing

@Suite("Dense layers, against sums in Double")
struct LinearTests {
  static let sizes = [1, 2, 3, 5, 7, 8, 13, 16, 17, 24, 31, 33, 70]
  static let rowCounts = [1, 2, 5, 7, 8, 15, 16, 17, 31, 32, 33, 47, 48, 63, 64, 65]

  @Test("forward, with and without max(x, 0), on few and many rows", arguments: Level.available)
  func forward(_ level: Level) {
    forEachShape { out, input, rows, generator in
      let shape = LayerShape(out: out, input: input, rows: rows)
      let activation = diffeo_activation(UInt32(generator.next() % 2))
      let masked = generator.next() % 2 == 0
      Layer<Float>(shape, masked: masked, &generator).checkForward(level, activation)
      Layer<Double>(shape, masked: masked, &generator).checkForward(level, activation)
    }
  }

  @Test("pullbacks to the input and to the weights", arguments: Level.available)
  func pullbacks(_ level: Level) {
    forEachShape { out, input, rows, generator in
      let shape = LayerShape(out: out, input: input, rows: rows)
      let masked = generator.next() % 2 == 0
      let narrow = Layer<Float>(shape, masked: masked, &generator)
      narrow.checkInputPullback(level)
      narrow.checkWeightsGradient(level)
      let wide = Layer<Double>(shape, masked: masked, &generator)
      wide.checkInputPullback(level)
      wide.checkWeightsGradient(level)
    }
  }

  private func forEachShape(_ body: (Int, Int, Int, inout SplitMix64) -> Void) {
    var generator = SplitMix64(seed: 99)
    for out in Self.sizes {
      for input in Self.sizes {
        for _ in 0..<3 {
          body(out, input, Self.rowCounts.randomElement(using: &generator)!, &generator)
        }
      }
    }
  }
}

/// A dense layer with random numbers, each product and sum also in Double.
private struct Layer<T: KernelScalar> {
  let shape: LayerShape
  let weights: [T]
  let bias: [T]
  let ranges: [diffeo_range]?
  let x: Tile<T>

  init(_ shape: LayerShape, masked: Bool, _ generator: inout SplitMix64) {
    var random = generator
    self.shape = shape
    weights = (0..<shape.out * shape.input).map { _ in T(random.symmetric(1)) }
    bias = (0..<shape.out).map { _ in T(random.symmetric(1)) }
    x = Tile(features: shape.input, rows: shape.rows) { _, _ in random.symmetric(2) }
    ranges =
      masked
      ? (0..<shape.out).map { _ in
        let ends = (0..<2).map { _ in UInt32(random.next() % UInt64(shape.input + 1)) }.sorted()
        return diffeo_range(first: ends[0], last: ends[1])
      } : nil
    generator = random
  }

  /// Whether a weight may be nonzero.
  private func isInside(_ o: Int, _ i: Int) -> Bool {
    ranges.map { $0[o].first <= i && i < $0[o].last } ?? true
  }

  private func weight(_ o: Int, _ i: Int) -> Double {
    isInside(o, i) ? Double(weights[o * shape.input + i]) : 0
  }

  /// (n + 2) u Σ|terms| bounds the rounding of a sum of n products in any order (Higham 2002, section 3.1); activations
  /// have slopes of at most 1 and errors of a few units.
  private func bound(terms: Int, size: Double, value: Double) -> Double {
    max(
      roundoff(of: T.self) * (Double(terms + 2) * size + 8 * abs(value)),
      Double(T.leastNonzeroMagnitude))
  }

  func checkForward(_ level: Level, _ activation: diffeo_activation) {
    let k = level.kernels(T.format)
    let few: Int32 = shape.rows < 16 ? 1 : 0
    let y = Tile<T>(features: shape.out, rows: shape.rows)
    let packed = Tile<T>(features: diffeo_packed_size(k, shape.out, shape.input, few), rows: 1)
    if few == 1 {
      diffeo_run_pack_few(k, shape.out, shape.input, weights, ranges, packed.start)
    } else {
      diffeo_run_pack(k, 0, shape.out, shape.input, weights, ranges, packed.start)
    }
    diffeo_run_linear(
      k, few, shape.out, shape.input, packed.start, bias, x.start, y.start, x.ld, shape.rows,
      activation)
    var worst = 0.0
    defer { withExtendedLifetime(packed) { #expect(worst <= 1, "\(shape)") } }
    for o in 0..<shape.out {
      for row in 0..<shape.rows {
        var sum = Double(bias[o])
        var size = abs(sum)
        for i in 0..<shape.input {
          sum += weight(o, i) * x[i, row]
          size += abs(weight(o, i) * x[i, row])
        }
        let value = applied(activation, to: sum)
        let error = abs(y[o, row] - value)
        worst = worse(worst, error / bound(terms: shape.input + 1, size: size, value: value))
      }
    }
  }

  /// dX = Wᵀ dY
  func checkInputPullback(_ level: Level) {
    let k = level.kernels(T.format)
    var generator = SplitMix64(seed: 5)
    let dy = Tile<T>(features: shape.out, rows: shape.rows) { _, _ in generator.symmetric(1) }
    let dx = Tile<T>(features: shape.input, rows: shape.rows)
    let packed = Tile<T>(features: diffeo_packed_size(k, shape.input, shape.out, 0), rows: 1)
    diffeo_run_pack(k, 1, shape.out, shape.input, weights, ranges, packed.start)
    diffeo_run_linear(
      k, 0, shape.input, shape.out, packed.start, nil, dy.start, dx.start, dy.ld, shape.rows,
      DIFFEO_ACTIVATION_NONE)
    var worst = 0.0
    defer { withExtendedLifetime(packed) { #expect(worst <= 1, "\(shape)") } }
    for i in 0..<shape.input {
      for row in 0..<shape.rows {
        let terms = (0..<shape.out).map { weight($0, i) * dy[$0, row] }
        let error = abs(dx[i, row] - terms.reduce(0, +))
        let size = terms.reduce(0) { $0 + abs($1) }
        worst = worse(worst, error / bound(terms: shape.out, size: size, value: 0))
      }
    }
  }

  /// dW += dY Xᵀ
  func checkWeightsGradient(_ level: Level) {
    let k = level.kernels(T.format)
    var generator = SplitMix64(seed: 6)
    let dy = Tile<T>(features: shape.out, rows: shape.rows) { _, _ in generator.symmetric(1) }
    var dw = weights
    let scratch = Tile<T>(
      features: diffeo_weights_gradient_scratch(k, shape.out, shape.input, shape.rows), rows: 1)
    diffeo_run_weights_gradient(
      k, shape.out, shape.input, shape.rows, dy.ld, dy.start, x.start, &dw, ranges, scratch.start)
    var worst = 0.0
    defer { withExtendedLifetime(scratch) { #expect(worst <= 1, "\(shape)") } }
    for o in 0..<shape.out {
      for i in 0..<shape.input where isInside(o, i) {
        let start = Double(weights[o * shape.input + i])
        let terms = (0..<shape.rows).map { dy[o, $0] * x[i, $0] }
        let error = abs(Double(dw[o * shape.input + i]) - terms.reduce(start, +))
        let size = terms.reduce(abs(start)) { $0 + abs($1) }
        worst = worse(worst, error / bound(terms: shape.rows + 1, size: size, value: 0))
      }
    }
  }
}

private struct LayerShape {
  var out: Int
  var input: Int
  var rows: Int
}

private func applied(_ activation: diffeo_activation, to x: Double) -> Double {
  activation == DIFFEO_ACTIVATION_RELU ? max(x, 0) : x
}
