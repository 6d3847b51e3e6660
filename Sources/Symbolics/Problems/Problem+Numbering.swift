extension Problem {
  /// The same problem with the inputs called z1 … zn and the outputs x1 … xm, also for n = 1 or
  /// m = 1, as answers for programs name them; unchanged where a parameter or an inner stage has one
  /// of these names.
  public func numbered() -> Problem {
    let newInputs = inputs.indices.map { Symbol("z", $0 + 1) }
    let newOutputs = outputs.indices.map { Symbol("x", $0 + 1) }
    let inner = stages.dropLast().flatMap(\.outputs)
    let kept = Set(parameters.map(\.symbol) + inner)
    guard kept.isDisjoint(with: newInputs + newOutputs), let last = stages.indices.last else {
      return self
    }
    let renaming = Dictionary(
      zip(inputs + outputs, (newInputs + newOutputs).map { Expression($0) })
    ) { first, _ in first }
    var result = setting(renaming)
    result.domain.coordinates = newInputs
    result.stages[0].inputs = newInputs
    result.stages[last].codomain.coordinates = newOutputs
    return result
  }
}
