import Foundation

/// The single-precision product of a BLAS that the system has, on one thread: what kernels are compared with.
struct SystemBLAS {
  private typealias Product =
    @convention(c) (
      _ order: Int32, _ transposeA: Int32, _ transposeB: Int32, _ m: Int32, _ n: Int32, _ k: Int32,
      _ alpha: Float, _ a: UnsafePointer<Float>, _ ldA: Int32, _ b: UnsafePointer<Float>,
      _ ldB: Int32, _ beta: Float, _ c: UnsafeMutablePointer<Float>, _ ldC: Int32
    ) -> Void

  private let product: Product

  /// - Parameter name: a library with the C interface of BLAS, such as `libopenblas.so.0`.
  /// - Returns: nil where it is not found.
  init?(_ name: String) {
    // OpenBLAS and BLIS read their number of threads once they are loaded.
    for variable in ["OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "OMP_NUM_THREADS"] {
      setenv(variable, "1", 1)
    }
    guard let library = dlopen(name, RTLD_NOW), let symbol = dlsym(library, "cblas_sgemm") else {
      return nil
    }
    product = unsafeBitCast(symbol, to: Product.self)
  }

  /// A matrix by rows, `ld` numbers from one to the next.
  struct Matrix {
    let numbers: UnsafeMutablePointer<Float>
    let ld: Int
    var isTransposed = false

    var transposed: Matrix { Matrix(numbers: numbers, ld: ld, isTransposed: !isTransposed) }
    /// The names of C's interface for "as it is" and "transposed".
    fileprivate var code: Int32 { isTransposed ? 112 : 111 }
  }

  /// C = A B, A `[m, k]` and B `[k, n]`.
  func multiply(_ a: Matrix, _ b: Matrix, into c: Matrix, m: Int, n: Int, k: Int) {
    let rowMajor: Int32 = 101
    product(
      rowMajor, a.code, b.code, Int32(m), Int32(n), Int32(k), 1, a.numbers, Int32(a.ld), b.numbers,
      Int32(b.ld), 0, c.numbers, Int32(c.ld))
  }
}
