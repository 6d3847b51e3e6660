import ArgumentParser

@main
struct Diffeo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diffeo", abstract: "Normalizing flows: proven from formulas, learned from data.")
}
