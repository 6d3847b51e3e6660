internal import CKernels

extension StepRunner {
  func linear(_ step: LinearStep) {
    let bias = step.bias.map { UnsafeRawPointer(address($0)) }
    let few = isFew ? packedForFew[step.pack] : nil
    diffeo_run_linear(
      kernels, few == nil ? 0 : 1, step.out, step.width, few ?? packed[step.pack], bias,
      address(step.x), address(step.y), ld, rows,
      step.hasRelu ? DIFFEO_ACTIVATION_RELU : DIFFEO_ACTIVATION_NONE)
  }

  func outerRows(
    _ m: Int, _ n: Int, _ a: Place, _ b: Place, _ product: Int, _ nonzero: Staircase?
  ) {
    Staircase.withRanges(nonzero) {
      diffeo_run_weights_gradient(
        kernels, m, n, rows, ld, address(a), address(b), products + product * size, $0, scratch)
    }
  }

  /// y[i] = Σₖ a[i][k] b[k], row by row.
  func matrixProduct(_ m: Int, _ k: Int, _ n: Int, _ a: Place, _ b: Place, _ y: Place) {
    let (left, right, result) = (address(a), address(b), address(y))
    result.initializeMemory(as: UInt8.self, repeating: 0, count: m * n * size)
    for i in 0..<m {
      for j in 0..<k {
        diffeo_run_accumulate_scaled(
          kernels, n, 1, left + (i * k + j) * size, right + j * n * size, result + i * n * size)
      }
    }
  }

  func triangularSolve(
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
