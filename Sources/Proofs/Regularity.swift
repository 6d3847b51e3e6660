import Certificates
import Exact
import Symbolics

/// Where a bijection fails to be a diffeomorphism: f not differentiable, or det Df = 0.
enum RegularityAnalysis {
  /// - Parameter steps: the elimination behind the verdict, if there was one; its partial
  ///   derivatives multiply to det Df.
  /// - Returns: nil when neither "everywhere" nor a singular set could be shown.
  static func regularity(
    _ context: ProofContext, determinant: Expression, steps: [EliminationStep]
  ) -> Verdict.Regularity? {
    var singular: [Predicate] = []
    for formula in context.formulas {
      guard let kinks = kinks(of: formula, context) else { return nil }
      singular += kinks
    }
    let isNonzero = context.assumptions.decide(.compare(determinant, .unequal, .zero)) == true
    if !isNonzero, !hasNonzeroSlopes(steps, context) {
      guard let zeros = zeroSet(of: determinant, context) else { return nil }
      singular += zeros
    }
    let set = Predicate.any(singular.map(\.folded))
    if set == .never { return .diffeomorphism }
    // A set that misses the domain is no exception; one that may miss it proves nothing.
    if context.assumptions.decide(set) == false { return .diffeomorphism }
    let search = WitnessSearch(
      in: context.domain, under: context.parameterAssumptions, mentioning: set.freeSymbols)
    guard search.first(where: set) != nil else { return nil }
    return .bijectionNotSmooth(singularSet: set)
  }

  /// Whether the partial derivative of every step's equation by its unknown is never zero: by
  /// Schur complements det Df is their product, up to sign.
  private static func hasNonzeroSlopes(_ steps: [EliminationStep], _ context: ProofContext) -> Bool
  {
    var known = context.assumptions.adding(context.codomain)
    for step in steps {
      let slope = step.equation.derivative(by: step.variable).simplified(under: known)
      if known.signs(of: slope).contains(.zero) { return false }
      if step.isSubstituted, let image = step.map.image {
        known = known.adding(step.output, in: image)
      }
    }
    return !steps.isEmpty
  }

  /// Where det Df = 0, factor by factor; factors that never vanish are left out.
  private static func zeroSet(of determinant: Expression, _ context: ProofContext) -> [Predicate]? {
    guard !determinant.isZero else { return nil }
    var result: [Predicate] = []
    for factor in determinant.factored(under: context.assumptions).factors {
      let base = factor.baseAndExponent.base
      if context.assumptions.signs(of: factor).contains(.zero) {
        result.append(.compare(base, .equal, .zero))
      }
    }
    return result
  }

  /// The sets where a formula may have a kink; nil if one cannot be named.
  private static func kinks(of formula: Expression, _ context: ProofContext) -> [Predicate]? {
    var result: [Predicate] = []
    for child in formula.form.children {
      guard let inner = kinks(of: child, context) else { return nil }
      result += inner
    }
    switch formula.form {
    case .call(.realRoot, let arguments):
      let zero = Predicate.compare(arguments[0], .equal, .zero)
      if context.assumptions.signs(of: arguments[0]).contains(.zero) { result.append(zero) }
    case .power(let base, let exponent):
      let isSmooth = exponent.rationalValue.map { $0.isInteger || $0.sign < 0 } ?? false
      if !isSmooth, context.assumptions.signs(of: base).contains(.zero) {
        result.append(.compare(base, .equal, .zero))
      }
    case .call(let function, _):
      switch function {
      case .abs, .sign, .floor, .max, .min, .mod, .atan2: return nil
      default: break
      }
    case .piecewise: return nil
    default: break
    }
    return result
  }
}
