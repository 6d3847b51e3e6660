import ArgumentParser
import Formats
import Solutions
import Symbolics

/// `diffeo solve`: worked solutions.
struct SolveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "solve", abstract: "Write the worked solution of every problem.",
    discussion: """
      Examples:
        diffeo solve sheet.flow
        diffeo solve sheet.flow --problem P4 --format latex > P4.tex
        diffeo solve -e 'z in R; x = 2 z + 1 in R; z ~ normal(0, 1); density at 3'

      Exit codes: 0 fine; otherwise an error, as diffeo --help lists them.
      """)

  @Argument(help: "Files with problems; - is standard input.")
  var files: [String] = []

  @OptionGroup var source: ProblemOptions

  @Option(help: "text, markdown or latex.")
  var format = OutputFormat.text

  @Flag(help: "The answers as JSON, as prove gives them.")
  var json = false

  func run() throws {
    let problems = try source.problems(in: files)
    // Answers for programs name coordinates z1 … zn and x1 … xm.
    let proven = problems.map { json ? .numbered($0) : ProvenProblem($0) }
    if json { return try Console.print(ProvenProblem.json(proven).page) }
    let documents = proven.map { part in
      let progress = Progress("solving \(part.problem.name) …")
      defer { progress.finish() }
      return WorkedSolution(part.problem, verdict: part.verdict).document()
    }
    try Console.write(Self.written(documents, as: format))
  }

  static func written(_ documents: [SolutionDocument], as format: OutputFormat) -> String {
    switch format {
    case .text:
      let writer = Console.current.textWriter
      if documents.count == 1 { return writer.write(documents[0]) }
      return documents.map { "Problem \($0.title)\n" + writer.write($0) }.joined(separator: "\n")
    case .markdown: return documents.map(MarkdownWriter().write).joined(separator: "\n")
    case .latex: return LatexWriter().write(documents)
    }
  }
}
