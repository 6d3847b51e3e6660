/// Operations that one kernel does in one pass over its data. Each has a definition in basic
/// operations, which is its reference, the source of its second derivatives, and what is exported.
public enum FusedOperation: Hashable, Sendable {
  /// A rational-quadratic spline; operands x `[B, D]` and its parameters `[B, D, P]`; the result
  /// `[2, D]` holds the values and the logarithms of the slopes.
  case spline(Spline, SplineDirection)
  /// The gradients of Σ (y·dy + log-slope·dl); operands x, the parameters and `[2, D]` of dy and dl;
  /// the result `[D (1 + P)]` holds dx and then the gradients of the parameters.
  case splinePullback(Spline, SplineDirection)

  /// The operation written out in basic operations.
  func definition(_ operands: [Tensor]) -> Tensor {
    switch self {
    case .spline(let spline, let direction):
      return spline.definition(direction, operands[0], operands[1])
    case .splinePullback(let spline, let direction):
      let (x, parameters) = (operands[0], operands[1])
      let result = spline.definition(direction, x, parameters)
      let gradients = result.partialGradients(of: [x, parameters], seed: operands[2])
      return Tensor.concatenated([gradients[0] ?? x.zeros, gradients[1] ?? parameters.zeros])
    }
  }

  /// The gradients for the operands.
  func pullback(_ operands: [Tensor], _ result: Tensor, _ gradient: Tensor) -> [Tensor?] {
    switch self {
    case .spline(let spline, let direction):
      let (x, parameters) = (operands[0], operands[1])
      let count = x.shape.count
      let both = x.trace.record(
        .fused(.splinePullback(spline, direction)), [x, parameters, gradient],
        Shape([count + parameters.shape.count], isPerRow: true))
      return [
        both.slice(0..<count),
        both.slice(count..<both.shape.count).reshaped(parameters.shape.dims),
      ]
    case .splinePullback:
      return definition(operands).partialGradients(of: operands, seed: gradient)
    }
  }
}
