/// The pullback of one recorded operation y = f(x₁, x₂, …): from the gradient with respect to y to
/// those with respect to its operands, as new operations of the same trace.
struct Pullback {
  /// y
  let result: Tensor
  /// The gradient with respect to y, of the shape of y.
  let gradient: Tensor

  private var trace: Trace { result.trace }
  private var operands: [Tensor] {
    result.node.operands.map { Tensor(trace: result.trace, id: $0) }
  }

  /// The gradient for each operand; nil where it is zero.
  var contributions: [Tensor?] {
    switch result.node.operation {
    case .input, .parameter, .constant, .rowCount, .placeholder, .argument, .stopGradient:
      operands.map { _ in nil }
    case .unary(let function): [unary(function)]
    case .binary(let function): binary(function)
    case .select: select
    case .gather(let indices): [gradient.scattered(indices, dims: operands[0].shape.dims)]
    case .scatter(let indices): [gradient.gathered(indices, dims: operands[0].shape.dims)]
    case .concatenate: concatenate
    case .reduce(let reduction): [reduce(reduction)]
    case .cumulativeSum(let backward):
      [trace.record(.cumulativeSum(backward: !backward), [gradient], gradient.shape)]
    case .sumRows: [gradient.spread(like: operands[0])]
    case .spread: [gradient.sumOverRows()]
    case .linear(let transposed): linear(transposed)
    case .outerRows: outerRows
    case .matrixProduct:
      [gradient.matmul(operands[1].transposed), operands[0].transposed.matmul(gradient)]
    case .triangularSolve(let triangle): triangularSolve(triangle)
    case .loop(let loop): loop.pullback(operands, gradient)
    case .root(let root): root.pullback(operands, result, gradient)
    case .fused(let operation): operation.pullback(operands, result, gradient)
    }
  }
}

// MARK: - Elementwise

extension Pullback {
  private func unary(_ function: UnaryFunction) -> Tensor? {
    Tensor.derivative(of: function, at: operands[0], result: result).map { gradient * $0 }
  }

  private func binary(_ function: BinaryFunction) -> [Tensor?] {
    let (a, b) = (operands[0], operands[1])
    let (da, db): (Tensor?, Tensor?) =
      switch function {
      case .add: (gradient, gradient)
      case .subtract: (gradient, -gradient)
      case .multiply: (gradient * b, gradient * a)
      case .divide: (gradient / b, -(gradient * result / b))
      case .maximum: split(b .<= a)
      case .minimum: split(a .<= b)
      case .power: power(a, b)
      case .arctangent2:
        (gradient * b / (square(a) + square(b)), -(gradient * a) / (square(a) + square(b)))
      case .less, .lessOrEqual, .equal: (nil, nil)
      case .excluding: (gradient, nil)
      case .remainder: (gradient, -(gradient * (a / b).map(.floor)))
      }
    return [da.map { $0.collapsed(to: a) }, db.map { $0.collapsed(to: b) }]
  }

  /// The gradient goes to the first operand where `first` is 1, else to the second.
  private func split(_ first: Tensor) -> (Tensor, Tensor) {
    let zero = trace.constant(0)
    return (Tensor.select(first, gradient, zero), Tensor.select(first, zero, gradient))
  }

  /// b aᵇ⁻¹ and aᵇ log a, the latter 0 at a = 0.
  private func power(_ a: Tensor, _ b: Tensor) -> (Tensor?, Tensor?) {
    if let exponents = b.constantValues {
      // 0 a⁰ rather than 0 a⁻¹, which is undefined at a = 0.
      let less = trace.constant(exponents.map { $0 == 0 ? 0 : $0 - 1 }, b.shape.dims)
      return (gradient * b * pow(a, less), nil)
    }
    let da = gradient * b * pow(a, b - 1)
    let isPositive = a .> 0
    let logarithm = log(Tensor.select(isPositive, a, trace.constant(1)))
    return (da, gradient * result * logarithm)
  }

  private var select: [Tensor?] {
    let (condition, a, b) = (operands[0], operands[1], operands[2])
    let zero = trace.constant(0)
    return [
      nil, Tensor.select(condition, gradient, zero).collapsed(to: a),
      Tensor.select(condition, zero, gradient).collapsed(to: b),
    ]
  }
}

// MARK: - Features and rows

extension Pullback {
  private var concatenate: [Tensor?] {
    var start = 0
    return operands.map { operand in
      let range = start..<start + operand.shape.count
      start = range.upperBound
      return gradient.gathered(Array(range), dims: operand.shape.dims).collapsed(to: operand)
    }
  }

  private func reduce(_ reduction: Reduction) -> Tensor {
    let x = operands[0]
    let spread = gradient.repeated(x.shape.last)
    switch reduction {
    case .sum: return spread
    case .maximum:
      // Equal maxima share the gradient.
      let isLargest = x.combined(.equal, result.repeated(x.shape.last))
      let share = isLargest.sum().map(.reciprocal).repeated(x.shape.last)
      return spread * isLargest * share
    }
  }
}

// MARK: - Linear algebra

extension Pullback {
  private func linear(_ transposed: Bool) -> [Tensor?] {
    let (weights, x) = (operands[0], operands[1])
    return [
      transposed ? .outerOverRows(x, gradient) : .outerOverRows(gradient, x),
      weights.applied(to: gradient, transposed: !transposed),
    ]
  }

  private var outerRows: [Tensor?] {
    let (a, b) = (operands[0], operands[1])
    return [
      gradient.applied(to: b, transposed: false), gradient.applied(to: a, transposed: true),
    ]
  }

  /// y = T⁻¹ x: dx = T⁻ᵀ dy and dT = -dx yᵀ within the triangle (for Tᵀ: -y dxᵀ).
  private func triangularSolve(_ triangle: Triangle) -> [Tensor?] {
    let (matrix, x) = (operands[0], operands[1])
    let dx = matrix.triangularSolve(gradient, triangle.transposed)
    let (left, right) = triangle.isTransposed ? (result, dx) : (dx, result)
    let full = x.shape.isPerRow ? Tensor.outerOverRows(left, right) : .outer(left, right)
    return [-(full * triangle.mask(size: x.shape.count, in: trace)), dx]
  }
}

extension Triangle {
  /// 1 where an entry of the matrix is used, else 0.
  func mask(size: Int, in trace: Trace) -> Tensor {
    let values = (0..<size * size).map { index -> Double in
      let (row, column) = index.quotientAndRemainder(dividingBy: size)
      return if row == column { hasUnitDiagonal ? 0 : 1 } else { (row > column) == isLower ? 1 : 0 }
    }
    return trace.constant(values, [size, size])
  }
}

extension Tensor {
  /// The gradient for an operand that was repeated over features or rows: the sum over them.
  func collapsed(to operand: Tensor) -> Tensor {
    var gradient = self
    if operand.shape.count == 1, gradient.shape.count != 1 { gradient = gradient.total() }
    if gradient.shape.isPerRow, !operand.shape.isPerRow { gradient = gradient.sumOverRows() }
    return gradient.reshaped(operand.shape.dims)
  }

  /// The same values for every row, where `operand` has rows; else, or with rows already, as it is.
  ///
  /// - Parameter operand: whose rows they are; its extents do not matter.
  /// - Returns: `[B, …]`, or what it was.
  public func spread(like operand: Tensor) -> Tensor {
    guard operand.shape.isPerRow, !shape.isPerRow else { return self }
    return trace.record(.spread, [self], shape.with(isPerRow: true))
  }
}
