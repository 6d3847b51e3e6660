import ArgumentParser
import Formats
import Learning
import Tensors

/// `diffeo fit`: learns a density from a table.
struct FitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit", abstract: "Learn the density of a table's columns.",
    discussion: """
      A normalizing flow is fitted to most of the rows; the others choose the best
      parameters. Numbers are nats in the units of the data. The model goes to one
      file, for score, sample, evaluate and describe. Ctrl-C keeps the best so far.

      Now and then a checkpoint goes to MODEL.checkpoint. After a crash, or
      Ctrl-C, the same command with --resume goes on from there, and ends in the
      same bytes as a fit that was not interrupted: with as many threads, on the
      same kind of processor, and without --time-budget, under which the speed
      decides how many steps there are (time already used counts). When the
      model is done, the checkpoint is removed.

      Examples:
        diffeo fit galaxies.csv -o galaxies.flow.safetensors
        diffeo fit galaxies.csv --given u,g,r,i,z,y -o redshift.flow.safetensors
        diffeo fit data.csv --positive mass --bounds share=0:1 --time-budget 60s
        diffeo fit galaxies.csv -o galaxies.flow.safetensors --resume
        diffeo fit galaxies.csv --search --members 3 --time-budget 10m
      """)

  @Argument(help: "The table, as CSV; - is standard input.")
  var file: String

  @Option(name: .short, help: ArgumentHelp("Write the model to this file.", valueName: "model"))
  var output: String?

  @OptionGroup(title: "Columns") var columns: ColumnOptions
  @OptionGroup(title: "Training") var training: FitOptions
  @OptionGroup(title: "Interruption") var interruption: CheckpointOptions
  @OptionGroup var threads: ThreadOptions

  @Option(
    help: ArgumentHelp(
      """
      Write each report to this file as it comes, a JSON object a line. A fit that goes on adds to the file.
      """))
  var log: String?

  @Flag(help: "The result as JSON.")
  var json = false

  func run() throws {
    let table = try CSVReader(path: file).readAll()
    let (modelled, given) = try columns.chosen(of: table)
    let plans = try training.plans(
      rows: table.rowCount, features: modelled.count, context: given.count)
    let path = output ?? Self.standardPath(file)
    let learned = try failing(of: file) {
      let fit = try TableFit(
        table, columns: modelled, given: given, maps: try columns.maps(of: table), plan: plans[0],
        alternatives: Array(plans.dropFirst()))
      return try Interruption.deferred { try train(fit, path) }
    }
    if json {
      try Console.print(FitAnswer(learned, path: path).json.page)
    } else {
      for line in FitAnswer(learned, path: path).lines { try Console.print(line) }
    }
  }

  /// Trains, and writes the model and the log before an interrupt ends the process.
  private func train(_ fit: TableFit, _ path: String) throws -> LearnedDistribution {
    // Before the work, so that a path that cannot be written to costs none.
    let file = try AtomicFile(path: path)
    let checkpoints = try interruption.file(of: path, isReplaceable: file.isReplacing)
    let earlier = try interruption.resume ? checkpoints.read() : nil
    if !interruption.resume { checkpoints.remarkIfPresent() }
    let reporter = try FitReporter(log: log, isResumed: earlier != nil)
    let observer = FitObserver(
      afterStep: { Interruption.isRequested ? .stop : checkpoints.isDue ? .save : .goOn },
      save: { checkpoints.save($0) }, report: { reporter.report($0) })
    let learned = try fit.run(pool: Workers(threads).all, from: earlier, observer: observer)
    reporter.finish()
    try file.write(learned.file.encoded)
    try file.commit()
    // After Ctrl-C the checkpoint stays, for --resume.
    if !reporter.hasStopped { checkpoints.remove() }
    return learned
  }

  /// The table's name with another ending, in the current folder.
  private static func standardPath(_ file: String) -> String {
    guard file != "-" else { return "model.flow.safetensors" }
    let name = file.split(separator: "/").last.map(String.init) ?? file
    let stem = name.hasSuffix(".csv") ? String(name.dropLast(4)) : name
    return stem + ".flow.safetensors"
  }
}

/// Runs `body`; what is wrong with a table or a model ends the command with its file's name.
func failing<Result>(of file: String, _ body: () throws -> Result) throws -> Result {
  let name = file == "-" ? "standard input" : file
  do {
    return try body()
  } catch let error as LearningError {
    throw CommandFailure(.badData, "\(name): error: \(error)")
  }
}
