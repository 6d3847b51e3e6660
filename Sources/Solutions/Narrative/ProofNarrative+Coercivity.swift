import Certificates
import Symbolics

extension ProofNarrative {
  /// f is a linear bijection and something that grows more slowly.
  func coercive(_ evidence: CoercivityEvidence) -> [Step] {
    let rest = zip(formulas, Matrix(rows: evidence.matrix) * inputs.map { Expression($0) })
      .map { ($0 - $1).simplified(under: known) }
    let growth: Prose = """
      \(theMap)(z) = A z + g(z) with the invertible matrix A = \(Mathematics.matrix(evidence.matrix)) and \
      g(z) = \(Mathematics.vector(rest)), for which |A^-1 g(z)| is at most c |z| + C with a number c < 1. So |\(theMap)(z)| grows beyond all bounds with |z|.
      """
    if isRegular {
      let conclusion: Prose = """
        A local diffeomorphism of R^n whose values grow so is a bijection (Hadamard 1906, Caccioppoli 1932).
        """
      return [Step("Injective and onto", [.paragraph(growth), .paragraph(conclusion)])]
    }
    let conclusion: Prose = """
      So the image of the continuous \(theMap) is closed. As \(theMap) is injective, its image is open as well (Brouwer's \
      invariance of domain), and so all of R^n.
      """
    return [Step("Onto", [.paragraph(growth), .paragraph(conclusion)])]
  }

  /// Whether the certificate shows that det Df is nowhere 0.
  private var isRegular: Bool {
    guard case .both(let parts)? = verdict.certificate else { return false }
    return parts.contains { if case .regular = $0 { true } else { false } }
  }

  /// det Df is nowhere 0.
  func regular() -> [Step] {
    let jacobian = Matrix.jacobian(of: formulas, by: inputs)
    let shown = jacobian.rows.map { $0.map { $0.simplified(under: known) } }
    let determinant = jacobian.determinant(under: known).simplified(under: known)
    let sign: Prose = known.signs(of: determinant).isPositive ? "positive" : "negative"
    return [
      Step(
        "Locally invertible",
        [
          .formula(Mathematics.notation(.jacobian).equals(.matrix(shown))),
          .paragraph("det Df = \(determinant) is \(sign) everywhere."),
        ])
    ]
  }
}
