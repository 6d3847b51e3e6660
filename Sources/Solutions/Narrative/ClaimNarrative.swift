import Certificates
import Densities
import Symbolics

/// Answers the claims of a problem: right, wrong with a witness, or not decided.
struct ClaimNarrative {
  let problem: Problem
  let verdict: Verdict
  let density: PushforwardDensity?
  private let proof: ProofNarrative

  init(_ problem: Problem, _ verdict: Verdict, _ density: PushforwardDensity?) {
    self.problem = problem
    self.verdict = verdict
    self.density = density
    proof = ProofNarrative(problem, verdict)
  }

  /// A step for every claim.
  func steps() -> [Step] {
    problem.claims.map { claim in
      Step("Claim: \(code: claim.source)", [.paragraph(answer(to: claim.statement).sentence)])
    }
  }

  /// What is found of a claim.
  enum Answer {
    case right(Prose)
    case wrong(Prose)
    case open(Prose)

    var sentence: Prose {
      switch self {
      case .right(let why): "Right. \(why)"
      case .wrong(let why): "Wrong. \(why)"
      case .open(let why): "Not decided. \(why)"
      }
    }
  }

  func answer(to statement: Claim.Statement) -> Answer {
    switch statement {
    case .invertible(let claimed): invertible(claimed)
    case .inverse(let formulas): inverse(formulas)
    case .determinant(let formula):
      determinant(formula, verdict.determinant, named: .notation(.determinant))
    case .logAbsDet(let formula):
      determinant(formula, verdict.logAbsDet, named: .notation(.logDet))
    case .density(let point, let value): densityValue(at: point, value)
    case .densityFormula(let formula): densityFormula(formula)
    }
  }

  // MARK: Invertibility

  private func invertible(_ claimed: Bool) -> Answer {
    switch verdict.kind {
    case .bijective:
      claimed ? .right("\(theMap) is a bijection.") : .wrong("\(theMap) is a bijection.")
    case .injectiveNotSurjective, .notInjective:
      claimed ? .wrong("\(theMap) is not invertible.") : .right("\(theMap) is not invertible.")
    case .conditional:
      .wrong("It depends: \(theMap) is invertible if and only if \(verdict.condition ?? .always).")
    case .undecided, .illPosed: .open("The verdict is \(verdict.kind.rawValue).")
    }
  }

  private func inverse(_ formulas: [Expression]) -> Answer {
    if verdict.kind == .notInjective {
      return .wrong("\(theMap) is not injective and has no inverse.")
    }
    guard formulas.count == problem.inputs.count else {
      return .wrong("The inverse has \(problem.inputs.count) components.")
    }
    let back = Dictionary(uniqueKeysWithValues: zip(problem.outputs, proof.formulas))
    let z = problem.inputs.map { Expression($0) }
    let composed = formulas.map { $0.substituting(back) }
    let isInverse = zip(composed, z).allSatisfy { $0.isIdentical(to: $1, under: proof.known) }
    if isInverse, verdict.kind == .bijective {
      return .right("It undoes \(theMap), and \(theMap) is a bijection.")
    }
    if let found = witness(against: formulas) { return .wrong(found) }
    return isInverse
      ? .open(
        "It undoes \(theMap) wherever it is defined, but \(theMap) is not shown to be a bijection.")
      : .open("It is neither shown to undo \(theMap) nor to fail at a point.")
  }

  /// A point z with g(f(z)) ≠ z, certified.
  private func witness(against formulas: [Expression]) -> Prose? {
    for witness in points(of: problem.domain) {
      let image = proof.formulas.map { value($0, problem.inputs, witness) }
      let there = Witness(point: image, parameters: witness.parameters)
      let found = formulas.map { value($0, problem.outputs, there) }
      guard zip(found, witness.point).contains(where: { differ($0, $1) }) else { continue }
      let values = Mathematics.value(of: .map, at: witness.point).equals(.vector(image))
      return """
        \(values)\(setting(witness)), but the claimed inverse takes that to \
        \(Mathematics.vector(found)).
        """
    }
    return nil
  }

  // MARK: Determinants

  private func determinant(
    _ claimed: Expression, _ actual: Expression?, named name: Mathematics
  ) -> Answer {
    guard let actual else { return .open("\(name) is not known.") }
    if claimed.isIdentical(to: actual, under: proof.known) {
      return .right("\(name.equals(.expression(actual))).")
    }
    for witness in points(of: problem.domain) {
      let right = value(actual, problem.inputs, witness)
      let wrong = value(claimed, problem.inputs, witness)
      if differ(right, wrong) {
        return .wrong(
          """
          \(name.equals(.expression(actual))); at \(Mathematics.vector(witness.point)) it \
          is \(right), not \(wrong)\(setting(witness)).
          """)
      }
    }
    return .open("It is \(name.equals(.expression(actual))).")
  }

  // MARK: Densities

  private func densityValue(at point: [Expression], _ claimed: Expression) -> Answer {
    guard let density else { return .open("The problem has no density that can be stated.") }
    do {
      let answer = try density.density(at: point)
      guard let exact = answer.exact else {
        return .open("The density is not assigned or not known at this point.")
      }
      let value = Mathematics.value(of: .density, at: point).equals(.expression(exact))
      switch ExactConstant.compare(exact, claimed) {
      case 0?: return .right("\(value).")
      case .some: return .wrong("\(value).")
      case nil:
        return exact.isIdentical(to: claimed, under: proof.parameters)
          ? .right("\(value).") : .open("The value found is \(value).")
      }
    } catch {
      return .open("\(error.description).")
    }
  }

  private func densityFormula(_ claimed: Expression) -> Answer {
    guard let density else { return .open("The problem has no density that can be stated.") }
    guard let formula = try? density.formula() else {
      return .open("\(theDensity) has no closed form here.")
    }
    let onCodomain = proof.onCodomain
    let agrees = formula.terms.allSatisfy { term in
      claimed.isIdentical(to: term.value, under: onCodomain.adding(term.condition))
    }
    for witness in points(of: problem.codomain) {
      guard let answer = try? density.density(at: witness.point), let exact = answer.exact else {
        continue
      }
      let right = exact.substituting(witness.parameters).simplified()
      let wrong = value(claimed, problem.outputs, witness)
      if differ(right, wrong) {
        return .wrong(
          """
          At \(Mathematics.vector(witness.point)) the density is \(right), not \
          \(wrong)\(setting(witness)).
          """)
      }
    }
    return agrees
      ? .right("It is the density wherever that is positive.")
      : .open("It agrees at every point tried, but is not shown to be the same function.")
  }

  // MARK: Points

  private func points(of region: Region) -> [Witness] {
    WitnessSearch(in: region, under: proof.parameters).points(40)
  }

  private func value(_ formula: Expression, _ symbols: [Symbol], _ witness: Witness)
    -> Expression
  {
    let values = witness.parameters.merging(zip(symbols, witness.point)) { $1 }
    return formula.substituting(values).simplified()
  }

  /// `, with a = 2`: the parameter values at which the witness was taken.
  private func setting(_ witness: Witness) -> Prose {
    let own = Set(problem.parameters.map(\.symbol))
    let values = witness.parameters.keys.filter(own.contains).sorted().map { symbol -> Prose in
      "\(Mathematics.symbol(symbol).equals(.expression(witness.parameters[symbol]!)))"
    }
    return values.isEmpty ? "" : ", with \(Prose.joined(values))"
  }

  private func differ(_ a: Expression, _ b: Expression) -> Bool {
    guard let order = ExactConstant.compare(a, b) else { return false }
    return order != 0
  }
}
