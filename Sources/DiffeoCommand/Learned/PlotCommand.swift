import ArgumentParser
import Formats
import Learning
import Plots
import Tensors

/// `diffeo plot`: pictures of a model.
struct PlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot", abstract: "Draw a model: corner plot, density, calibration, training.",
    discussion: """
      The ending of -o, .png, .svg or .pdf, says which kind of file it is to be.
      Without another option the picture is a corner plot: histograms of each
      column and densities of each pair, those of the data in blue, the model's
      samples in orange, with contours around 50 % and 90 % of them.

      Examples:
        diffeo plot galaxies.flow.safetensors --data held-out.csv -o corner.png
        diffeo plot moons.flow.safetensors --density -o moons.pdf
        diffeo plot MODEL --given u=26.7,g=25.9 --density -o density.svg
        diffeo plot MODEL --data held-out.csv --calibration -o calibration.png
        diffeo plot --curve train.jsonl -o training.png
      """)

  @Argument(help: "A model that fit has written; none for --curve.")
  var model: String?

  @Option(name: .short, help: ArgumentHelp("Write the picture to this file.", valueName: "file"))
  var output: String

  @Option(help: ArgumentHelp("Rows to compare the model with, as CSV.", valueName: "csv"))
  var data: String?

  @Flag(
    help: """
      The density of a model of one or two columns, as a curve or as colours; these end where 2 % of the mass \
      lie higher.
      """)
  var density = false

  @Flag(help: "How uniform u = F(x) is on the rows of --data, and what central intervals cover.")
  var calibration = false

  @Option(
    help: ArgumentHelp(
      "The training curve in the log that fit --log has written.", valueName: "jsonl"))
  var curve: String?

  @Option(help: ArgumentHelp("Only these columns of the model.", valueName: "a,b"))
  var columns: String?

  @OptionGroup(title: "Conditional models") var given: GivenOptions
  @OptionGroup(title: "Tables") var tables: TableOptions

  @Option(
    name: .customShort("n"), help: ArgumentHelp("The number of samples.", valueName: "number"))
  var count = 20_000

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The seed of the random numbers.", valueName: "number"))
  var seed: UInt64 = 0

  @Option(help: ArgumentHelp("What is written above the picture.", valueName: "text"))
  var title: String?

  @OptionGroup var threads: ThreadOptions

  @Flag(help: "What was drawn, as JSON.")
  var json = false

  func validate() throws {
    if [density, calibration, curve != nil].count(where: { $0 }) > 1 {
      throw ValidationError("--density, --calibration and --curve are different pictures.")
    }
    if (model == nil) == (curve == nil) {
      throw ValidationError("Name a model, or the log of a fit with --curve.")
    }
    if calibration, data == nil { throw ValidationError("--calibration needs rows: add --data.") }
    if !(100...10_000_000).contains(count) {
      throw ValidationError("-n takes 100 to 10000000 samples, not \(count).")
    }
  }

  func run() throws {
    try OutputCheck.check([("-o", output)], against: [model, data, curve, given.givenData])
    let format = try plotting { () throws(PlotError) in try PictureFormat(path: output) }
    let opened = try openedForGood()
    var (kind, figure) = try picture()
    figure.title = title ?? figure.title
    let content = try plotting { () throws(PlotError) in try figure.encoded(as: format) }
    try Interruption.deferred {
      let file = try opened ?? AtomicFile(path: output)
      try file.write(content)
      try file.commit()
    }
    if json {
      try Console.print(
        JSONValue.object([
          .init("picture", .string(kind)), .init("file", .string(output)),
          .init("width", .number(figure.width)), .init("height", .number(figure.height)),
        ]).page)
    }
  }

  /// Before the work, so that a path that cannot be written to costs none: the output, where it can be opened only once, as
  /// a pipe; nil for a file, of which nothing is kept that an interrupt during the work could leave.
  private func openedForGood() throws(FormatError) -> AtomicFile? {
    let file = try AtomicFile(path: output)
    return file.isReplacing ? nil : file
  }

  private func picture() throws -> (kind: String, figure: Figure) {
    if let curve { return ("training curve", try trainingCurve(curve)) }
    guard let path = model, let argument = try ModelArgument(path) else {
      throw CommandFailure.badData(
        "\(model ?? ""): is no model", hint: "plot draws what diffeo fit has written")
    }
    let subject = try PlotSubject(
      argument, data: data.map { try tables.reader($0, argument.learned.tableOptions).readAll() },
      columns: columns, workers: Workers(threads))
    return try failing(of: given.givenData ?? data ?? path) {
      if calibration { return ("calibration", try subject.calibration(seed: seed)) }
      // A corner plot of a conditional model may take what is given from the data.
      let isFromData = subject.isConditional && subject.hasData && given.isEmpty && !density
      let table = try isFromData ? nil : given.table(for: argument, tables)
      return density
        ? ("density", try subject.density(given: table))
        : ("corner", try subject.corner(given: table, count: count, seed: seed))
    }
  }

  private func trainingCurve(_ path: String) throws -> Figure {
    let log = try FitLog(try TextFile.read(path: path), name: path)
    return .trainingCurve(
      log.entries.map {
        TrainingPoint(
          step: Double($0.step), training: $0.training ?? .nan, validation: $0.validation)
      })
  }

  private func plotting<Result>(_ body: () throws(PlotError) -> Result) throws -> Result {
    do {
      return try body()
    } catch {
      switch error {
      case .unknownFormat: throw CommandFailure.usage("-o: \(error)")
      case .drawing: throw CommandFailure(.internalError, "error: \(error)")
      }
    }
  }
}
