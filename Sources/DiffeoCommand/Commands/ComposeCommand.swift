import ArgumentParser
import Formats
import Solutions
import Symbolics

/// `diffeo compose`: one map after the other.
struct ComposeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compose", abstract: "Stack maps: prove and solve x = B(A(z)).",
    discussion: """
      Domain and base distribution are those of the first map. Names that occur in both are \
      changed; points and claims are not taken over.

      Examples:
        diffeo compose shift.flow scale.flow
        diffeo compose a.flow b.flow c.flow --format markdown
        diffeo compose a.flow b.flow --flow | diffeo density - --at 1,2

      Exit codes: 0 fine; otherwise an error, as diffeo --help lists them.
      """)

  @Argument(help: "Files with one problem each, in the order in which the maps are applied.")
  var files: [String]

  @OptionGroup var source: ProblemOptions

  @Option(help: "text, markdown or latex.")
  var format = OutputFormat.text

  @Flag(help: "Print the stack as a problem file instead of solving it.")
  var flow = false

  @Flag(help: "The verdict as JSON.")
  var json = false

  func run() throws {
    let problems = try source.problemsAsWritten(in: files)
    guard problems.count > 1 else {
      throw CommandFailure.usage(
        "two maps or more are needed", hint: "diffeo compose A.flow B.flow")
    }
    var whole = problems[0]
    for next in problems.dropFirst() {
      do {
        whole = try next.stacked(on: whole)
      } catch {
        throw CommandFailure.badProblem(
          next, "\(next.name) after \(whole.name): \(error.description)", at: next.places.domain)
      }
    }
    // Parameters of one name are told apart in the stack, by the names that --flow shows.
    whole = try source.setting([whole])[0]
    if flow { return try Console.write(whole.flowText) }
    let proven = ProvenProblem(whole)
    if json { return try Console.print(ProvenProblem.json([proven]).page) }
    let document = WorkedSolution(whole, verdict: proven.verdict).document()
    try Console.write(SolveCommand.written([document], as: format))
  }
}
