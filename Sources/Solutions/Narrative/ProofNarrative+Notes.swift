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
      result.append(
        """
        \(theMap) is a bijection, but no diffeomorphism: on the null set \(Mathematics.locus(set)) it is \
        not differentiable or has \(theDeterminant) = 0. The density formula holds off that set.
        """)
    }
    switch verdict.checked {
    case .rejected(let step): result.append("the independent checker rejects: \(step).")
    case .solver: result.append("part of the certificate was verified by an SMT solver.")
    case .accepted, nil: break
    }
    return result
  }

  /// For a linear system the determinant alone does decide.
  private var isLinear: Bool {
    if case .affine? = verdict.certificate { true } else { false }
  }
}
