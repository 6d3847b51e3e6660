extension Tensor {
  /// f(x), feature by feature.
  public func map(_ function: UnaryFunction) -> Tensor {
    trace.record(.unary(function), [self], shape)
  }

  /// f(self, other), feature by feature. The extents agree, or one operand is a single number for
  /// all features; an operand without rows serves all rows.
  public func combined(_ function: BinaryFunction, _ other: Tensor) -> Tensor {
    let dims = Tensor.commonDims("\(function)", [self, other])
    let isPerRow = shape.isPerRow || other.shape.isPerRow
    return trace.record(.binary(function), [self, other], Shape(dims, isPerRow: isPerRow))
  }

  /// f(self, number), feature by feature.
  public func combined(_ function: BinaryFunction, _ number: Double) -> Tensor {
    combined(function, trace.constant(number))
  }

  /// `a` where the condition is not 0, else `b`. No gradient flows into the condition, and the gradient 0 into
  /// the branch that is not taken: where a slope there is infinite or undefined, as that of √x is at 0, the product is
  /// NaN. Such a branch is given an argument that is harmless where it is not taken.
  public static func select(_ condition: Tensor, _ a: Tensor, _ b: Tensor) -> Tensor {
    let dims = commonDims("select", [condition, a, b])
    let isPerRow = [condition, a, b].contains { $0.shape.isPerRow }
    return condition.trace.record(.select, [condition, a, b], Shape(dims, isPerRow: isPerRow))
  }

  private static func commonDims(_ operation: String, _ operands: [Tensor]) -> [Int] {
    var common = operands[0].shape.dims
    for operand in operands.dropFirst() where operand.shape.dims != common {
      if operand.shape.count == 1, operand.shape.dims.count <= common.count { continue }
      require(
        common.reduce(1, *) == 1 && common.count <= operand.shape.dims.count,
        "\(operation): the extents of \(operands.map(\.shape)) do not agree")
      common = operand.shape.dims
    }
    return common
  }

  /// x, through which no gradient flows.
  public var withoutGradient: Tensor { trace.record(.stopGradient, [self], shape) }

  /// The same values in a tensor with other extents, in row-major order.
  public func reshaped(_ dims: Int...) -> Tensor { reshaped(dims) }

  /// The same values in a tensor with other extents, in row-major order.
  public func reshaped(_ dims: [Int]) -> Tensor {
    require(
      shape.with(dims: dims).count == shape.count, "reshape: \(shape) has not the size of \(dims)")
    return dims == shape.dims
      ? self : trace.record(.gather(Array(0..<shape.count)), [self], shape.with(dims: dims))
  }
}

extension Tensor {
  /// a + b
  public static func + (a: Tensor, b: Tensor) -> Tensor { a.combined(.add, b) }
  /// a - b
  public static func - (a: Tensor, b: Tensor) -> Tensor { a.combined(.subtract, b) }
  /// a b, feature by feature
  public static func * (a: Tensor, b: Tensor) -> Tensor { a.combined(.multiply, b) }
  /// a/b, feature by feature
  public static func / (a: Tensor, b: Tensor) -> Tensor { a.combined(.divide, b) }
  /// -a
  public static prefix func - (a: Tensor) -> Tensor { a.map(.negate) }
  /// a + number
  public static func + (a: Tensor, b: Double) -> Tensor { a.combined(.add, b) }
  /// number + a
  public static func + (a: Double, b: Tensor) -> Tensor { b.combined(.add, a) }
  /// a - number
  public static func - (a: Tensor, b: Double) -> Tensor { a.combined(.subtract, b) }
  /// number - a
  public static func - (a: Double, b: Tensor) -> Tensor {
    b.trace.constant(a).combined(.subtract, b)
  }
  /// a · number
  public static func * (a: Tensor, b: Double) -> Tensor { a.combined(.multiply, b) }
  /// number · a
  public static func * (a: Double, b: Tensor) -> Tensor { b.combined(.multiply, a) }
  /// a/number
  public static func / (a: Tensor, b: Double) -> Tensor { a.combined(.divide, b) }
  /// number/a
  public static func / (a: Double, b: Tensor) -> Tensor {
    a == 1 ? b.map(.reciprocal) : b.trace.constant(a).combined(.divide, b)
  }
  /// 1 where a < b, else 0
  public static func .< (a: Tensor, b: Tensor) -> Tensor { a.combined(.less, b) }
  /// 1 where a < number, else 0
  public static func .< (a: Tensor, b: Double) -> Tensor { a.combined(.less, b) }
  /// 1 where a ≤ b, else 0
  public static func .<= (a: Tensor, b: Tensor) -> Tensor { a.combined(.lessOrEqual, b) }
  /// 1 where a ≤ number, else 0
  public static func .<= (a: Tensor, b: Double) -> Tensor { a.combined(.lessOrEqual, b) }
  /// 1 where a > number, else 0
  public static func .> (a: Tensor, b: Double) -> Tensor { a.trace.constant(b).combined(.less, a) }

  /// x between two numbers, with gradient 0 where it was moved.
  public func clamped(_ lower: Double, _ upper: Double) -> Tensor {
    combined(.maximum, lower).combined(.minimum, upper)
  }
}
