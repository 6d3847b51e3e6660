import CKernels
import Testing

/// A level that this machine has, with its kernels of both formats.
struct Level: Sendable, CustomTestStringConvertible {
  let level: diffeo_level
  let name: String

  /// The levels that the machine has.
  static let available: [Level] = [
    (DIFFEO_LEVEL_REFERENCE, "reference"), (DIFFEO_LEVEL_BASELINE, "baseline"),
    (DIFFEO_LEVEL_AVX2, "avx2"), (DIFFEO_LEVEL_AVX512, "avx512"),
  ]
  .map { Level(level: $0.0, name: $0.1) }
  .filter { diffeo_kernels_f32_level($0.level) != nil }

  var testDescription: String { name }

  /// The table of a format; the other one is missing.
  func kernels(_ format: Format) -> diffeo_kernel_set {
    switch format {
    case .float: diffeo_kernel_set(f32: diffeo_kernels_f32_level(level), f64: nil)
    case .double: diffeo_kernel_set(f32: nil, f64: diffeo_kernels_f64_level(level))
    }
  }

  /// f of each number, computed in the format.
  func apply(_ function: diffeo_unary, to x: [Double], in format: Format) -> [Double] {
    let f = Int32(function.rawValue)
    switch format {
    case .double:
      var y = x
      diffeo_run_unary(kernels(.double), f, x.count, x, &y)
      return y
    case .float:
      let narrow = x.map { Float($0) }
      var y = narrow
      diffeo_run_unary(kernels(.float), f, x.count, narrow, &y)
      return y.map { Double($0) }
    }
  }
}
