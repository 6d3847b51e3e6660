extension Tensor {
  /// The x with x = g(x, θ) for each row, for a g that is a contraction in x, by Banach's iteration x ← g(x, θ).
  ///
  /// A row ends once no feature moves by more than the tolerance, and stays where it is while other rows of the tile
  /// go on: with a Lipschitz constant L of g it is then within L/(1 - L) tolerances of the root. The result is
  /// differentiable, any number of times, by the implicit function theorem: see ``Root``. What a gradient u is to be
  /// multiplied by, (1 - ∂g/∂x)⁻¹, is a fixed point again, v = u + v ∂g/∂x, found in the same way.
  ///
  /// - Parameters:
  ///   - initial: where to begin, `[B, n]`.
  ///   - captured: θ, other tensors that g uses; it may use none but these and constants.
  ///   - tolerance: the last step's length, relative to max(1, |x|); two units in the last place are taken where that
  ///     is more.
  ///   - limit: the most steps.
  ///   - map: g(x, captured), recorded a few times; features may depend on each other.
  /// - Returns: `[B, n]`; NaN where `limit` steps have not been enough.
  public static func fixedPoint(
    from initial: Tensor, captured: [Tensor] = [], tolerance: Double = 1e-12, limit: Int = 1000,
    of map: (_ x: Tensor, _ captured: [Tensor]) -> Tensor
  ) -> Tensor {
    let iteration = FixedPointIteration(tolerance: tolerance, limit: limit)
    let x = iteration.end(from: initial, captured, map)
    return Root.recorded(x, captured: captured, by: iteration) { x, captured in
      x - map(x, captured)
    }
  }
}

/// When an iteration x ← g(x, θ) ends.
struct FixedPointIteration: Hashable, Sendable {
  let tolerance: Double
  let limit: Int

  /// The last x, NaN in rows that have not come to an end.
  func end(
    from initial: Tensor, _ captured: [Tensor], _ map: (Tensor, [Tensor]) -> Tensor
  ) -> Tensor {
    let states = Tensor.iterated([initial, initial.zeros], captured: captured, limit: limit) {
      states, captured in
      let (x, isSettled) = (states[0], states[1])
      let next = Tensor.select(isSettled, x, map(x, captured))
      let isShort = abs(next - x) .<= x.shortStep(tolerance)
      // From NaN on nothing changes any more.
      let isMoving = (1 - isShort) * next.isDefined
      let isUndefined = (1 - next.isDefined).flattened.maximum()
      let isDone = max(1 - isMoving.flattened.maximum(), isUndefined)
      return ([next, isDone.repeated(x.shape.count).reshaped(x.shape.dims)], isDone)
    }
    return .select(states[1], states[0], initial.trace.constant(.nan))
  }

  /// u (∂r/∂x)⁻¹ as the v with v = u + v - v ∂r/∂x, for a residual r whose x - r is a contraction in x.
  func quotient(_ u: Tensor, by residual: Program, at arguments: [Tensor]) -> Tensor {
    let product = Program(arguments: [u] + arguments, output: "product") { tensors in
      let arguments = Array(tensors.dropFirst())
      return residual.results(on: arguments)[0]
        .partialGradients(of: [arguments[0]], seed: tensors[0])[0] ?? tensors[0].zeros
    }
    // What v ∂r/∂x does not need is not captured: v must not seem to depend on it.
    let used = arguments.indices.filter { product.arguments.contains($0 + 1) }
    return Tensor.fixedPoint(
      from: u, captured: [u] + used.map { arguments[$0] }, tolerance: tolerance, limit: limit
    ) { v, captured in
      // Nobody reads the places of the others.
      var operands = Array(repeating: v, count: arguments.count + 1)
      for (place, index) in used.enumerated() { operands[index + 1] = captured[place + 1] }
      return captured[0] + v - product.results(on: operands)[0]
    }
  }
}
