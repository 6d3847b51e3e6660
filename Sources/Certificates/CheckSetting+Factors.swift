import Symbolics

extension CheckSetting {
  /// The stages compose to f, and each is a bijection onto the next one's domain.
  func check(_ evidence: FactorEvidence) throws(RejectedStep) -> Set<ProvenFact> {
    try require(
      evidence.stages.last?.codomain == problem.codomain
        && evidence.stages.first?.inputs == problem.inputs, "the stages lead from X to Y")
    try require(
      zip(evidence.stages, evidence.stages.dropFirst()).allSatisfy {
        $0.outputs == $1.inputs && $0.formulas.count == $0.outputs.count
      }, "the stages follow one another")
    let parameters = problem.parameters.map(\.symbol)
    try require(
      !evidence.stages.contains { $0.outputs.contains(where: parameters.contains) },
      "no coordinate has the name of a parameter")
    var stacked = problem
    // What the formulas need in order to be defined is not for the evidence to say.
    stacked.stages = evidence.stages.map {
      Stage(inputs: $0.inputs, formulas: $0.formulas, codomain: $0.codomain)
    }
    let setting = CheckSetting(stacked, where: facts)
    for (own, factored) in zip(formulas, setting.formulas) {
      try require(own.isIdentical(to: factored, under: onDomain), "the stages compose to f")
    }
    try setting.requireWellPosed()
    return try setting.checkStages(evidence.parts)
  }
}
