import ArgumentParser
import Certificates
import Formats
import Solutions
import Symbolics

/// `diffeo prove`: verdicts.
struct ProveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove", abstract: "Prove or disprove that maps are invertible.",
    discussion: """
      Examples:
        diffeo prove sheet.flow --json
        diffeo prove -e 'z in R; x = z^2 in R'
        diffeo prove sheet.flow --problem P1 --show certificate
        diffeo prove --corpus invertibility.json

      Exit codes: 0 all bijective, 10 some refuted, 11 some conditional, 12 some
      undecided or ill-posed; of several 10 comes before 12 before 11. 0 after
      --corpus. Errors as diffeo --help lists them.
      """)

  @Argument(help: "Files with problems; - is standard input.")
  var files: [String] = []

  @OptionGroup var source: ProblemOptions

  @Option(
    help: ArgumentHelp(
      "Print one phase: \(Phase.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "phase"))
  var show: Phase?

  @Option(
    help: ArgumentHelp(
      "Prove every record of a corpus and compare with the verdicts it states.", valueName: "file"))
  var corpus: String?

  @Flag(help: "The answers as JSON.")
  var json = false

  func validate() throws {
    if corpus != nil, !files.isEmpty || !source.texts.isEmpty || show != nil {
      throw ValidationError("--corpus goes with no other input and not with --show.")
    }
    if show != nil, json { throw ValidationError("--show and --json exclude each other.") }
  }

  func run() throws {
    if let corpus { return try CorpusRun(file: corpus, isJSON: json).run() }
    if let show, show.isOfTheSource {
      return try show.printSource(try source.texts(in: files))
    }
    let problems = try source.problems(in: files)
    if let show, show == .problem {
      for problem in problems { try Console.write(Phase.description(of: problem)) }
      return
    }
    // Answers for programs name coordinates z1 … zn and x1 … xm.
    let proven = problems.map { ProvenProblem(json ? $0.numbered() : $0) }
    if json {
      try Console.print(ProvenProblem.json(proven).page)
    } else if let show {
      for part in proven { try Console.write(show.description(of: part)) }
    } else {
      for part in proven { try Console.print(Self.line(part, of: proven.count)) }
    }
    let status = ExitStatus(worstOf: proven.map(\.verdict))
    if status != .fine { throw CommandFailure(status) }
  }

  /// The verdict in a line.
  private static func line(_ part: ProvenProblem, of count: Int) -> String {
    let document = WorkedSolution(part.problem, verdict: part.verdict).summary()
    let written = Console.current.textWriter.write(document)
    let text = String(written.dropLast())
    return count == 1 ? text : "\(part.problem.name): \(text)"
  }
}
