import ArgumentParser
import Learning

/// How a table is learned. What is not said is chosen by the size of the table.
struct FitOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Which flow: \(Architecture.Kind.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "name"))
  var flow: String?

  @Option(help: ArgumentHelp("The number of layers.", valueName: "number"))
  var layers: Int?

  @Option(help: ArgumentHelp("The width of the two hidden layers.", valueName: "number"))
  var hidden: Int?

  @Option(help: ArgumentHelp("The bins of a spline.", valueName: "number"))
  var bins: Int?

  @Option(help: ArgumentHelp("The number of steps.", valueName: "number"))
  var steps: Int?

  @Option(
    help: ArgumentHelp("How long to train, as in 60s or 5m; instead of --steps.", valueName: "time")
  )
  var timeBudget: String?

  @Option(
    help: ArgumentHelp(
      """
      Train so many flows, each from other first parameters, for the mean of their densities. Each takes all \
      steps; they share a time budget.
      """, valueName: "number"))
  var members = 1

  @Option(help: ArgumentHelp("The rows of a step.", valueName: "number"))
  var batch: Int?

  @Option(help: ArgumentHelp("The longest step.", valueName: "number"))
  var rate: Double?

  @Option(
    help: ArgumentHelp("The share of the rows that choose the best parameters.", valueName: "share")
  )
  var validation: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The seed of all random numbers.", valueName: "number"))
  var seed: UInt64 = 0

  func validate() throws {
    if steps != nil, timeBudget != nil {
      throw ValidationError("--steps and --time-budget exclude each other.")
    }
    let numbers = [
      ("--layers", layers, 1...1000), ("--hidden", hidden, 1...10_000), ("--bins", bins, 2...1000),
      ("--steps", steps, 1...1_000_000_000), ("--batch", batch, 1...1_000_000),
      ("--members", members, 1...100),
    ]
    for (name, value, range) in numbers {
      if let value, !range.contains(value) {
        throw ValidationError(
          "\(name) takes \(range.lowerBound) to \(range.upperBound), not \(value).")
      }
    }
    if let rate, !(rate > 0 && rate <= 1) {
      throw ValidationError("--rate takes a number from 0 to 1, not \(rate).")
    }
    if let validation, !(validation >= 0 && validation <= 0.9) {
      throw ValidationError("--validation takes a share from 0 to 0.9, not \(validation).")
    }
  }

  /// The plan for a table of this size.
  func plan(rows: Int, features: Int, context: Int) throws -> FitPlan {
    var architecture = FitPlan.architecture(rows: rows)
    if let flow {
      guard let kind = Architecture.Kind(rawValue: flow) else {
        throw CommandFailure.usage(
          "there is no flow '\(flow)'",
          hint: "flows: " + Architecture.Kind.allCases.map(\.rawValue).joined(separator: ", "))
      }
      architecture.kind = kind
    }
    if let layers { architecture.layers = layers }
    if let hidden { architecture.hidden = [hidden, hidden] }
    if let bins { architecture.bins = bins }
    var plan = FitPlan(
      rows: rows, features: features, context: context, architecture: architecture, batch: batch)
    plan.seed = seed
    plan.members = members
    if let steps { plan.steps = steps }
    if let rate { plan.rate = rate }
    if let validation { plan.validationShare = validation }
    plan.timeBudget = try timeBudget.map { try TimeArgument.seconds($0, "--time-budget") }
    return plan
  }
}
