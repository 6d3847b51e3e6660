import ArgumentParser
import Formats
import FormulaFits
import Learning

/// `diffeo describe`: what a model file holds.
struct DescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe", abstract: "What a learned model is, and how it was made.",
    discussion: """
      Example:
        diffeo describe galaxies.flow.safetensors
      """)

  @Argument(help: "A model that fit has written.")
  var model: String

  @Flag(help: "The answer as JSON.")
  var json = false

  func run() throws {
    let answer = FitAnswer(
      try LearnedDistribution(contentsOf: model, formulas: .proving), path: model)
    if json { return try Console.print(answer.json.page) }
    for line in answer.lines { try Console.print(line) }
  }
}
