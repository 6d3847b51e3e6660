@testable import Tensors

extension Program {
  /// Σ c² over all operations, c being the most that one is off by, in units of ε of its result: half of one for a
  /// sum, a product, a quotient or a root, four for other functions, as the tests of the kernels assert.
  ///
  /// Rounds of Newton's method that lead to a root are no rounding: its equation is.
  var squaredRoundings: Double {
    nodes.reduce(0) { $0 + squaredRoundings(of: $1) }
  }

  private func squaredRoundings(of node: Node) -> Double {
    /// n terms that are added up, and so many products before.
    func sum(of terms: Int, products: Int = 0) -> Double {
      Double(max(0, terms - 1) + products) / 4
    }
    let operands = node.operands.map { nodes[$0].shape.dims }
    switch node.operation {
    case .input, .parameter, .constant, .rowCount, .select, .gather, .concatenate, .spread,
      .stopGradient, .placeholder, .argument, .reduce(.maximum):
      return 0
    case .unary(let function): return function.squaredRounding
    case .binary(let function): return function.squaredRounding
    case .scatter(let indices): return sum(of: indices.count / max(1, node.shape.count) + 1)
    case .reduce(.sum), .cumulativeSum: return sum(of: operands[0].last ?? 1)
    case .sumRows: return 0.25
    case .outerRows: return sum(of: 1, products: 1)
    case .linear(let transposed):
      let terms = transposed ? operands[0][0] : operands[0][1]
      return sum(of: terms, products: terms)
    case .matrixProduct: return sum(of: operands[0][1], products: operands[0][1])
    case .triangularSolve: return sum(of: operands[0][0], products: operands[0][0]) + 0.25
    case .loop(let loop):
      return loop.hasCondition ? 0 : Double(loop.limit) * loop.body.squaredRoundings
    // The error of a residual moves the root by as much over the residual's slope.
    case .root(let root): return root.residual.squaredRoundings
    case .fused(let fused): return fused.squaredRoundings(node.operands.map { nodes[$0].shape })
    }
  }
}

extension FusedOperation {
  /// Those of what it is written out as.
  fileprivate func squaredRoundings(_ shapes: [Shape]) -> Double {
    let trace = Trace()
    let operands = shapes.enumerated().map { index, shape in
      trace.input("\(index)", features: shape.count).reshaped(shape.dims)
    }
    return Program(trace, outputs: [("result", definition(operands))]).squaredRoundings
  }
}

extension UnaryFunction {
  fileprivate var squaredRounding: Double {
    switch self {
    case .negate, .absolute, .sign, .relu, .floor, .isFinite: 0
    case .square, .squareRoot, .reciprocal: 0.25
    default: 16
    }
  }
}

extension BinaryFunction {
  fileprivate var squaredRounding: Double {
    switch self {
    case .maximum, .minimum, .less, .lessOrEqual, .equal, .excluding: 0
    case .add, .subtract, .multiply, .divide: 0.25
    case .power, .arctangent2, .remainder: 16
    }
  }
}
