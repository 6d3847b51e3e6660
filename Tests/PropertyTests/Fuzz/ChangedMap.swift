import Certificates
import Exact
import Symbolics

/// Formulas with one number or function changed: a map that looks like a known one, with another verdict perhaps.
enum ChangedMap {
  /// `problem` with one place of one formula changed; nil where there is nothing to change.
  static func random(of problem: Problem, using draw: inout SplitMix64) -> Problem? {
    var changed = problem
    let stage = draw.integer(in: 0...problem.stages.count - 1)
    let old = problem.stages[stage]
    let row = draw.integer(in: 0...old.formulas.count - 1)
    let places = places(in: old.formulas[row])
    guard !places.isEmpty else { return nil }
    let place = draw.pick(places)
    var formulas = old.formulas
    var isDone = false
    formulas[row] = replaced(place, in: formulas[row], by: other(place, using: &draw), &isDone)
    changed.stages[stage] = Stage(inputs: old.inputs, formulas: formulas, codomain: old.codomain)
    return changed
  }

  /// Numbers and calls with one argument.
  private static func places(in formula: Expression) -> [Expression] {
    var found: [Expression] = []
    func visit(_ part: Expression) {
      switch part.form {
      case .rational: found.append(part)
      case .call(_, let arguments) where arguments.count == 1: found.append(part)
      default: break
      }
      part.form.children.forEach(visit)
    }
    visit(formula)
    return found
  }

  private static func other(_ place: Expression, using draw: inout SplitMix64) -> Expression {
    if let value = place.rationalValue {
      return Expression(
        draw.pick([
          -value, value + 1, 2 * value, value * Rational(11, over: 10),
          value * Rational(9, over: 10),
        ]))
    }
    guard case .call(_, let arguments) = place.form else { return place }
    let functions: [Function] = [
      .tanh, .atan, .sin, .cos, .asinh, .sigmoid, .softplus, .abs, .exp, .cosh,
    ]
    return .call(draw.pick(functions), arguments)
  }

  /// The first such place replaced.
  private static func replaced(
    _ place: Expression, in formula: Expression, by other: Expression, _ isDone: inout Bool
  ) -> Expression {
    if isDone { return formula }
    if formula == place {
      isDone = true
      return other
    }
    return formula.mapChildren { replaced(place, in: $0, by: other, &isDone) }
  }
}
