extension Lowering {
  mutating func emitSums(_ number: Int, _ node: Node, _ y: Place) {
    let count = node.shape.count
    let operands = node.operands
    let width = nodes[operands[0]].shape.last
    switch node.operation {
    case .reduce(let reduction):
      append(
        .reduce(reduction, groups: count, width: width, x: full(operands[0]), y: y), for: number)
    case .cumulativeSum(let backward):
      append(
        .cumulativeSum(
          backward: backward, groups: width == 0 ? 0 : count / width, width: width,
          x: full(operands[0]), y: y), for: number)
    case .sumRows:
      steps[.tile, default: []].append(
        .sumRows(count: count, x: full(operands[0]), sums: plan.sumCount))
      plan.sums.append(CompiledProgram.Sum(offset: plan.sumCount, count: count, target: y.offset))
      plan.sumCount += count
    case .outerRows:
      let (m, n) = (nodes[operands[0]].shape.count, nodes[operands[1]].shape.count)
      steps[.tile, default: []].append(
        .outerRows(
          m: m, n: n, a: full(operands[0]), b: full(operands[1]), product: plan.productCount,
          nonzero: staircase(usedOf: number)))
      plan.products.append(
        CompiledProgram.Sum(offset: plan.productCount, count: m * n, target: y.offset))
      plan.productCount += m * n
    default: emitMatrixStep(number, node, y)
    }
  }

  private mutating func emitMatrixStep(_ number: Int, _ node: Node, _ y: Place) {
    let operands = node.operands
    switch node.operation {
    case .loop(let loop): emitLoop(loop, number, node, y)
    case .matrixProduct:
      let (m, n) = (node.shape.dims[0], node.shape.dims[1])
      append(
        .matrixProduct(
          m: m, k: nodes[operands[0]].shape.dims[1], n: n, a: full(operands[0]),
          b: full(operands[1]), y: y), for: number)
    case .triangularSolve(let triangle):
      append(
        .triangularSolve(
          triangle, size: node.shape.count, matrix: full(operands[0]), x: full(operands[1]), y: y),
        for: number)
    case .fused(.spline(let spline, let direction)):
      append(
        .spline(
          spline, direction, features: nodes[operands[0]].shape.count, x: full(operands[0]),
          parameters: full(operands[1]), y: y), for: number)
    case .fused(.splinePullback(let spline, let direction)):
      append(
        .splinePullback(
          spline, direction, features: nodes[operands[0]].shape.count, x: full(operands[0]),
          parameters: full(operands[1]), gradient: full(operands[2]), y: y), for: number)
    default: preconditionFailure("\(node.operation) was to be lowered elsewhere")
    }
  }
}
