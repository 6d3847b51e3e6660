import CKernels
import Foundation
import Tensors

let options = Set(CommandLine.arguments.dropFirst())
guard options.isSubset(of: ["--json", "--no-products"]) else {
  print("usage: kernel-benchmarks [--json] [--no-products]")
  exit(64)
}

let level = diffeo_best_level()
let kernels = diffeo_kernel_set(f32: diffeo_kernels_f32_best(), f64: nil)
let pool = WorkerPool(count: 2)
pool.pin()
let peak = Peak(level)
let name =
  switch level {
  case DIFFEO_LEVEL_AVX512: "avx512"
  case DIFFEO_LEVEL_AVX2: "avx2"
  case DIFFEO_LEVEL_BASELINE: "baseline"
  default: "reference"
  }

let report = Report(
  level: name,
  measurements: peak.measurements(pool)
    + (options.contains("--no-products")
      ? [] : Products(kernels: kernels, peak: peak).measurements())
    + Elementwise(kernels: kernels).measurements()
    + Networks(pool: pool, peak: peak).measurements() + LearnedFlows().measurements()
    + AutoregressiveInverse().measurements() + Formulas().measurements())
print(options.contains("--json") ? report.json : report.table)
