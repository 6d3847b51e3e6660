/// The equation r(x, θ) = 0 that a tensor x solves: x's derivatives are those of the implicit function theorem,
/// ∂x/∂θ = -(∂r/∂x)⁻¹ ∂r/∂θ. It is written in x itself, so that gradients of gradients are right, too.
public struct Root: Hashable, Sendable {
  /// r; arguments are x and then θ.
  let residual: Program
  /// What gives u (∂r/∂x)⁻¹.
  let inverse: Inverse

  /// How a gradient u is multiplied by the inverse of ∂r/∂x.
  enum Inverse: Hashable, Sendable {
    /// By a program of x, then θ, then u: for equations of which feature i depends on x's feature i alone.
    case program(Program)
    /// As a fixed point, for an x - r that is a contraction.
    case fixedPoint(FixedPointIteration)
  }

  /// The gradients for x as it was found, which has none, and for θ.
  func pullback(_ operands: [Tensor], _ result: Tensor, _ gradient: Tensor) -> [Tensor?] {
    let arguments = [result] + operands.dropFirst()
    let value = residual.results(on: arguments)[0]
    let divided =
      switch inverse {
      case .program(let program): program.results(on: arguments + [gradient])[0]
      case .fixedPoint(let iteration):
        iteration.quotient(gradient, by: residual, at: arguments)
      }
    return [nil] + value.partialGradients(of: arguments, seed: -divided).dropFirst()
  }

  /// x with those derivatives, for a residual of which feature i depends on x's feature i alone.
  static func recorded(
    _ x: Tensor, captured: [Tensor], residual: Residual, quotient: Quotient?
  ) -> Tensor {
    let divided = Program(arguments: [x] + captured + [x], output: "quotient") { arguments in
      let (x, captured) = (arguments[0], Array(arguments[1..<arguments.count - 1]))
      let dividend = arguments[arguments.count - 1]
      return quotient.map { $0(dividend, x, captured) }
        ?? dividend / residual(x, captured).slope(in: x)
    }
    return recorded(x, captured, .program(divided), residual)
  }

  /// x with those derivatives, for a residual with which x - r is a contraction.
  static func recorded(
    _ x: Tensor, captured: [Tensor], by iteration: FixedPointIteration, residual: Residual
  ) -> Tensor {
    recorded(x, captured, .fixedPoint(iteration), residual)
  }

  private static func recorded(
    _ x: Tensor, _ captured: [Tensor], _ inverse: Inverse, _ residual: Residual
  ) -> Tensor {
    let equation = Program(arguments: [x] + captured, output: "residual") { arguments in
      residual(arguments[0], Array(arguments.dropFirst()))
    }
    let shape = equation.nodes[equation.outputs[0].node].shape
    require(shape == x.shape, "a residual \(shape) for x \(x.shape)")
    let root = Root(residual: equation, inverse: inverse)
    return x.trace.record(.root(root), [x] + captured, x.shape)
  }

  /// r(x, θ)
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
  init(arguments: [Tensor], output: String, _ function: ([Tensor]) -> Tensor) {
    let trace = Trace()
    let tensors = arguments.enumerated().map { number, tensor in
      trace.record(.argument(number), [], tensor.shape)
    }
    self.init(trace, outputs: [(name: output, tensor: function(tensors))])
  }

  /// The numbers of the arguments that are used.
  var arguments: Set<Int> {
    Set(nodes.compactMap { if case .argument(let number) = $0.operation { number } else { nil } })
  }
}
