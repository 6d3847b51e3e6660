import Evaluation
import Symbolics
import Tensors

/// A formula g that is continuous and strictly monotone in one variable, as a part of a traced program.
struct MonotoneFormula {
  /// t
  let variable: Symbol
  /// g
  let formula: Expression
  /// ∂g/∂t
  let derivative: Expression
  /// Where t lies; its ends may depend on other symbols.
  let domain: Symbolics.Interval
  /// Nil when the direction depends on other symbols.
  let isIncreasing: Bool?

  /// The t with g(t) = target.
  ///
  /// The root is bracketed and found in a coordinate s that runs through ℝ while t runs through its
  /// interval. A last Newton step in t polishes it; derivatives are those of the implicit function
  /// theorem: ∂t/∂θ = -(∂g/∂θ)/(∂g/∂t).
  ///
  /// - Parameters:
  ///   - target: `[B]`
  ///   - known: the values of the other symbols.
  ///   - trace: where operations are recorded.
  /// - Returns: `[B]`
  func root(
    for target: Tensor, _ known: [Symbol: Tensor], _ trace: Trace
  ) throws(EvaluationError) -> Tensor {
    let names = otherSymbols.filter { known[$0] != nil }
    let others = names.map { known[$0]!.withoutGradient }
    let ends = [trace.constant(-1), trace.constant(1)].map { $0.spread(like: target) }
    let sign = try direction(between: ends, known)
    // What cannot be compiled is found here; the residual is made of the same formulas.
    let position = Tensor.solved(
      between: ends[0], and: ends[1], captured: [target.withoutGradient, sign] + others,
      tolerance: 0
    ) { s, captured in
      let values = Dictionary(uniqueKeysWithValues: zip(names, captured.dropFirst(2)))
      guard let value = try? value(at: s, values) else {
        preconditionFailure("\(formula) was compiled before")
      }
      return captured[1] * (value - captured[0])
    }
    let near = try point(at: position, known)
    var compiler = FormulaCompiler(known.merging([variable: near]) { $1 }, in: trace)
    _ = try compiler.value(of: derivative)
    return Tensor.polished(
      near, captured: [target] + names.map { known[$0]! }
    ) { t, captured in
      compiled(formula, at: t, names, captured.dropFirst()) - captured[0]
    } quotient: { u, t, captured in
      u / compiled(derivative, at: t, names, captured.dropFirst())
    }
  }

  /// The value at t of a formula that has been compiled before.
  private func compiled(
    _ formula: Expression, at t: Tensor, _ names: [Symbol], _ values: ArraySlice<Tensor>
  ) -> Tensor {
    let known = Dictionary(uniqueKeysWithValues: zip(names + [variable], values + [t]))
    var compiler = FormulaCompiler(known, in: t.trace)
    guard let value = try? compiler.value(of: formula) else {
      preconditionFailure("\(formula) was compiled before")
    }
    return value
  }

  /// 1 where g rises, -1 where it falls: by the order of two values where that is not known.
  private func direction(
    between ends: [Tensor], _ known: [Symbol: Tensor]
  ) throws(EvaluationError) -> Tensor {
    let trace = ends[0].trace
    let (low, high) = (try value(at: ends[0], known), try value(at: ends[1], known))
    return switch isIncreasing {
    case true?: trace.constant(1)
    case false?: trace.constant(-1)
    case nil: 1 - 2 * (high .< low).withoutGradient
    }
  }

  private var otherSymbols: [Symbol] {
    Set(formula.freeSymbols + domain.freeSymbols).subtracting([variable]).sorted()
  }

  /// g at the point with coordinate s.
  private func value(
    at s: Tensor, _ known: [Symbol: Tensor]
  ) throws(EvaluationError) -> Tensor {
    let t = try point(at: s, known)
    var compiler = FormulaCompiler(known.merging([variable: t]) { $1 }, in: s.trace)
    return try compiler.value(of: formula)
  }

  /// t = s, l + eˢ, r - e⁻ˢ or l + (r - l) σ(s), as the interval (l, r) has finite ends.
  private func point(
    at s: Tensor, _ known: [Symbol: Tensor]
  ) throws(EvaluationError) -> Tensor {
    var compiler = FormulaCompiler(known, in: s.trace)
    switch (domain.lower.value, domain.upper.value) {
    case (nil, nil): return s
    case (let lower?, nil): return try compiler.value(of: lower) + exp(s)
    case (nil, let upper?): return try compiler.value(of: upper) - exp(-s)
    case (let lower?, let upper?):
      let (lower, upper) = (try compiler.value(of: lower), try compiler.value(of: upper))
      return lower + (upper - lower) * sigmoid(s)
    }
  }
}
