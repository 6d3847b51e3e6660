import ArgumentParser
import Densities
import Formats
import Solutions
import Symbolics

/// `diffeo density`: p2 as a formula, at exact points, or for the rows of a table.
struct DensityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "density", abstract: "The density of x = f(z), exactly and as a number.",
    discussion: """
      Without points it answers the problem's own `density at` questions, or shows the formula.

      Examples:
        diffeo density sheet.flow --problem P4 --at 0,1,1/3 --at -1,2,1
        diffeo density -e 'z in R; x = 2 z; z ~ normal(0, 1)' --at 1 --digits 30
        diffeo density model.flow --data points.csv --log > densities.csv

      Exit codes: 0 fine; otherwise an error, as diffeo --help lists them.
      """)

  @Argument(help: "Files with problems; - is standard input.")
  var files: [String] = []

  @OptionGroup var source: ProblemOptions

  @OptionGroup(title: "Tables") var tables: TableOptions

  @OptionGroup var threads: ThreadOptions

  @Option(
    name: .customLong("at"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A point x, as in 0,1,1/3 (repeatable).", valueName: "x1,x2,…"))
  var points: [String] = []

  @Option(help: ArgumentHelp("A table of points; the answer is CSV.", valueName: "table"))
  var data: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Significant digits, 1 to 1000; 6 without it, or all that a number has for the rows of a table.",
      valueName: "n"))
  var digits: Int?

  private var shownDigits: Int { digits ?? 6 }

  @Flag(help: "The logarithm of the density.")
  var log = false

  @Flag(help: "The answers as JSON.")
  var json = false

  func validate() throws {
    if let digits, !(1...1000).contains(digits) {
      throw ValidationError("--digits takes 1 to 1000, not \(digits).")
    }
    if data != nil, !points.isEmpty {
      throw ValidationError("--at and --data exclude each other.")
    }
  }

  func run() throws {
    let all = try source.problems(in: files)
    let problems = all.filter { $0.base != nil }
    guard !problems.isEmpty else {
      if all.count == 1 { throw CommandFailure(DensityError.noBase, in: all[0]) }
      throw CommandFailure.badData(
        "no problem has a base distribution", hint: "add a line such as z ~ normal(0, I)")
    }
    if let data {
      let problem = try source.single(of: problems)
      return try DensityTable(
        problem, isLogarithm: log, isJSON: json, digits: digits, tables: tables,
        workers: Workers(threads)
      ).write(for: data)
    }
    var answers: [PointAnswer] = []
    for problem in problems {
      let density = try pushforward(problem)
      let asked = try self.asked(of: problem)
      if asked.isEmpty, !json { try showFormula(density) }
      for point in asked {
        do throws(DensityError) {
          let answer = try density.density(
            at: point, digits: json ? max(shownDigits, 17) : shownDigits)
          answers.append(PointAnswer(problem: problem.name, digits: shownDigits, answer: answer))
        } catch {
          throw CommandFailure(error, in: problem)
        }
      }
    }
    if json {
      let list = JSONValue.array(answers.map(\.json))
      return try Console.print(JSONValue.object([.init("points", list)]).page)
    }
    if !answers.isEmpty {
      for line in PointAnswer.table(answers, isLogarithm: log) { try Console.print(line) }
    }
  }

  private func asked(of problem: Problem) throws -> [[Expression]] {
    guard points.isEmpty else {
      let settings = try source.scalarSettings()
      return try points.map {
        try PointArgument.point(
          $0, dimension: problem.outputs.count, parameters: problem.parameters,
          settings: settings, for: "--at")
      }
    }
    return problem.questions.flatMap { question -> [[Expression]] in
      if case .density(let points) = question { points } else { [] }
    }
  }

  private func pushforward(_ problem: Problem) throws -> PushforwardDensity {
    let proven = ProvenProblem(problem)
    do throws(DensityError) {
      return try PushforwardDensity(problem, verdict: proven.verdict)
    } catch {
      throw CommandFailure(error, in: problem)
    }
  }

  private func showFormula(_ density: PushforwardDensity) throws {
    let document = WorkedSolution.density(density, digits: shownDigits)
    try Console.write(Console.current.textWriter.write(document))
  }
}

extension ProblemOptions {
  /// The one problem there is; an error when there are several to choose from.
  func single(of problems: [Problem]) throws -> Problem {
    guard problems.count == 1 else {
      let names = problems.map(\.name).joined(separator: ", ")
      throw CommandFailure.usage(
        "there are several problems", hint: "choose by --problem: \(names)")
    }
    return problems[0]
  }
}
