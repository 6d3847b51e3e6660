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
      file, for score, sample, evaluate and describe. Ctrl-C or kill keeps the best
      so far.

      Columns of integers get masses: the density of n is that of the cell from
      n - 1/2 to n + 1/2, and samples are integers. --error, --missing model and
      --mask-share draw what is not known anew in each step; the mean log-density of
      the rows kept apart is then a lower bound, closer the sharper the data are.

      Now and then a checkpoint goes to MODEL.checkpoint. After a crash, or
      Ctrl-C, the same command with --resume goes on from there, and ends in the
      same bytes as a fit that was not interrupted: with as many threads, on the
      same kind of processor, and without --time-budget, under which the speed
      decides how many steps there are (time already used counts). When the
      model is done, the checkpoint is removed.

      --flow map.flow fits the parameters that a problem declares by learn, as in
      'learn m, s > 0; z in R; x = m + s z in R', if the map is proven bijective for
      all of them. It speaks of the columns as they are; those of the names of its
      outputs are taken, else all, in order. No rows are kept apart unless
      --validation says so. The end is the maximum of the likelihood, with standard
      errors from the observed information H. Weights are no counts: with --weights
      they are robust ones, from H^-1 (sum of w^2 s s') H^-1 with the rows' scores s.

      --target fits a flow to a log-density by the gradient of the lower bound
      E[log p - log q] at the flow's own samples. The bound, the effective sample
      size and an estimate of the integral tell how near it comes; what the flow
      never draws, as another mode far away, no number tells. Importance weights come
      from diffeo sample --log-weights. Such fits keep no checkpoints.

      Examples:
        diffeo fit galaxies.csv -o galaxies.flow.safetensors
        diffeo fit galaxies.csv --given u,g,r,i,z,y -o redshift.flow.safetensors
        diffeo fit data.csv --positive mass --bounds share=0:1 --time-budget 60s
        diffeo fit galaxies.csv -o galaxies.flow.safetensors --resume
        diffeo fit galaxies.csv --search --members 3 --time-budget 10m
        diffeo fit stars.csv.gz --error u=u_err --error g=g_err --weights w
        diffeo fit survey.csv --given type,age --missing model
        diffeo fit incomes.csv --columns income --flow lognormal.flow
        diffeo fit --target banana.flow -o banana.safetensors --time-budget 30s
      """)

  @Argument(
    help: ArgumentHelp(
      "The table: CSV, also packed by gzip, or .npy or .npz; - is standard input.",
      valueName: "file"))
  var table: String?

  @Option(
    help: ArgumentHelp(
      """
      Instead of a table, a file with a log-density up to a constant, as in 'z in R^2; \
      logdensity = -z1^2/2 - (z2 - z1^2)^2'; its domain is ℝⁿ or a product of intervals.
      """, valueName: "file"))
  var target: String?

  @Option(name: .short, help: ArgumentHelp("Write the model to this file.", valueName: "model"))
  var output: String?

  @OptionGroup(title: "Tables") var tables: TableOptions
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

  func validate() throws {
    guard (table == nil) != (target == nil) else {
      throw ValidationError(
        table == nil
          ? "Missing expected argument '<file>': the table." : "--target takes the table's place.")
    }
  }

  /// The table; there is one where there is no target.
  private var file: String { table! }

  /// Where the model goes.
  var modelPath: String { output ?? Self.standardPath(target ?? file) }

  private func checkOutputs() throws {
    let flow = training.flow.flatMap { FitOptions.isPath($0) ? $0 : nil }
    try OutputCheck.check(
      [("-o", modelPath), ("--log", log), ("the checkpoint", modelPath + ".checkpoint")],
      against: [table, target, flow])
  }

  func run() throws {
    // Before the work, so that a mistake costs none.
    try checkOutputs()
    try interruption.check()
    try training.check()
    try columns.checkTexts()
    if let target { return try fitTarget(target) }
    let formula = try training.formula()
    if formula != nil { try columns.checkForFormula() }
    let found = try failing(of: file) { try columns.survey(readTable(), file: file) }
    var data = try formula?.columns(of: found) ?? found
    try show(data.survey)
    var plans = try training.plans(
      rows: data.table.rowCount, features: data.roles.modelled.count,
      context: data.roles.given.count, formula: formula)
    if training.steps == nil {
      for index in plans.indices {
        plans[index].shareWork(among: data.roles, rowsWithMissing: data.shareOfRowsWithMissing)
      }
    }
    let path = modelPath
    let learned = try failing(of: file) {
      let fit = try TableFit(
        data.table, data.roles, plan: plans[0], alternatives: Array(plans.dropFirst()))
      data.survey.far = try fit.farValue()
      if let note = data.survey.farNote { show(note: note) }
      return try Interruption.deferred { try train(fit, path) }
    }
    let answer = FitAnswer(learned, path: path)
    if json {
      try Console.print(answer.json(data: data.survey.json).page)
    } else {
      for line in [""] + answer.lines { try Console.print(line) }
    }
  }

  private func readTable() throws -> Table {
    do {
      return try tables.reader(file, columns.tableOptions()).readAll()
    } catch let error as FormatError where error.expected?.hasPrefix("a number in") == true {
      throw FormatError(
        error.reason, file: error.file, line: error.line, column: error.column, found: error.found,
        expected: error.expected,
        hint: error.hint
          ?? "if all of the column are words, give it by --given, or name others by --columns")
    }
  }

  /// What the table is like, before the work.
  private func show(_ survey: ColumnSurvey) throws {
    if !json {
      for line in survey.lines { try Console.print(line) }
    }
    for note in survey.notes { show(note: note) }
  }

  private func show(note: String) {
    Console.current.errorOutput("note: \(note.printable)\n")
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
    if reporter.hasStopped { checkpoints.remarkOnStop() } else { checkpoints.remove() }
    return learned
  }

  /// The name of the table, or of the target, with another ending, in the current folder.
  static func standardPath(_ file: String) -> String {
    guard file != "-" else { return "model.flow.safetensors" }
    let name = file.split(separator: "/").last.map(String.init) ?? file
    let ending = [".csv.gz", ".csv", ".npy", ".npz", ".flow"].first(where: name.hasSuffix) ?? ""
    return name.dropLast(ending.count) + ".flow.safetensors"
  }
}

/// Runs `body`; what is wrong with a table or a model ends the command with its file's name.
func failing<Result>(of file: String, _ body: () throws -> Result) throws -> Result {
  let name = file == "-" ? "standard input" : file
  do {
    return try body()
  } catch let error as LearningError {
    let line = error.place?.line.map { ":\($0)" } ?? ""
    throw CommandFailure(.badData, "\(name)\(line): error: \(error)")
  }
}
