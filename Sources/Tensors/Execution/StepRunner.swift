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

  private var size: Int { precision.bytes }

  /// The number of values that a feature has at a place.
  private func lanes(_ place: Place) -> Int { place.isPerRow ? ld : 1 }

  func address(_ place: Place) -> UnsafeMutableRawPointer {
    switch place.space {
    case .tile: tile + place.offset * ld * size
    case .fixed: fixed + place.offset * size
    case .parameters: parameters + place.offset * size
    }
  }

  private func run(_ step: Step) {
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

// MARK: - Elementwise

extension StepRunner {
  /// The bytes of each operand in a block: several of them fit the first-level cache.
  private static let blockBytes = 8192

  /// What one step leaves for the next is then in the first-level cache.
  private func runBlocks(_ count: Int, _ steps: [Step]) {
    let features = max(1, StepRunner.blockBytes / (ld * size))
    var first = 0
    while first < count {
      let part = min(features, count - first)
      for step in steps { run(step.part(first: first, count: part)) }
      first += part
    }
  }

  private func unary(
    _ function: UnaryFunction, _ kernel: Int?, _ n: Int, _ x: UnsafeMutableRawPointer,
    _ y: UnsafeMutableRawPointer
  ) {
    if let kernel { return diffeo_run_unary(kernels, Int32(kernel), n, x, y) }
    switch precision {
    case .float:
      let (x, y) = (x.assumingMemoryBound(to: Float.self), y.assumingMemoryBound(to: Float.self))
      for i in 0..<n { y[i] = Float(function.value(Double(x[i]))) }
    case .double:
      let (x, y) = (x.assumingMemoryBound(to: Double.self), y.assumingMemoryBound(to: Double.self))
      for i in 0..<n { y[i] = function.value(x[i]) }
    }
  }

  private func binary(_ kernel: Int, _ count: Int, _ a: Operand, _ b: Operand, _ y: Place) {
    // Whole tiles at once, unless an operand changes from feature to feature.
    let isWhole = a.isWhole && b.isWhole
    let (parts, n) = isWhole ? (1, count * lanes(y)) : (count, lanes(y))
    for part in 0..<parts {
      let (x1, isNumber1) = read(a, part)
      let (x2, isNumber2) = read(b, part)
      let to = address(y) + part * n * size
      combine(Int32(kernel), n, x1, isNumber1, x2, isNumber2, to)
    }
  }

  /// Where the operand for feature `part` lies, and whether it is a single number.
  private func read(_ operand: Operand, _ part: Int) -> (UnsafeMutableRawPointer, Bool) {
    switch operand {
    case .full(let place): (address(place) + part * lanes(place) * size, false)
    case .features(let place): (address(place) + part * size, true)
    case .number(let place): (address(place), true)
    case .rows(let place): (address(place), false)
    }
  }

  private func combine(
    _ kernel: Int32, _ n: Int, _ a: UnsafeMutableRawPointer, _ aIsNumber: Bool,
    _ b: UnsafeMutableRawPointer, _ bIsNumber: Bool, _ y: UnsafeMutableRawPointer
  ) {
    switch (aIsNumber, bIsNumber) {
    case (false, false): diffeo_run_binary(kernels, kernel, n, a, b, y)
    case (false, true): diffeo_run_binary_scalar(kernels, kernel, n, a, b, y)
    case (true, false): diffeo_run_scalar_binary(kernels, kernel, n, a, b, y)
    case (true, true):
      diffeo_run_fill(kernels, n, a, y)
      diffeo_run_binary_scalar(kernels, kernel, n, y, b, y)
    }
  }

  private func broadcast(_ count: Int, _ x: Operand, _ y: Place) {
    let n = lanes(y)
    for part in 0..<count {
      let (from, isNumber) = read(x, part)
      let to = address(y) + part * n * size
      if isNumber {
        diffeo_run_fill(kernels, n, from, to)
      } else {
        to.copyMemory(from: from, byteCount: n * size)
      }
    }
  }
}

// MARK: - Features

extension StepRunner {
  private func copy(_ runs: [Run], _ x: Place, _ y: Place) {
    let bytes = lanes(y) * size
    let (from, to) = (address(x), address(y))
    for run in runs {
      (to + run.target * bytes).copyMemory(
        from: from + run.source * bytes, byteCount: run.count * bytes)
    }
  }

  private func add(_ runs: [Run], _ x: Place, _ y: Place) {
    let bytes = lanes(y) * size
    let (from, to) = (address(x), address(y))
    for run in runs {
      diffeo_run_accumulate(
        kernels, run.count * lanes(y), from + run.source * bytes, to + run.target * bytes)
    }
  }

  private func reduce(
    _ reduction: Reduction, _ groups: Int, _ width: Int, _ x: Place, _ y: Place
  ) {
    let n = lanes(y)
    for group in 0..<groups {
      let (from, to) = (address(x) + group * width * n * size, address(y) + group * n * size)
      guard y.isPerRow else {
        reduceOnce(reduction, width, from, to)
        continue
      }
      switch reduction {
      case .sum: diffeo_run_sum_features(kernels, width, n, from, to)
      case .maximum: diffeo_run_max_features(kernels, width, n, from, to)
      }
    }
  }

  /// A reduction of numbers without rows, through the elementwise kernel.
  private func reduceOnce(
    _ reduction: Reduction, _ width: Int, _ from: UnsafeMutableRawPointer,
    _ to: UnsafeMutableRawPointer
  ) {
    to.initializeMemory(as: UInt8.self, repeating: 0, count: size)
    let kernel: BinaryFunction = reduction == .sum ? .add : .maximum
    for i in 0..<width {
      if i == 0 {
        to.copyMemory(from: from, byteCount: size)
      } else {
        diffeo_run_binary(kernels, Int32(kernel.kernel), 1, to, from + i * size, to)
      }
    }
  }

  private func cumulativeSum(
    _ backward: Bool, _ groups: Int, _ width: Int, _ x: Place, _ y: Place
  ) {
    let n = lanes(y)
    for group in 0..<groups {
      let start = group * width * n * size
      let (from, to) = (address(x) + start, address(y) + start)
      if y.isPerRow {
        diffeo_run_cumsum_features(kernels, backward ? 1 : 0, width, n, from, to)
      } else {
        accumulateOnce(backward, width, from, to)
      }
    }
  }

  private func accumulateOnce(
    _ backward: Bool, _ width: Int, _ from: UnsafeMutableRawPointer, _ to: UnsafeMutableRawPointer
  ) {
    to.copyMemory(from: from, byteCount: width * size)
    for step in 1..<max(width, 1) {
      let place = backward ? width - 1 - step : step
      let before = backward ? place + 1 : place - 1
      diffeo_run_accumulate(kernels, 1, to + before * size, to + place * size)
    }
  }
}

// MARK: - Linear algebra

extension StepRunner {
  private func linear(_ step: LinearStep) {
    let bias = step.bias.map { UnsafeRawPointer(address($0)) }
    let few = isFew ? packedForFew[step.pack] : nil
    diffeo_run_linear(
      kernels, few == nil ? 0 : 1, step.out, step.width, few ?? packed[step.pack], bias,
      address(step.x), address(step.y), ld, rows,
      step.hasRelu ? DIFFEO_ACTIVATION_RELU : DIFFEO_ACTIVATION_NONE)
  }

  private func outerRows(
    _ m: Int, _ n: Int, _ a: Place, _ b: Place, _ product: Int, _ nonzero: Staircase?
  ) {
    Staircase.withRanges(nonzero) {
      diffeo_run_weights_gradient(
        kernels, m, n, rows, ld, address(a), address(b), products + product * size, $0, scratch)
    }
  }

  /// y[i] = Σₖ a[i][k] b[k], row by row.
  private func matrixProduct(_ m: Int, _ k: Int, _ n: Int, _ a: Place, _ b: Place, _ y: Place) {
    let (left, right, result) = (address(a), address(b), address(y))
    result.initializeMemory(as: UInt8.self, repeating: 0, count: m * n * size)
    for i in 0..<m {
      for j in 0..<k {
        diffeo_run_accumulate_scaled(
          kernels, n, 1, left + (i * k + j) * size, right + j * n * size, result + i * n * size)
      }
    }
  }

  private func triangularSolve(
    _ triangle: Triangle, _ count: Int, _ matrix: Place, _ x: Place, _ y: Place
  ) {
    let n = lanes(y)
    let goesDown = triangle.isLower != triangle.isTransposed
    let (entries, result) = (address(matrix), address(y))
    result.copyMemory(from: address(x), byteCount: count * n * size)
    for step in 0..<count {
      let i = goesDown ? step : count - 1 - step
      let target = result + i * n * size
      for j in goesDown ? 0..<i : i + 1..<count {
        let entry = triangle.isTransposed ? j * count + i : i * count + j
        diffeo_run_accumulate_scaled(
          kernels, n, -1, entries + entry * size, result + j * n * size, target)
      }
      if !triangle.hasUnitDiagonal {
        diffeo_run_binary_scalar(
          kernels, Int32(BinaryFunction.divide.kernel), n, target,
          entries + i * (count + 1) * size, target)
      }
    }
  }
}

// MARK: - Loops

extension StepRunner {
  private func repeatRounds(_ loop: LoopStep) {
    for (state, initial) in zip(loop.states, loop.initial) {
      move(initial, state.place, state.count)
    }
    for _ in 0..<loop.limit {
      run(loop.body)
      for (state, next) in zip(loop.states, loop.next) { move(next, state.place, state.count) }
      if let done = loop.done, isDone(done) { break }
    }
    var y = loop.y
    for state in loop.states {
      move(state.place, y, state.count)
      y = y.advanced(by: state.count)
    }
  }

  private func move(_ from: Place, _ to: Place, _ count: Int) {
    address(to).copyMemory(from: address(from), byteCount: count * lanes(to) * size)
  }

  /// Whether the number is not 0 for any row.
  private func isDone(_ place: Place) -> Bool {
    let count = place.isPerRow ? rows : 1
    switch precision {
    case .float:
      let flags = address(place).assumingMemoryBound(to: Float.self)
      return (0..<count).allSatisfy { flags[$0] != 0 }
    case .double:
      let flags = address(place).assumingMemoryBound(to: Double.self)
      return (0..<count).allSatisfy { flags[$0] != 0 }
    }
  }
}

extension Spline {
  /// The form as the kernels take it, for `features` splines.
  func kernelForm(features: Int) -> diffeo_spline {
    diffeo_spline(
      features: features, bins: bins, bound: bound, min_width: minimumBin, min_height: minimumBin,
      min_slope: minimumSlope, ends: kernelEnds)
  }

  private var kernelEnds: diffeo_spline_ends {
    switch ends {
    case .identity: DIFFEO_SPLINE_IDENTITY
    case .linear: DIFFEO_SPLINE_LINEAR
    case .circular: DIFFEO_SPLINE_CIRCULAR
    }
  }
}
