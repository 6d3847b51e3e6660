import Certificates
import Symbolics

extension ProofNarrative {
  /// Remarks that belong to every proof of the kind.
  func notes() -> [Prose] {
    var result: [Prose] = []
    if verdict.kind == .bijective, inputs.count > 1, verdict.determinant != nil, !isLinear {
      result.append(
        "a nonzero determinant alone would not prove invertibility; solving \(equation) does.")
    }
    if case .bijectionNotSmooth(let set)? = verdict.regularity {
      let onto: Prose = verdict.kind == .bijective ? "" : " onto its image"
      result.append(
        """
        \(theMap) is a bijection\(onto), but no diffeomorphism: \(failure(on: set)). The density formula \
        holds off that set.
        """)
    }
    switch verdict.checked {
    case .rejected(let step): result.append("the independent checker rejects: \(step).")
    case .solver: result.append("part of the certificate was verified by an SMT solver.")
    case .accepted, nil: break
    }
    return result
  }

  private func failure(on set: Verdict.SingularSet) -> Prose {
    let points = Mathematics.locus(set.points)
    let inverse = Mathematics.notation(names.inverse)
    switch set.failure {
    case .map:
      let other: Prose = set.image.map { ", which is where \($0)" } ?? ""
      return """
        it is not differentiable on the null set \(points)\(other); \(inverse) is smooth there, with \
        \(Mathematics.notation(.inverseDeterminant)) = 0
        """
    case .inverse:
      let other: Prose = set.image.map { "\(Mathematics.locus($0))" } ?? "its image"
      return """
        \(slopeName) = 0 on the null set \(points), and \(inverse) is not differentiable on \(other)
        """
    case .either:
      return "on the null set \(points) it is not differentiable or has \(slopeName) = 0"
    }
  }

  /// f' or det Df
  private var slopeName: Mathematics {
    .notation(isScalar ? names.derivative : .determinant)
  }

  /// For a linear system the determinant alone does decide.
  private var isLinear: Bool {
    if case .affine? = verdict.certificate { true } else { false }
  }
}
