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
        diffeo prove sheet.flow --certificate proofs.json; diffeo check proofs.json
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

  @Option(
    help: ArgumentHelp(
      "Write the certificates of all verdicts to this file, for diffeo check.", valueName: "file"))
  var certificate: String?

  @Option(
    help: ArgumentHelp(
      "The processor time for each map's proof search, as in 10s or 5m; 0 for no limit.",
      valueName: "time"))
  var timeLimit = "10s"

  @Flag(help: "The answers as JSON.")
  var json = false

  func validate() throws {
    if corpus != nil, !files.isEmpty || !source.texts.isEmpty || show != nil || certificate != nil {
      throw ValidationError(
        "--corpus goes with no other input and not with --show or --certificate.")
    }
    if show != nil, certificate != nil {
      throw ValidationError("--show and --certificate exclude each other.")
    }
    if show != nil, json { throw ValidationError("--show and --json exclude each other.") }
  }

  /// The time limit; nil for none.
  private var searchTime: Duration? {
    get throws {
      let seconds = try TimeArgument.seconds(timeLimit, "--time-limit", orNever: true)
      return seconds == 0 ? nil : .seconds(seconds)
    }
  }

  func run() throws {
    let limit = try searchTime
    if let corpus { return try CorpusRun(file: corpus, timeLimit: limit, isJSON: json).run() }
    if let show, show.isOfTheSource {
      return try show.printSource(try source.texts(in: files))
    }
    let problems = try source.problems(in: files)
    if let show, show == .problem {
      for problem in problems { try Console.write(Phase.description(of: problem)) }
      return
    }
    // Answers for programs name coordinates z1 … zn and x1 … xm.
    let proven = problems.map {
      json ? .numbered($0, timeLimit: limit) : ProvenProblem($0, timeLimit: limit)
    }
    if json {
      try Console.print(ProvenProblem.json(proven).page)
    } else if let show {
      for part in proven { try Console.write(show.description(of: part)) }
    } else {
      for part in proven { try Console.print(Self.line(part, of: proven.count)) }
    }
    if let certificate { try Self.write(proven, to: certificate) }
    let status = ExitStatus(worstOf: proven.map(\.verdict))
    if status != .fine { throw CommandFailure(status) }
  }

  /// A list of the certificates, one for each verdict that has one.
  private static func write(_ proven: [ProvenProblem], to path: String) throws {
    let list = JSONValue.array(proven.compactMap { $0.certificate?.json })
    try AtomicFile.write(JSONValue.object([.init("certificates", list)]).page + "\n", to: path)
  }

  /// The verdict in a line.
  private static func line(_ part: ProvenProblem, of count: Int) -> String {
    let document = WorkedSolution(part.problem, verdict: part.verdict).summary()
    let written = Console.current.textWriter.write(document)
    let text = String(written.dropLast())
    return count == 1 ? text : "\(part.problem.name): \(text)"
  }
}
