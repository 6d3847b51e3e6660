import Certificates
import Symbolics

extension Headline {
  /// The verdict in a line, with the domain, the codomain and what the parameters have to do with it.
  init(_ problem: Problem, _ verdict: Verdict) {
    let certificate = verdict.certificate.map { Headline.name(of: $0, for: verdict.kind) }
    switch verdict.kind {
    case .bijective:
      self.init(
        .yes, "INVERTIBLE",
        detail: "(a bijection \(Headline.arrow(problem)))\(Headline.validity(problem)).",
        certificate: certificate)
    case .injectiveNotSurjective:
      self.init(
        .no, "NOT INVERTIBLE", detail: "(injective, but not onto \(problem.codomain)).",
        certificate: certificate)
    case .notInjective:
      let onto: Prose = verdict.surjective == .no ? ", not onto either" : ""
      self.init(.no, "NOT INVERTIBLE", detail: "(not injective\(onto)).", certificate: certificate)
    case .conditional: self = .conditional(problem, verdict, certificate)
    case .undecided:
      self.init(
        .unknown, "UNDECIDED", detail: Headline.partialAnswer(verdict), certificate: certificate)
    case .illPosed:
      self.init(
        .unknown, "ILL-POSED",
        detail: "(\(theMap) is not a map \(Headline.arrow(problem))).", certificate: certificate)
    }
  }

  private static func conditional(
    _ problem: Problem, _ verdict: Verdict, _ certificate: Prose?
  ) -> Headline {
    let condition = verdict.condition ?? .always
    if verdict.kindIfTrue == .bijective {
      return Headline(
        .depends, "INVERTIBLE if and only if",
        detail: "\(named(condition, verdict))\(unconstrained(problem, by: condition)).",
        certificate: certificate)
    }
    return Headline(
      .depends, "CONDITIONAL",
      detail: """
        : \(words(verdict.kindIfTrue)) if \(condition), \(words(verdict.kindIfFalse)) otherwise.
        """, certificate: certificate)
  }

  /// The condition, by name where it is det A ≠ 0 and too large to be read.
  private static func named(_ condition: Predicate, _ verdict: Verdict) -> Prose {
    guard case .affine(let evidence)? = verdict.certificate else { return "\(condition)" }
    return evidence.nonzeroDeterminant
  }

  private static func words(_ kind: Verdict.Kind?) -> String {
    switch kind {
    case .bijective: "a bijection"
    case .injectiveNotSurjective: "injective, but not onto,"
    case .notInjective: "not injective"
    case .conditional: "conditional"
    case .undecided, nil: "undecided"
    case .illPosed: "ill-posed"
    }
  }

  /// `;  no condition on b`: the parameters that the condition does not mention.
  private static func unconstrained(_ problem: Problem, by condition: Predicate) -> Prose {
    let bound = condition.freeSymbols
    let free = problem.parameters.map(\.symbol).filter { !bound.contains($0) }
    if free.isEmpty { return "" }
    return ";  no condition on \(names(free, among: problem.parameters.map(\.symbol)))"
  }

  /// The symbols' names, an indexed family that is there as a whole by its letter.
  private static func names(_ symbols: [Symbol], among all: [Symbol]) -> Prose {
    var listed: [Symbol] = []
    for symbol in symbols {
      let family = all.filter { $0.stem == symbol.stem }
      let isWhole =
        !symbol.digits.isEmpty && family.count > 1 && family.allSatisfy(symbols.contains)
      let name = isWhole ? Symbol(symbol.stem) : symbol
      if !listed.contains(name) { listed.append(name) }
    }
    return .joined(listed.map { "\($0)" })
  }

  /// `, for every K`: the parameters that the map depends on.
  private static func validity(_ problem: Problem) -> Prose {
    let formulas = problem.composedFormulas
    let used = problem.parameters.map(\.symbol).filter { symbol in
      formulas.contains { $0.contains(symbol) }
    }
    if used.isEmpty { return "" }
    return ", for every \(names(used, among: problem.parameters.map(\.symbol)))"
  }

  private static func arrow(_ problem: Problem) -> Mathematics {
    Mathematics.region(problem.domain).linked(.to, .region(problem.codomain))
  }

  private static func partialAnswer(_ verdict: Verdict) -> Prose {
    func words(_ answer: Verdict.Answer) -> String { answer.rawValue }
    if verdict.injective == .undecided, verdict.surjective == .undecided {
      return "(neither proven nor refuted)."
    }
    return "(injective: \(words(verdict.injective)); onto: \(words(verdict.surjective)))."
  }

  private static func name(of certificate: Certificate, for kind: Verdict.Kind) -> Prose {
    switch certificate {
    case .inverse: "inverse and both compositions"
    case .triangular: "monotone maps with their limits"
    case .affine where kind == .bijective: "a linear system with nonzero determinant"
    case .affine where kind == .notInjective: "a linear system with determinant 0"
    case .affine: "both directions"
    case .radial: "a bijection of distances from a center"
    case .univalent(let evidence): evidence.rule.name
    case .solver: "an SMT solver's proof that no two points have one image"
    case .regular: "a determinant that is nowhere 0"
    case .coercive: "a linear bijection and something that grows more slowly"
    case .factored: "one for each stage of a factorization"
    case .collision: "two points, one image"
    case .determinantSigns: "a determinant of both signs"
    case .invarianceOfDomain: "a continuous map into fewer dimensions"
    case .missingPoint: "a point that is not a value"
    case .image: "a preimage for every point of the image"
    case .condition: "both directions"
    case .stages: "one for each stage"
    case .both(let parts): .joined(parts.map { name(of: $0, for: kind) }, separator: "; ")
    case .illPosed: "a witness"
    }
  }
}

extension UnivalenceEvidence.Rule {
  /// The class of matrices that Df belongs to.
  fileprivate var name: Prose {
    switch self {
    case .stronglyMonotone: "a strongly monotone map"
    case .strictlyMonotone: "a strictly monotone map"
    case .positiveMinors: "positive principal minors"
    }
  }
}
