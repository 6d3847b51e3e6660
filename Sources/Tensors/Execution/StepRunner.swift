internal import CKernels

/// Runs steps on one tile, or on the numbers that all rows share (one row, `ld` 1).
struct StepRunner {
  let kernels: diffeo_kernel_set
  let precision: Precision
  let tile: UnsafeMutableRawPointer
  let fixed: UnsafeMutableRawPointer
  let parameters: UnsafeMutableRawPointer
  let scratch: UnsafeMutableRawPointer
  /// Where each packed matrix begins, for many rows and for few.
  let packed: [UnsafeMutableRawPointer]
  let packedForFew: [UnsafeMutableRawPointer?]
  /// Whether the batch has so few rows that matrices were packed for products with vectors.
  let isFew: Bool
  let sums: UnsafeMutablePointer<Double>
  let products: UnsafeMutableRawPointer
  /// The batches that are read, and the first row of the tile in them.
  let inputs: [BatchView]
  var firstRow = 0
  /// The rows of the tile.
  var rows = 1
  /// The distance between the features of the tile.
  var ld = 1

  func run(_ steps: [Step]) {
    for step in steps { run(step) }
  }

  var size: Int { precision.bytes }

  /// The number of values that a feature has at a place.
  func lanes(_ place: Place) -> Int { place.isPerRow ? ld : 1 }

  func address(_ place: Place) -> UnsafeMutableRawPointer {
    switch place.space {
    case .tile: tile + place.offset * ld * size
    case .fixed: fixed + place.offset * size
    case .parameters: parameters + place.offset * size
    }
  }

  func run(_ step: Step) {
    switch step {
    case .load(let input, let count, let y):
      inputs[input].load(
        first: firstRow, rows: rows, features: count, ld: ld, into: address(y), precision)
    case .unary(let function, let kernel, let count, let x, let y):
      unary(function, kernel, count * lanes(y), address(x), address(y))
    case .binary(let kernel, let count, let a, let b, let y): binary(kernel, count, a, b, y)
    case .select(let count, let c, let a, let b, let y):
      diffeo_run_select(
        kernels, count * lanes(y), address(c), address(a), address(b), address(y))
    case .reluPullback(let count, let relu, let gradient, let y):
      diffeo_run_relu_pullback(
        kernels, count * lanes(y), address(relu), address(gradient), address(y))
    case .blocks(let count, let steps): runBlocks(count, steps)
    case .copy(let runs, let x, let y): copy(runs, x, y)
    case .zero(let count, let y):
      address(y).initializeMemory(as: UInt8.self, repeating: 0, count: count * lanes(y) * size)
    case .add(let runs, let x, let y): add(runs, x, y)
    case .broadcast(let count, let x, let y): broadcast(count, x, y)
    default: runSums(step)
    }
  }

  private func runSums(_ step: Step) {
    switch step {
    case .reduce(let reduction, let groups, let width, let x, let y):
      reduce(reduction, groups, width, x, y)
    case .cumulativeSum(let backward, let groups, let width, let x, let y):
      cumulativeSum(backward, groups, width, x, y)
    case .sumRows(let count, let x, let offset):
      diffeo_run_sum_rows(kernels, count, rows, ld, address(x), sums + offset)
    case .outerRows(let m, let n, let a, let b, let product, let nonzero):
      outerRows(m, n, a, b, product, nonzero)
    case .linear(let step): linear(step)
    case .loop(let loop): repeatRounds(loop)
    case .matrixProduct(let m, let k, let n, let a, let b, let y):
      matrixProduct(m, k, n, a, b, y)
    case .triangularSolve(let triangle, let size, let matrix, let x, let y):
      triangularSolve(triangle, size, matrix, x, y)
    case .spline(let spline, let direction, let features, let x, let parameters, let y):
      var form = spline.kernelForm(features: features)
      diffeo_run_spline(
        kernels, &form, direction == .inverse ? 1 : 0, rows, ld, address(parameters), address(x),
        address(y), address(y.advanced(by: features)))
    case .splinePullback(
      let spline, let direction, let features, let x, let parameters, let gradient, let y):
      var form = spline.kernelForm(features: features)
      diffeo_run_spline_pullback(
        kernels, &form, direction == .inverse ? 1 : 0, rows, ld, address(parameters), address(x),
        address(gradient), address(gradient.advanced(by: features)), address(y),
        address(y.advanced(by: features)))
    default: preconditionFailure("\(step) is run elsewhere")
    }
  }
}
