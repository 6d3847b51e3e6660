import CKernels
import Foundation
import Tensors

let isBLAS: (String) -> Bool = { $0.hasPrefix("--blas=") }
let arguments = CommandLine.arguments.dropFirst()
let options = Set(arguments.filter { !isBLAS($0) })
guard options.isSubset(of: ["--json", "--no-products"]) else {
  print("usage: kernel-benchmarks [--json] [--no-products | --blas=LIBRARY]")
  exit(64)
}
let blas = arguments.first(where: isBLAS).map { option -> SystemBLAS in
  let library = String(option.dropFirst("--blas=".count))
  guard let blas = SystemBLAS(library) else {
    print("'\(library)' has no cblas_sgemm; Debian's libopenblas0-pthread has libopenblas.so.0")
    exit(66)
  }
  return blas
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
      ? [] : Products(kernels: kernels, peak: peak, blas: blas).measurements())
    + Elementwise(kernels: kernels).measurements()
    + Networks(pool: pool, peak: peak).measurements() + LearnedFlows().measurements()
    + AutoregressiveInverse().measurements() + Formulas().measurements())
print(options.contains("--json") ? report.json : report.table)
