/// The equation r(x, θ) = 0 that a tensor x solves, feature by feature: x's derivatives are those of the implicit
/// function theorem, ∂x/∂θ = -(∂r/∂θ)/(∂r/∂x). It is written in x itself, so that gradients of gradients are
/// right, too.
public struct Root: Hashable, Sendable {
  /// r; arguments are x and then θ.
  let residual: Program
  /// u / (∂r/∂x); arguments are x, then θ, then u.
  let quotient: Program

  /// The gradients for x as it was found, which has none, and for θ.
  func pullback(_ operands: [Tensor], _ result: Tensor, _ gradient: Tensor) -> [Tensor?] {
    let arguments = [result] + operands.dropFirst()
    let value = residual.results(on: arguments)[0]
    let divided = quotient.results(on: arguments + [gradient])[0]
    return [nil] + value.partialGradients(of: arguments, seed: -divided).dropFirst()
  }

  /// x with those derivatives.
  static func recorded(
    _ x: Tensor, captured: [Tensor], residual: Residual, quotient: Quotient?
  ) -> Tensor {
    let equation = Program(arguments: [x] + captured, output: "residual") { arguments in
      residual(arguments[0], Array(arguments.dropFirst()))
    }
    let shape = equation.nodes[equation.outputs[0].node].shape
    require(shape == x.shape, "a residual \(shape) for x \(x.shape)")
    let divided = Program(arguments: [x] + captured + [x], output: "quotient") { arguments in
      let (x, captured) = (arguments[0], Array(arguments[1..<arguments.count - 1]))
      let dividend = arguments[arguments.count - 1]
      return quotient.map { $0(dividend, x, captured) }
        ?? dividend / residual(x, captured).slope(in: x)
    }
    let root = Root(residual: equation, quotient: divided)
    return x.trace.record(.root(root), [x] + captured, x.shape)
  }

  /// r(x, θ), of which feature i depends on x's feature i alone.
  package typealias Residual = (_ x: Tensor, _ captured: [Tensor]) -> Tensor
  /// u / (∂r/∂x) at x and θ.
  package typealias Quotient = (_ u: Tensor, _ x: Tensor, _ captured: [Tensor]) -> Tensor
}

extension Tensor {
  /// x with r(x, θ) = 0, by a Newton step from a number that is close to it: x ← x - r / (∂r/∂x), with the
  /// derivatives of the implicit function theorem, see ``Root``.
  ///
  /// - Parameters:
  ///   - x: nearly the root, `[B, n]`; it may be the root of another equation with the same solution.
  ///   - captured: θ; residual and quotient may use none but these and constants.
  ///   - residual: r, strictly monotone in x.
  ///   - quotient: u / (∂r/∂x); by differentiation when nil. One that neither overflows nor loses bits where the
  ///     slope leaves the range of numbers gives derivatives there, too.
  /// - Returns: `[B, n]`; x as it was where the slope is too flat for a step.
  package static func polished(
    _ x: Tensor, captured: [Tensor], residual: Root.Residual, quotient: Root.Quotient? = nil
  ) -> Tensor {
    let value = residual(x, captured)
    let step = quotient.map { $0(value, x, captured) } ?? value / value.slope(in: x)
    let moved = select(step.map(.isFinite), x - step, x)
    return Root.recorded(moved, captured: captured, residual: residual, quotient: quotient)
  }

  /// The derivative of each feature to the same feature of x, when it depends on no other one.
  func slope(in x: Tensor) -> Tensor { partialGradients(of: [x], seed: ones)[0] ?? ones }
}

extension Program {
  /// The program of a function of tensors of these shapes.
  fileprivate init(arguments: [Tensor], output: String, _ function: ([Tensor]) -> Tensor) {
    let trace = Trace()
    let tensors = arguments.enumerated().map { number, tensor in
      trace.record(.argument(number), [], tensor.shape)
    }
    self.init(trace, outputs: [(name: output, tensor: function(tensors))])
  }
}
