import ArgumentParser
import Solutions
import Symbolics

/// `diffeo compose`: one map after the other.
struct ComposeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compose", abstract: "Stack maps: prove and solve x = B(A(z)).",
    discussion: """
      The base distribution is that of the first map; the questions of both are answered. Parameters \
      of the same name are the same parameter.

      Examples:
        diffeo compose shift.flow scale.flow
        diffeo compose a.flow b.flow c.flow --format markdown
      """)

  @Argument(help: "Files with one problem each, in the order in which the maps are applied.")
  var files: [String]

  @OptionGroup var source: ProblemOptions

  @Option(help: "text, markdown or latex.")
  var format = OutputFormat.text

  @Flag(help: "The verdict as JSON.")
  var json = false

  func run() throws {
    let problems = try source.problems(in: files)
    guard problems.count > 1 else {
      throw CommandFailure.usage(
        "two maps or more are needed", hint: "diffeo compose A.flow B.flow")
    }
    var whole = problems[0]
    for next in problems.dropFirst() { whole = try Composition(whole, next).problem() }
    let proven = ProvenProblem(whole)
    if json { return try Console.print(ProvenProblem.json([proven]).page) }
    let document = WorkedSolution(whole, verdict: proven.verdict).document()
    try Console.write(SolveCommand.written([document], as: format))
  }
}

/// `second` after `first`, as one stack.
struct Composition {
  let first: Problem
  let second: Problem

  init(_ first: Problem, _ second: Problem) throws {
    self.first = first
    self.second = second
    guard first.outputs.count == second.inputs.count else {
      throw CommandFailure.badData(
        """
        \(first.name) gives \(first.outputs.count) values, \(second.name) takes \
        \(second.inputs.count)
        """, hint: "the dimensions in between must agree")
    }
    for parameter in second.parameters {
      if let other = first.parameters.first(where: { $0.symbol == parameter.symbol }),
        other != parameter
      {
        throw CommandFailure.badData(
          "the parameter \(parameter.symbol) is declared differently in both problems",
          hint: "rename it in one of them")
      }
    }
  }

  /// The stack. Every value between stages gets a name of its own: y1_1 is the first coordinate
  /// after the first stage.
  func problem() -> Problem {
    var result = first
    result.name = "\(first.name) then \(second.name)"
    result.parameters += second.parameters.filter { !first.parameters.contains($0) }
    var stages = first.stages
    stages[stages.count - 1].codomain = second.domain
    stages[stages.count - 1].isCodomainStated = true
    stages += second.stages
    for index in stages.indices {
      let isLast = index == stages.count - 1
      let inputs = index == 0 ? first.inputs : stages[index - 1].outputs
      let outputs = stages[index].formulas.indices.map { position in
        isLast ? second.outputs[position] : Symbol("y\(index + 1)_", position + 1)
      }
      stages[index] = stages[index].renamed(inputs: inputs, outputs: outputs)
    }
    result.stages = stages
    result.questions =
      first.questions.filter { !$0.isAboutOutputs }
      + second.questions.filter { $0.isAboutOutputs && !first.questions.contains($0) }
    result.claims = []
    return result
  }
}

extension Question {
  /// Whether it speaks of x: it then belongs to the last map, else to the first.
  fileprivate var isAboutOutputs: Bool { if case .density = self { true } else { false } }
}

extension Stage {
  /// The same map with other names for its coordinates.
  func renamed(inputs newInputs: [Symbol], outputs newOutputs: [Symbol]) -> Stage {
    let values = Dictionary(
      uniqueKeysWithValues: zip(inputs, newInputs.map { Expression($0) }))
    var result = self
    result.inputs = newInputs
    result.formulas = formulas.map { $0.substituting(values) }
    result.obligations = obligations.map { $0.substituting(values) }
    result.codomain = codomain.renamed(newOutputs)
    return result
  }
}

extension Region {
  /// The same set with other names for its coordinates.
  func renamed(_ names: [Symbol]) -> Region {
    let values = Dictionary(
      uniqueKeysWithValues: zip(coordinates, names.map { Expression($0) }))
    return Region(
      coordinates: names, intervals: intervals.map { $0.substituting(values) },
      where: predicate.substituting(values))
  }
}
