import Symbolics

/// The map as the problem states it.
struct StatementNarrative {
  let problem: Problem

  init(_ problem: Problem) { self.problem = problem }

  func blocks() -> [Block] {
    let sets = Mathematics.region(problem.domain).linked(.to, .region(problem.codomain))
    let isStack = problem.stages.count > 1
    let maps = isStack ? stages() : "\(value(of: problem.stages[0]))"
    var result: [Block] = [.paragraph("\(theMap): \(sets),  \(maps)")]
    let parameters = problem.parameters.filter { $0.isInteger || !$0.interval.isReals }
    if !parameters.isEmpty {
      result.append(.paragraph(.joined(parameters.map(membership), separator: ";  ")))
    }
    let learned = problem.parameters.filter(\.isLearned)
    if !learned.isEmpty {
      result.append(
        .paragraph("to be fitted to data: \(Prose.joined(learned.map { "\($0.symbol)" }))"))
    }
    return result
  }

  /// f(z1, z2) = …
  private func value(of stage: Stage) -> Mathematics {
    Mathematics.value(of: .map, at: stage.inputs.map { Expression($0) })
      .equals(.vector(stage.formulas))
  }

  /// h = …, x = …, one after the other.
  private func stages() -> Prose {
    .joined(
      problem.stages.map { stage in
        let outputs = Mathematics.vector(stage.outputs.map { Expression($0) })
        return "\(outputs.equals(.vector(stage.formulas)))"
      }, separator: ",  ")
  }

  private func membership(_ parameter: Parameter) -> Prose {
    let condition = parameter.constraint
    if !parameter.isInteger { return "\(condition)" }
    return condition == .always
      ? "\(parameter.symbol) an integer" : "\(parameter.symbol) an integer, \(condition)"
  }
}
