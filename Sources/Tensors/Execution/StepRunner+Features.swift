internal import CKernels

extension StepRunner {
  func copy(_ runs: [Run], _ x: Place, _ y: Place) {
    let bytes = lanes(y) * size
    let (from, to) = (address(x), address(y))
    for run in runs {
      (to + run.target * bytes).copyMemory(
        from: from + run.source * bytes, byteCount: run.count * bytes)
    }
  }

  func add(_ runs: [Run], _ x: Place, _ y: Place) {
    let bytes = lanes(y) * size
    let (from, to) = (address(x), address(y))
    for run in runs {
      diffeo_run_accumulate(
        kernels, run.count * lanes(y), from + run.source * bytes, to + run.target * bytes)
    }
  }

  func reduce(
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

  func cumulativeSum(
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
