import ArgumentParser
import Learning

/// Which flow is timed, on how many rows, and how often.
struct BenchOptions: ParsableArguments {
  @Option(help: "Which flow.")
  var model = BenchModel.nsf

  @Option(help: ArgumentHelp("D, the number of columns.", valueName: "number"))
  var features = 6

  @Option(help: ArgumentHelp("The number of layers.", valueName: "number"))
  var layers = 5

  @Option(help: ArgumentHelp("The width of the two hidden layers.", valueName: "number"))
  var hidden = 64

  @Option(
    help: ArgumentHelp("The bins of a spline; not used by realnvp and maf.", valueName: "number"))
  var bins = 8

  @Option(
    help: ArgumentHelp(
      """
      The rows that are computed at once: by default 256 for train and 100000 for score and sample. latency and \
      startup are about one row.
      """, valueName: "number"))
  var batch: Int?

  @Option(help: ArgumentHelp("How often each figure is taken.", valueName: "number"))
  var repeats = 7

  /// More numbers than these are not kept in memory.
  private static let mostNumbers = 200_000_000

  func validate() throws {
    let numbers = [
      ("--features", features, 1...10_000), ("--layers", layers, 1...1000),
      ("--hidden", hidden, 1...10_000), ("--bins", bins, 2...500),
      ("--batch", batch ?? 1, 1...10_000_000), ("--repeats", repeats, 5...1000),
    ]
    for (name, value, range) in numbers where !range.contains(value) {
      throw ValidationError(
        "\(name) takes \(range.lowerBound) to \(range.upperBound), not \(value).")
    }
  }

  /// The rows that are computed at once.
  func rows(of work: BenchWork) throws(CommandFailure) -> Int {
    let rows = work.fixedBatch ?? batch ?? work.usualBatch
    guard rows * features <= Self.mostNumbers else {
      throw .usage(
        "\(rows) rows of \(features) columns are more than \(Self.mostNumbers) numbers",
        hint: "choose a smaller --batch")
    }
    return rows
  }

  /// The flow that the options describe.
  func architecture() throws(CommandFailure) -> Architecture {
    let architecture = Architecture(
      model.kind, layers: layers, hidden: [hidden, hidden], bins: bins)
    guard architecture.isSound(features: features, context: 0) else {
      throw .usage(
        "a flow of this size has more parameters than memory could hold",
        hint: "\(architecture.summary) for \(features) columns; choose fewer or smaller layers")
    }
    return architecture
  }
}
