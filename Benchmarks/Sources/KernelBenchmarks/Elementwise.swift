import CKernels

/// How long do functions and splines take for a number that is in the first cache?
struct Elementwise {
  let kernels: diffeo_kernel_set

  func measurements() -> [Measurement] {
    let functions: [(String, diffeo_unary, ClosedRange<Float>, Double)] = [
      ("exp", DIFFEO_UNARY_EXP, -10...10, 3),
      ("log", DIFFEO_UNARY_LOG, Float.leastNormalMagnitude...10, 2.5),
      ("tanh", DIFFEO_UNARY_TANH, -10...10, 2),
      ("softplus", DIFFEO_UNARY_SOFTPLUS, -10...10, 1.2),
    ]
    return functions.map { name, function, interval, target in
      let count = 2048
      let (x, y) = (Numbers(count: count, in: interval).all, Numbers(count: count).all)
      let times = secondsPerCall {
        diffeo_run_unary(kernels, Int32(function.rawValue), count, x, y)
      }
      return Measurement(
        name: name, unit: "elements/ns", values: times.map { Double(count) / ($0 * 1e9) },
        target: .atLeast(target))
    } + [spline(inverse: false), spline(inverse: true)]
  }

  private func spline(inverse: Bool) -> Measurement {
    let (features, rows, bins) = (8, 64, 8)
    let ld = rows + 16
    let parameters = Numbers(count: features * (3 * bins - 1) * ld, in: -1...1).all
    let x = Numbers(count: features * ld, in: -5...5).all
    let (y, slope) = (Numbers(count: features * ld).all, Numbers(count: features * ld).all)
    var form = diffeo_spline(
      features: features, bins: bins, bound: 5, min_width: 1e-3, min_height: 1e-3,
      min_slope: 1e-3, ends: DIFFEO_SPLINE_IDENTITY)
    let times = secondsPerCall {
      diffeo_run_spline(kernels, &form, inverse ? 1 : 0, rows, ld, parameters, x, y, slope)
    }
    return Measurement(
      name: "spline, \(bins) bins, \(inverse ? "inverse" : "forward") with log-slope",
      unit: "ns/element", values: times.map { $0 * 1e9 / Double(features * rows) },
      target: inverse ? nil : .below(12))
  }
}
