package import Certificates
package import Symbolics

/// One stage of a map with the formulas for both of its directions, as numbers are computed by them.
package struct MapStage: Sendable {
  /// z1 … zn of the stage.
  package let inputs: [Symbol]
  /// x1 … xm of the stage.
  package let outputs: [Symbol]
  /// x = f(z), one formula an output.
  package let formulas: [Expression]
  /// log|det Df(z)|; nil where the dimension changes.
  package let logAbsDet: Expression?
  /// z = f⁻¹(x), one unknown after the other; nil when f is not known to have an inverse.
  package let inverse: InversePlan.Stage?
  /// f⁻¹ as formulas in x, if it has a closed form.
  private let closedInverse: [Expression]?
  /// What is known of x.
  private let onCodomain: Assumptions

  /// log|det Df⁻¹(x)| as a formula in x, if f⁻¹ has a closed form. -log|det Df| at f⁻¹(x) may cancel
  /// where this does not: for x = cbrt(z + 1000) it is log(3 x²), not 2 log(cbrt(z + 1000)) + log 3.
  package func inverseLogAbsDet() -> Expression? {
    guard let closedInverse, inputs.count == outputs.count else { return nil }
    let determinant = Matrix.jacobian(of: closedInverse, by: outputs).determinant(under: onCodomain)
    return Symbolics.logAbs(of: determinant, under: onCodomain)
  }

  /// The stages of `problem`, as far as `verdict` has them: a stack that was proven stage by stage is
  /// computed so.
  package static func stages(of problem: Problem, _ verdict: Verdict) -> [MapStage] {
    guard !verdict.stages.isEmpty else { return [MapStage(problem, verdict)] }
    return verdict.stages.map { MapStage($0.stage, $0.verdict) }
  }

  private init(_ problem: Problem, _ verdict: Verdict) {
    inputs = problem.inputs
    outputs = problem.outputs
    formulas = problem.composedFormulas
    closedInverse = verdict.inverse
    onCodomain = Assumptions(parameters: problem.parameters, region: problem.codomain)
    let plan = InversePlan(problem, verdict)
    inverse = plan?.stages.count == 1 ? plan?.stages[0] : nil
    if let formula = verdict.logAbsDet {
      logAbsDet = formula
    } else if inputs.count == outputs.count {
      let inside = Assumptions(parameters: problem.parameters, region: problem.domain)
      let determinant = Matrix.jacobian(of: formulas, by: inputs).determinant(under: inside)
      logAbsDet = Symbolics.logAbs(of: determinant, under: inside)
    } else {
      logAbsDet = nil
    }
  }
}
