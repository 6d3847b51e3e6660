import ArgumentParser
import FormulaFits
import Learning
import Symbolics

/// How a table is learned. What is not said is chosen by the size of the table.
struct FitOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Which flow: \(Architecture.Kind.list); or a JSON file such as \
      {"kind": "nsf", "layers": 6, "hidden": [128, 128], "bins": 16, "bound": 5}; \
      or a file with a problem, map.flow, whose learn parameters are fitted.
      """, valueName: "name|file"))
  var flow: String?

  @Option(help: ArgumentHelp("The number of layers.", valueName: "number"))
  var layers: Int?

  @Option(help: ArgumentHelp("The width of the two hidden layers.", valueName: "number"))
  var hidden: Int?

  @Option(
    help: ArgumentHelp(
      "The bins of a spline, or the sigmoids, units, degree or components of other flows.",
      valueName: "number"))
  var bins: Int?

  @Flag(
    help: """
      First try flows of several kinds and sizes in short fits, and let the rows kept apart choose one. This takes \
      two fifths of a time budget, and makes no fit longer unless --steps is given: then it takes two fifths as many \
      steps besides.
      """)
  var search = false

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
      ("--layers", layers, 1...1000), ("--hidden", hidden, 1...10_000), ("--bins", bins, 2...500),
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

  /// - Throws: where the time budget is no time, where there is no such flow, and where it has no use for an option.
  func check() throws {
    if let timeBudget { _ = try TimeArgument.seconds(timeBudget, "--time-budget") }
    guard let flow else { return }
    if Self.isPath(flow), try FormulaArgument.isProblem(flow) { return }
    let kind = try changed(Architecture(.nsf)).kind
    let unused = [
      ("--bins", bins != nil && !kind.usesBins), ("--layers", layers != nil && !kind.hasLayers),
    ].first(where: \.1)
    if let unused {
      throw CommandFailure.usage("\(unused.0) does not go with a flow of kind \(kind.rawValue)")
    }
  }

  /// The plans for a table of this size: the one to follow and, for a search, its alternatives.
  func plans(
    rows: Int, features: Int, context: Int, formula: FormulaArgument?
  ) throws -> [FitPlan] {
    if let formula {
      return [try plan(rows, features, context, Architecture(formula.formula.stated))]
    }
    let architectures =
      search
      ? Architecture.candidates(rows: rows, features: features)
      : [FitPlan.architecture(rows: rows, features: features)]
    var chosen: [Architecture] = []
    for architecture in try architectures.map(changed) where !chosen.contains(architecture) {
      guard architecture.isSound(features: features, context: context, members: members) else {
        throw CommandFailure.usage(
          "a flow of this size has more parameters than memory could hold",
          hint: "\(architecture.summary); choose fewer or smaller layers")
      }
      chosen.append(architecture)
    }
    guard !search || chosen.count > 1 else {
      throw CommandFailure.usage(
        "--search has nothing to try: flow, layers, widths and bins are all given")
    }
    return try chosen.map { try plan(rows, features, context, $0) }
  }

  private func plan(
    _ rows: Int, _ features: Int, _ context: Int, _ architecture: Architecture
  ) throws -> FitPlan {
    var plan = FitPlan(
      rows: rows, features: features, context: context, architecture: architecture, batch: batch)
    plan.seed = seed
    plan.members = members
    if let steps { plan.steps = steps } else if search { plan.makeRoomForSearch() }
    if let rate { plan.rate = rate }
    if let validation { plan.validationShare = validation }
    plan.timeBudget = try timeBudget.map { try TimeArgument.seconds($0, "--time-budget") }
    return plan
  }

  /// Whether `--flow` names a file.
  static func isPath(_ flow: String) -> Bool {
    flow.contains("/") || flow.hasSuffix(".json") || flow.hasSuffix(".flow")
  }

  /// An architecture with what the options say of it.
  func changed(_ usual: Architecture) throws -> Architecture {
    var architecture = usual
    if let flow {
      if let kind = Architecture.Kind.named.first(where: { $0.rawValue == flow }) {
        architecture = usual.of(kind)
      } else if Self.isPath(flow) {
        architecture = try Architecture(contentsOf: flow, usual: usual)
      } else {
        throw unknownFlow(flow)
      }
    }
    if let layers { architecture.layers = layers }
    if let hidden { architecture.hidden = [hidden, hidden] }
    if let bins { architecture.bins = bins }
    return architecture
  }

  private func unknownFlow(_ name: String) -> CommandFailure {
    let near = Spelling.nearest(to: name, among: Architecture.Kind.named.map(\.rawValue))
    return CommandFailure.usage(
      "there is no flow '\(name)'",
      hint: (near.map { "did you mean '\($0)'? " } ?? "")
        + "flows: \(Architecture.Kind.list); or a file such as wide.json or map.flow")
  }
}
