import Certificates
import Densities
import Exact
import Symbolics

extension ClaimCheck {
  /// p2 at one point; a decimal number is right if its last digit, of the unit 10^-decimals, is
  /// rounded.
  func densityValue(
    at point: [Expression], _ claimed: Expression, _ needed: [Obligation], decimals: Int?
  ) -> Finding {
    guard let density else { return .open("The problem has no density that can be stated.") }
    switch definedness(needed, over: .space([]), where: density.requirement) {
    case .violated(let witness, let obligation):
      return .wrong("\(code: obligation.source) is not defined\(setting(witness)).", witness)
    case .unknown(let obligation):
      return .open("\(code: obligation.source) is not shown to be defined.")
    case .holds: break
    }
    do {
      let answer = try density.density(at: point)
      guard let exact = answer.exact else {
        return .open("The density is not assigned or not known at this point.")
      }
      let value = Mathematics.value(of: .density, at: point).equals(.expression(exact))
      let right = Finding.right("\(value)\(proviso(density.requirement)).")
      switch ExactConstant.compare(exact, claimed) {
      case 0?: return right
      case .some where isRounded(claimed, from: exact, to: decimals):
        return .right("\(value)\(proviso(density.requirement)), rounded to the digits written.")
      case .some:
        return .wrong(
          "\(value.withDecimal(of: exact, digits: 7)).", Witness(point: point, parameters: [:]))
      case nil:
        if exact.isIdentical(to: claimed, under: density.assumptions) { return right }
        return difference(exact, claimed, density).map {
          .wrong(
            "\(value), which differs\(setting($0)).",
            Witness(point: point, parameters: $0.parameters))
        } ?? .open("The value found is \(value).")
      }
    } catch {
      return .open("\(error.description).")
    }
  }

  /// Values of the parameters for which two values differ.
  private func difference(
    _ exact: Expression, _ claimed: Expression, _ density: PushforwardDensity
  ) -> Witness? {
    WitnessSearch(
      in: .space([]), under: density.assumptions, mentioning: (exact - claimed).freeSymbols
    ).points(8).first { witness in
      let order = ExactConstant.compare(
        exact.substituting(witness.parameters), claimed.substituting(witness.parameters))
      return order.map { $0 != 0 } ?? false
    }
  }

  /// |claimed - exact| <= 10^-decimals/2.
  private func isRounded(_ claimed: Expression, from exact: Expression, to decimals: Int?) -> Bool {
    guard let unit = decimals.flatMap({ Rational(10).power(-$0) }) else { return false }
    let half = unit * Rational(1, over: 2)
    guard let order = ExactConstant.compare(.call(.abs, [claimed - exact]), Expression(half)) else {
      return false
    }
    return order <= 0
  }

  /// p2 as a formula: defined at every x where p2 is assigned, and the same function there.
  func densityFormula(_ claimed: Expression, _ needed: [Obligation]) -> Finding {
    guard let density else { return .open("The problem has no density that can be stated.") }
    guard let formula = try? density.formula() else {
      return .open("\(theDensity) has no closed form here.")
    }
    let isDefined: Bool
    let assigned = Predicate.all([density.requirement, formula.exceptional.negation])
    switch definedness(needed, over: problem.codomain, where: assigned) {
    case .violated(let witness, let obligation):
      return .wrong(
        """
        At \(Mathematics.vector(witness.point)), a point of \(problem.codomain), \
        \(code: obligation.source) is not defined\(setting(witness)).
        """, witness)
    case .unknown: isDefined = false
    case .holds: isDefined = true
    }
    if let found = witness(against: claimed, needed, density) { return found }
    return isDefined && agrees(claimed, with: formula, density)
      ? .right("It is the density\(proviso(density.requirement)) wherever that is positive.")
      : .open("It agrees at every point tried, but is not shown to be the same function.")
  }

  /// Whether the claimed formula is that of each term on its set, no two of which overlap.
  private func agrees(
    _ claimed: Expression, with formula: DensityFormula, _ density: PushforwardDensity
  ) -> Bool {
    let onCodomain = density.assumptions.adding(problem.codomain)
    return formula.isDisjoint(under: onCodomain)
      && formula.terms.allSatisfy { term in
        claimed.isIdentical(to: term.value, under: onCodomain.adding(term.condition))
      }
  }

  private func witness(
    against claimed: Expression, _ needed: [Obligation], _ density: PushforwardDensity
  ) -> Finding? {
    for witness in points(of: problem.codomain, trying: [claimed]) {
      guard let answer = try? density.density(at: witness.point), let exact = answer.exact,
        let right = value(exact, [], witness, needing: []),
        let wrong = value(claimed, problem.outputs, witness, needing: needed)
      else { continue }
      if differ(right, wrong) {
        return .wrong(
          """
          At \(Mathematics.vector(witness.point)) the density is \(right), not \
          \(wrong)\(setting(witness)).
          """, witness)
      }
    }
    return nil
  }
}
