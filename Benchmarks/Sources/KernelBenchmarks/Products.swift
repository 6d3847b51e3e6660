import CKernels

/// Which fraction of the processor's operations do dense layers reach, forward and backward?
struct Products {
  let kernels: diffeo_kernel_set
  let peak: Peak
  /// Measured at the same shapes, if there is one.
  let blas: SystemBLAS?

  func measurements() -> [Measurement] {
    var results: [Measurement] = []
    for rows in [64, 256] {
      for out in [16, 32, 64, 128, 256] {
        for width in [16, 32, 64, 128, 256] {
          results += layer(out: out, width: width, rows: rows)
        }
      }
    }
    return results
  }

  private func layer(out: Int, width: Int, rows: Int) -> [Measurement] {
    // An odd number of cache lines, as the executor lays tiles out.
    let ld = rows + 16
    let numbers = Numbers(count: (out + width) * ld * 2 + out * width * 2)
    let (x, y) = (numbers.take(width * ld), numbers.take(out * ld))
    let (weights, gradient) = (numbers.take(out * width), numbers.take(out * width))
    let packed = Numbers(count: diffeo_packed_size(kernels, out, width, 0)).all
    let packedBack = Numbers(count: diffeo_packed_size(kernels, width, out, 0)).all
    let scratch = Numbers(
      count: diffeo_weights_gradient_scratch(kernels, out, width, rows)
    ).all
    diffeo_run_pack(kernels, 0, out, width, weights, nil, packed)
    diffeo_run_pack(kernels, 1, out, width, weights, nil, packedBack)
    let name = "\(width) → \(out), \(rows) rows"
    let operations = 2 * Double(out * width * rows)
    let target: Measurement.Target? = min(out, width) >= 64 ? .atLeast(0.8) : nil
    let bodies: [(String, () -> Void)] = [
      (
        "forward",
        {
          diffeo_run_linear(
            kernels, 0, out, width, packed, nil, x, y, ld, rows, DIFFEO_ACTIVATION_NONE)
        }
      ),
      (
        "to the input",
        {
          diffeo_run_linear(
            kernels, 0, width, out, packedBack, nil, y, x, ld, rows, DIFFEO_ACTIVATION_NONE)
        }
      ),
      (
        "to the weights",
        {
          diffeo_run_weights_gradient(
            kernels, out, width, rows, ld, y, x, gradient, nil, scratch)
        }
      ),
    ]
    let own = bodies.map { kind, body in
      // The products feed each other: small numbers stay small, and neither overflow nor underflow.
      Measurement(
        name: "layer \(name), \(kind)", unit: "of peak",
        values: fractionsOfPeak(
          .thread, operations: operations, peak: peak.onOneThread, body),
        target: target)
    }
    let matrices = Layer(
      name: name, out: out, width: width, rows: rows,
      x: .init(numbers: x, ld: ld), y: .init(numbers: y, ld: ld),
      weights: .init(numbers: weights, ld: width), gradient: .init(numbers: gradient, ld: width))
    return own + (blas.map { measurements(of: matrices, by: $0) } ?? [])
  }

  /// The matrices of a dense layer y = W x.
  private struct Layer {
    let name: String
    let out, width, rows: Int
    let x, y, weights, gradient: SystemBLAS.Matrix
  }

  private func measurements(of layer: Layer, by blas: SystemBLAS) -> [Measurement] {
    let (out, width, rows) = (layer.out, layer.width, layer.rows)
    let (x, y, weights) = (layer.x, layer.y, layer.weights)
    let bodies: [(String, () -> Void)] = [
      ("forward", { blas.multiply(weights, x, into: y, m: out, n: rows, k: width) }),
      (
        "to the input", { blas.multiply(weights.transposed, y, into: x, m: width, n: rows, k: out) }
      ),
      (
        "to the weights",
        { blas.multiply(y, x.transposed, into: layer.gradient, m: out, n: width, k: rows) }
      ),
    ]
    return bodies.map { kind, body in
      Measurement(
        name: "layer \(layer.name), \(kind), by BLAS", unit: "of peak",
        values: fractionsOfPeak(
          .thread, operations: 2 * Double(out * width * rows), peak: peak.onOneThread, body))
    }
  }
}

/// Aligned memory that lives until the program ends.
struct Numbers {
  let all: UnsafeMutablePointer<Float>
  private let used = Used()

  private final class Used {
    var count = 0
  }

  /// `count` numbers, evenly spread over an interval.
  init(count: Int, in interval: ClosedRange<Float> = -0.05...0.05) {
    let size = max(count, 1) + 64
    all = UnsafeMutableRawPointer.allocate(byteCount: size * 4, alignment: 64)
      .bindMemory(to: Float.self, capacity: size)
    // Multiples of the golden section, modulo 1, fill an interval evenly and in no order.
    for i in 0..<size {
      let part = Float((Double(i) * 0.618_033_988_749_895).truncatingRemainder(dividingBy: 1))
      all[i] = interval.lowerBound + (interval.upperBound - interval.lowerBound) * part
    }
  }

  /// The next `count` numbers, from a cache line on.
  func take(_ count: Int) -> UnsafeMutablePointer<Float> {
    defer { used.count += (count + 15) / 16 * 16 }
    return all + used.count
  }
}
