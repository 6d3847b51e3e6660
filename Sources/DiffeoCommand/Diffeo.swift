import ArgumentParser
import Evaluation
import Formats
import Symbolics

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Ends the process. (Inside the command, `exit` names a method of the command.)
private func leave(_ status: ExitStatus) -> Never { exit(status.rawValue) }

@main
struct Diffeo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diffeo",
    abstract: "Normalizing flows: from formulas, proven and solved; from tables, learned.",
    discussion: """
      A problem is a text file (problem.flow):

        z in R^2
        x = (2 z1, exp(z1) z2) in R^2
        z ~ normal(0, I)
        prove invertible
        density at (1, 2)

      Every command takes files, - for standard input, or the text itself with -e:

        diffeo solve problem.flow
        diffeo prove -e 'z in R; x = z^3 in R'
        diffeo density problem.flow --at 1,2 --at -1,1/2

      A density is learned from a table, kept in a file and used:

        diffeo fit galaxies.csv -o galaxies.flow.safetensors
        diffeo score galaxies.flow.safetensors rows.csv

      Exit codes: 0 fine; 10, 11, 12 verdicts of prove, 10 of check; 64 wrong usage,
      65 bad input, 66 a file is missing, 70 internal error, 74 reading or writing
      failed, 130 interrupted, 141 the output is no longer read.
      """,
    version: "0.1.0",
    subcommands: [
      SolveCommand.self, ProveCommand.self, CheckCommand.self, DensityCommand.self,
      SampleCommand.self, ScoreCommand.self, ComposeCommand.self, FitCommand.self,
      EvaluateCommand.self, PosteriorCommand.self, PlotCommand.self, DescribeCommand.self,
      BenchCommand.self,
    ])

  static func main() {
    Interruption.install()
    leave(run(Array(CommandLine.arguments.dropFirst())))
  }

  /// Runs the command that `arguments` ask for and returns the exit code.
  static func run(_ arguments: [String]) -> ExitStatus {
    do {
      try requireKnownCommand(arguments)
      var command = try parseAsRoot(arguments)
      try command.run()
      return .fine
    } catch {
      return report(error)
    }
  }

  private static func requireKnownCommand(_ arguments: [String]) throws {
    let names = configuration.subcommands.compactMap { $0.configuration.commandName }
    guard let word = arguments.first, !word.hasPrefix("-"), word != "help", !names.contains(word)
    else { return }
    let near = Spelling.nearest(to: word, among: names)
    throw CommandFailure.usage(
      "there is no command '\(word)'",
      hint: near.map { "did you mean '\($0)'?" }
        ?? "commands: \(names.joined(separator: ", ")); diffeo --help says what they do")
  }

  private static func report(_ error: any Error) -> ExitStatus {
    let console = Console.current
    switch error {
    case let failure as CommandFailure:
      if let message = failure.message { console.errorOutput(message.printableLines + "\n") }
      return failure.status
    case let failure as FormatError: return report(CommandFailure(failure))
    case let failure as ParseFailure: return report(CommandFailure(failure))
    case let failure as EvaluationError:
      return report(CommandFailure.badData("\(failure)", hint: "choose smaller parameters"))
    default: break
    }
    let code = exitCode(for: error)
    let message = fullMessage(for: error)
    if code == .success {
      do { try console.output(message + "\n") } catch { return report(error) }
      return .fine
    }
    console.errorOutput(message + "\n")
    return code == .validationFailure ? .usage : .internalError
  }
}
