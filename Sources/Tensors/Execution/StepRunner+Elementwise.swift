internal import CKernels

extension StepRunner {
  /// The bytes of each operand in a block: several of them fit the first-level cache.
  private static let blockBytes = 8192

  /// What one step leaves for the next is then in the first-level cache.
  func runBlocks(_ count: Int, _ steps: [Step]) {
    let features = max(1, StepRunner.blockBytes / (ld * size))
    var first = 0
    while first < count {
      let part = min(features, count - first)
      for step in steps { run(step.part(first: first, count: part)) }
      first += part
    }
  }

  func unary(
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

  func binary(_ kernel: Int, _ count: Int, _ a: Operand, _ b: Operand, _ y: Place) {
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

  func broadcast(_ count: Int, _ x: Operand, _ y: Place) {
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
