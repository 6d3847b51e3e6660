import Formats
import FormulaFits
import FormulaFlows
import Learning

/// `diffeo fit --target`: a flow fitted to a log-density that a formula gives.
extension FitCommand {
  func fitTarget(_ path: String) throws {
    try columns.checkForTarget()
    guard !interruption.resume else {
      throw CommandFailure.usage(
        "--resume does not go with --target, whose fits keep no checkpoints")
    }
    let target = try Target(textOf: path)
    let plan = try training.targetPlan(features: target.names.count)
    let model = modelPath
    let learned = try failing(of: path) {
      try Interruption.deferred { () throws -> LearnedDistribution in
        // Before the work, so that a path that cannot be written to costs none.
        let file = try AtomicFile(path: model)
        let reporter = try FitReporter(log: log, isResumed: false)
        let learned = try TargetFit(target, plan: plan)
          .run(pool: Workers(threads).all) { reporter.report($0) }
        reporter.finish()
        try file.write(learned.file.encoded)
        try file.commit()
        return learned
      }
    }
    let answer = FitAnswer(learned, path: model)
    if json { return try Console.print(answer.json.page) }
    for line in answer.lines { try Console.print(line) }
  }
}

extension Target {
  /// The target in a file, whose errors end the command with its name.
  init(textOf path: String) throws {
    try self.init(reading: TextFile.read(path: path), named: path)
  }

  /// The target of a model; nil for what was learned from a table.
  init?(of model: ModelArgument) throws {
    guard let text = model.learned.provenance.target?.text else { return nil }
    try self.init(reading: text, named: model.path)
    guard names == model.learned.columns.names else {
      throw CommandFailure(
        .badData, "\(model.path): error: the target in the model is one of other columns")
    }
  }

  private init(reading text: String, named path: String) throws {
    do {
      try self.init(formula: text, file: path)
    } catch let error as FormulaFlowError {
      throw CommandFailure(.badData, "\(path): error: \(error)")
    } catch let error as FormulaFitError {
      throw CommandFailure(.badData, "\(path): error: \(error)")
    }
  }
}

extension FitOptions {
  /// How a target is fitted.
  func targetPlan(features: Int) throws -> FitPlan {
    let given: [(name: String, isGiven: Bool)] = [
      ("--search", search), ("--members", members > 1), ("--validation", validation != nil),
    ]
    if let option = given.first(where: \.isGiven) {
      throw CommandFailure.usage("\(option.name) does not go with --target")
    }
    if let flow, Self.isPath(flow), try FormulaArgument.isProblem(flow) {
      throw CommandFailure.usage("--target is fitted by a flow of another kind than a formula")
    }
    let architecture = try changed(FitPlan.architecture(targetOf: features))
    guard architecture.isSound(features: features, context: 0) else {
      throw CommandFailure.usage(
        "a flow of this size has more parameters than memory could hold",
        hint: "\(architecture.summary); choose fewer or smaller layers")
    }
    var plan = FitPlan(targetOf: features, architecture: architecture, batch: batch)
    plan.seed = seed
    if let steps { plan.steps = steps }
    if let rate { plan.rate = rate }
    plan.timeBudget = try timeBudget.map { try TimeArgument.seconds($0, "--time-budget") }
    return plan
  }
}

extension ColumnOptions {
  /// - Throws: where options are given that speak of a table.
  fileprivate func checkForTarget() throws {
    let given: [(name: String, isGiven: Bool)] = [
      ("--columns", modelled != nil), ("--given", given != nil), ("--positive", positive != nil),
      ("--bounds", !bounds.isEmpty), ("--continuous", continuous != nil),
      ("--weights", weights != nil), ("--error", !errors.isEmpty), ("--missing", missing != .error),
    ]
    guard let option = given.first(where: \.isGiven) else { return }
    throw CommandFailure.usage(
      "\(option.name) is for tables, and --target has none",
      hint: "the domain of the target says where its coordinates lie, as in z in (0, inf) x R")
  }
}
