import Certificates
import Symbolics

/// Whether an injective map of R^n is a linear bijection and something that grows more slowly: then it is onto.
enum Coercivity {
  /// The verdict with `surjective` answered where that is shown.
  static func completed(_ verdict: Verdict, _ context: ProofContext) -> Verdict {
    guard verdict.injective == .yes, verdict.surjective == .undecided, context.isSquare,
      context.domain.isWholeSpace, context.codomain.isWholeSpace,
      let certificate = verdict.certificate
    else { return verdict }
    var onto = verdict
    onto.kind = .bijective
    onto.surjective = .yes
    let evidence = CoercivityEvidence(matrix: linearParts(context))
    let both = Certificate.both([certificate, .coercive(evidence)])
    onto.certificate = both
    let outcome = CertificateChecker.check(
      both, proving: onto, for: context.problem, where: context.facts)
    return outcome.holds ? onto : verdict
  }

  /// The coefficients of the unknowns in the terms that are linear.
  static func linearParts(_ context: ProofContext) -> [[Expression]] {
    context.formulas.map { formula in
      let terms: [Expression] =
        if case .sum(let parts) = formula.simplified(under: context.assumptions).form { parts } else
        {
          [formula]
        }
      return context.inputs.map { input in
        let factors = terms.compactMap { term -> Expression? in
          let factor = term / Expression(input)
          return factor.containsAny(of: context.inputs) ? nil : factor
        }
        return .sum(factors)
      }
    }
  }
}
