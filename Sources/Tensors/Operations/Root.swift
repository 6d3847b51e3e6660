/// The equation r(x, θ) = 0 that a tensor x solves, feature by feature: x's derivatives are those of the implicit
/// function theorem, ∂x/∂θ = -(∂r/∂θ)/(∂r/∂x). It is written in x itself, so that gradients of gradients are
/// right, too.
public struct Root: Hashable, Sendable {
  /// r; arguments are x and then θ.
  let residual: Program

  /// The gradients for x as it was found, which has none, and for θ.
  func pullback(_ operands: [Tensor], _ result: Tensor, _ gradient: Tensor) -> [Tensor?] {
    let arguments = [result] + operands.dropFirst()
    let value = residual.results(on: arguments)[0]
    let slope = value.partialGradients(of: [result], seed: value.ones)[0] ?? value.ones
    return [nil] + value.partialGradients(of: arguments, seed: -(gradient / slope)).dropFirst()
  }

  /// x with those derivatives.
  static func recorded(
    _ x: Tensor, captured: [Tensor], residual: (Tensor, [Tensor]) -> Tensor
  ) -> Tensor {
    let body = Trace()
    let arguments = ([x] + captured).enumerated().map { number, tensor in
      body.record(.argument(number), [], tensor.shape)
    }
    let value = residual(arguments[0], Array(arguments.dropFirst()))
    require(value.shape == x.shape, "a residual \(value.shape) for x \(x.shape)")
    let root = Root(residual: Program(body, outputs: [(name: "residual", tensor: value)]))
    return x.trace.record(.root(root), [x] + captured, x.shape)
  }
}
