import Certificates
import Symbolics

extension ClaimCheck {
  /// g = f⁻¹: f is a bijection, and g is defined and undoes f at every z of the domain.
  func inverse(_ claimed: [Expression], _ needed: [Obligation]) -> Finding {
    if verdict.kind == .notInjective { return inverseOfMany(claimed, needed) }
    let back = Dictionary(uniqueKeysWithValues: zip(problem.outputs, formulas))
    let isDefined: Bool
    switch definedness(
      needed.map { $0.substituting(back) }, over: problem.domain, where: .always)
    {
    case .violated(let witness, let obligation): return undefined(at: witness, obligation)
    case .unknown: isDefined = false
    case .holds: isDefined = true
    }
    let isUndone = zip(claimed, problem.inputs).allSatisfy {
      $0.substituting(back).isIdentical(to: Expression($1), under: onDomain)
    }
    if let found = witness(against: claimed, needed) { return found }
    if verdict.kind == .injectiveNotSurjective { return notOnto(isInverse: isUndone && isDefined) }
    if isProvenInjective, undoesOnCodomain(claimed, needed) { return .right(rightness) }
    guard isUndone else { return .open("It is neither shown to undo \(theMap) nor to fail.") }
    guard isDefined else { return .open("It is not shown to be defined on the whole image.") }
    if isBijection { return .right(rightness) }
    return .open("It undoes \(theMap), but \(theMap) is not shown to be onto \(problem.codomain).")
  }

  /// f is not injective: no formula undoes it, and this one fails at a point that can be shown.
  private func inverseOfMany(_ claimed: [Expression], _ needed: [Obligation]) -> Finding {
    let (reason, collision) = refutation
    let found = witness(against: claimed, needed)
    guard case .wrong(let why, let point)? = found else { return .wrong(reason, collision) }
    return .wrong("\(theMap) is not injective and has no inverse: \(why)", point)
  }

  private var isProvenInjective: Bool { verdict.injective == .yes || condition != .always }

  private var rightness: Prose {
    let place = proviso(condition)
    return "It undoes \(theMap)\(place), and \(theMap) is a bijection\(place)."
  }

  /// f(g(x)) = x for all x of the codomain, with g defined there and in the domain: then g is the
  /// inverse of an injective f.
  private func undoesOnCodomain(_ claimed: [Expression], _ needed: [Obligation]) -> Bool {
    guard case .holds = definedness(needed, over: problem.codomain, where: .always) else {
      return false
    }
    let staysInside = problem.domain.membership(of: claimed).conjuncts.allSatisfy {
      onCodomain.decide($0) == true
    }
    let values = Dictionary(uniqueKeysWithValues: zip(problem.inputs, claimed))
    return staysInside
      && zip(formulas, problem.outputs).allSatisfy {
        $0.substituting(values).isIdentical(to: Expression($1), under: onCodomain)
      }
  }

  /// A map onto its codomain that something undoes is a bijection.
  private var isBijection: Bool {
    verdict.kind == .bijective || verdict.surjective == .yes || condition != .always
  }

  private func notOnto(isInverse: Bool) -> Finding {
    let part: Prose = isInverse ? " The formula undoes it on its image only." : ""
    let (reason, missing) = refutation
    return .wrong("\(theMap) is not onto \(problem.codomain). \(reason)\(part)", missing)
  }

  /// A value of f at which an operation of the claimed formula is not defined.
  private func undefined(at witness: Witness, _ obligation: Obligation) -> Finding {
    let image = image(of: witness)
    let value = Mathematics.value(of: .map, at: witness.point).equals(.vector(image))
    return .wrong(
      """
      \(value)\(setting(witness)), but there \(code: obligation.source) is not defined.
      """, Witness(point: image, parameters: witness.parameters))
  }

  /// A point z with g(f(z)) ≠ z, certified.
  private func witness(against claimed: [Expression], _ needed: [Obligation]) -> Finding? {
    let back = Dictionary(uniqueKeysWithValues: zip(problem.outputs, formulas))
    let alongTheMap = claimed.map { $0.substituting(back) }
    for witness in points(of: problem.domain, trying: alongTheMap) {
      let there = Witness(point: image(of: witness), parameters: witness.parameters)
      let found = claimed.compactMap { value($0, problem.outputs, there, needing: needed) }
      guard found.count == claimed.count,
        zip(found, witness.point).contains(where: { differ($0, $1) })
      else { continue }
      let values = Mathematics.value(of: .map, at: witness.point).equals(.vector(there.point))
      return .wrong(
        """
        \(values)\(setting(witness)), but the claimed inverse takes that to \
        \(Mathematics.vector(found)).
        """, there)
    }
    return nil
  }

  /// f(z) at a witness: f is defined there.
  private func image(of witness: Witness) -> [Expression] {
    let values = witness.parameters.merging(zip(problem.inputs, witness.point)) { $1 }
    return formulas.map { $0.substituting(values).simplified() }
  }
}
