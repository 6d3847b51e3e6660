import Symbolics

/// In several variables: whether a continuous f is differentiable across the sets u = 0 at which a case
/// of a formula begins, such as |u|.
///
/// On either side f is given by formulas F⁺ and F⁻ that agree where u = 0. Where ∂u/∂z_j is not 0 the
/// derivatives of F⁺ and F⁻ along the border agree, too, so that f is differentiable there if ∂F⁺/∂z_j =
/// ∂F⁻/∂z_j, and not if these differ in one formula.
struct BorderAnalysis {
  let context: ProofContext

  /// Where f is not differentiable, or its derivative singular, on the borders; nil when it is not known.
  func exceptions() -> Predicate? {
    let isContinuous = context.formulas.allSatisfy {
      $0.isContinuousWhereDefined(in: context.inputs)
    }
    guard isContinuous else { return nil }
    var found: [Predicate] = []
    for border in borders() {
      guard let isSmooth = isSmooth(across: border) else { return nil }
      if !isSmooth { found.append(border.zeroSet(under: context.assumptions)) }
    }
    return .any(found)
  }

  /// Every border once, whatever its rational factor.
  private func borders() -> [Expression] {
    var found: [Expression] = []
    for border in context.formulas.flatMap(\.caseBorders)
    where border.containsAny(of: context.inputs) {
      if !found.contains(where: { (border / $0).rationalValue != nil }) { found.append(border) }
    }
    return found
  }

  private func isSmooth(across border: Expression) -> Bool? {
    for (position, symbol) in context.inputs.enumerated() where border.contains(symbol) {
      guard let root = context.assumptions.affineRoot(of: border, in: symbol) else { continue }
      return isSmooth(across: border, along: position, at: root)
    }
    return nil
  }

  private func isSmooth(across border: Expression, along position: Int, at root: Expression)
    -> Bool?
  {
    let symbol = context.inputs[position]
    let onBorder = known(position, at: root)
    var sides: [[Expression]] = []
    for relation in [Relation.greater, .less] {
      let known = context.assumptions.adding(.compare(border, relation, .zero))
      let side = context.formulas.map { $0.simplified(under: known) }
      let isResolved = side.allSatisfy { formula in
        formula.caseBorders.allSatisfy { ($0 / border).rationalValue == nil }
      }
      guard isResolved else { return nil }
      sides.append(side)
    }
    func atBorder(_ formula: Expression) -> Expression {
      formula.substituting(symbol, by: root).simplified(under: onBorder)
    }
    var isSmooth = true
    for (above, below) in zip(sides[0], sides[1]) where above != below {
      let jump = atBorder(above.derivative(by: symbol) - below.derivative(by: symbol))
      guard isAnalytic(above, in: [symbol]), isAnalytic(below, in: [symbol]) else { return nil }
      let signs = onBorder.signs(of: jump)
      if !signs.contains(.zero) { return false }
      isSmooth = isSmooth && signs == .zero
    }
    guard isSmooth, sides.joined().allSatisfy({ isAnalytic($0, in: context.inputs) }) else {
      return nil
    }
    let determinant = Matrix.jacobian(of: sides[0], by: context.inputs)
      .determinant(under: context.assumptions)
    let signs = onBorder.signs(of: atBorder(determinant))
    return signs == .zero ? false : signs.contains(.zero) ? nil : true
  }

  private func isAnalytic(_ formula: Expression, in symbols: [Symbol]) -> Bool {
    context.assumptions.isAnalytic(formula, in: symbols)
  }

  /// What is known of the other coordinates of a point whose coordinate at `position` is `root`.
  private func known(_ position: Int, at root: Expression) -> Assumptions {
    let symbol = context.inputs[position]
    var known = context.parameterAssumptions
    for (other, interval) in zip(context.inputs, context.domain.intervals) where other != symbol {
      known = known.adding(other, in: interval.substituting([symbol: root]))
    }
    known = known.adding(context.domain.intervals[position].membership(of: root))
    return known.adding(context.domain.predicate.substituting([symbol: root]))
  }
}
