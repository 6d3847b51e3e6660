import Certificates
import Symbolics

/// The part of a solution that shows what f is: the certificate told step by step.
struct ProofNarrative {
  let problem: Problem
  let verdict: Verdict
  let names: MapNames
  /// x = f(z), the stages substituted into one another.
  let formulas: [Expression]
  /// Parameters in their sets.
  let parameters: Assumptions
  /// Parameters in their sets and z in the domain.
  let known: Assumptions

  /// `names` are those of a stage, when the problem is one.
  init(_ problem: Problem, _ verdict: Verdict, names: MapNames? = nil) {
    self.problem = problem
    self.verdict = verdict
    self.names = names ?? MapNames(problem)
    formulas = problem.composedFormulas
    parameters = Assumptions(parameters: problem.parameters)
    known = parameters.adding(problem.domain)
  }

  var inputs: [Symbol] { problem.inputs }
  var outputs: [Symbol] { problem.outputs }
  /// f
  var theMap: Mathematics.Notation { names.map }
  /// f'
  var theDerivative: Mathematics.Notation { names.derivative }
  /// z
  var theInput: Mathematics.Notation { names.input }
  /// x
  var theOutput: Mathematics.Notation { names.output }
  var isScalar: Bool { inputs.count == 1 && outputs.count == 1 }
  /// x ∈ Y and the parameters in their sets.
  var onCodomain: Assumptions { parameters.adding(problem.codomain) }

  /// The steps that prove or refute.
  func steps() -> [Step] {
    if verdict.kind == .undecided { return undecided() }
    guard let certificate = verdict.certificate else { return [] }
    return steps(of: certificate)
  }

  func steps(of certificate: Certificate) -> [Step] {
    switch certificate {
    case .inverse(let evidence):
      derivation(evidence) + inverse(evidence.inverse, onto: evidence.image)
    case .triangular(let evidence):
      isScalar && evidence.steps.count == 1
        ? monotone(evidence.steps[0], onto: evidence.image)
        : elimination(evidence.steps, onto: evidence.image)
    case .affine(let evidence): affine(evidence)
    case .radial(let evidence): radial(evidence)
    case .univalent(let evidence): univalent(evidence)
    case .solver(let evidence): solver(evidence)
    case .coercive(let evidence): coercive(evidence)
    case .regular: regular()
    case .factored(let evidence): factored(evidence)
    case .collision(let evidence): collision(evidence)
    case .determinantSigns(let evidence): determinantSigns(evidence)
    case .invarianceOfDomain: invarianceOfDomain()
    case .missingPoint(let evidence): missingPoint(evidence)
    case .image(let evidence): image(evidence)
    case .condition(let condition, let ifTrue, let ifFalse):
      cases(of: condition, ifTrue: ifTrue, ifFalse: ifFalse)
    case .stages(let parts): stack(parts)
    case .both(let parts): parts.flatMap(steps)
    case .illPosed(let evidence): illPosed(evidence)
    }
  }

  /// How the inverse was found.
  private func derivation(_ evidence: InverseEvidence) -> [Step] {
    if evidence.derivation.isEmpty { return affineForm() }
    let steps = elimination(evidence.derivation, onto: evidence.image)
    return evidence.derivation.count < min(inputs.count, outputs.count)
      ? steps + affineBlock(after: evidence.derivation) : steps
  }

  /// f(z) = … with the arguments named.
  var definition: Mathematics {
    Mathematics.value(of: names.map, at: inputs.map { Expression($0) }).equals(.vector(formulas))
  }
}
