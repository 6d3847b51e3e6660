import Flows
import Tensors

extension TableFit {
  var hasValidation: Bool { validation.rows.rows > 0 }

  /// What the fit computes from.
  func identity(threads: Int) -> FitIdentity {
    var data = Fingerprint()
    for part in [training, validation] {
      data.add(part.rows.values)
      data.add(part.given?.values ?? [])
      data.add(part.weights ?? [])
    }
    for part in draws.map({ [$0.training, $0.validation] }) ?? [] {
      data.add(part.rows.values.values)
      data.add(part.rows.given?.values ?? [])
      data.add(part.rows.errors?.values ?? [])
      data.add([part.maskShare])
    }
    return FitIdentity(
      plan: plan, candidates: search?.candidates ?? [], columns: columns,
      givenColumns: givenColumns,
      rows: [training.rows.rows, validation.rows.rows], data: data.value, threads: threads)
  }

  /// A flow for the columns.
  func flow(_ architecture: Architecture) -> Flow {
    architecture.flow(of: columns, context: givenColumns.contextWidth)
  }

  /// Training of a flow as a plan says, before its first step.
  func trainingRun(
    _ plan: FitPlan, key: RandomKey, pool: WorkerPool
  ) throws(LearningError) -> TrainingRun {
    let settings = Training(
      batch: plan.batch, optimizer: .adam(decay: plan.decay), maximumNorm: plan.maximumNorm)
    let model = Model(
      flow(plan.architecture), key: key.split(0), precision: plan.architecture.precision)
    do throws(FlowError) {
      return try TrainingRun(
        model, training.rows, given: training.given, weights: training.weights,
        drawing: draws?.training.steps(Scorer(model, pool: pool), key: key.split(4)), settings,
        key: key.split(2), pool: pool)
    } catch {
      guard case .densityZero(let row) = error else { throw .flow(error) }
      throw try noNumbers(numbers.training[row])
    }
  }

  /// The loop that takes the steps of a run.
  func loop(
    _ run: TrainingRun, _ plan: FitPlan, from snapshot: FitLoop.Snapshot?
  ) throws(LearningError) -> FitLoop {
    try FitLoop(
      run, plan, rows: training.rows.rows, shift: training.meanLogSlope, from: snapshot)
  }

  /// The mean log-density of the validation rows, -∞ where one overflows; nil where there are none.
  func validation(of model: Model, _ scorer: Scorer) throws(LearningError) -> Double? {
    guard hasValidation else { return nil }
    let values = try validationValues(of: model, scorer)
    let mean = values.mean(validation.weights) + validation.meanLogSlope
    return mean.isNaN ? -.infinity : mean
  }

  /// The log-density of each scaled validation row; -∞ where the model's format does not hold it.
  func validationValues(of model: Model, _ scorer: Scorer) throws(LearningError) -> [Double] {
    if let draws {
      // The same draws each time, so that models differ by nothing else.
      return try draws.validation.logDensities(
        scorer, model, key: RandomKey(seed: plan.seed).split(5))
    }
    let rows = validation.rows
    let within = Batch(
      features: rows.features, rows.values.map(model.precision.clamped))
    let values = try withFlow { () throws(FlowError) in
      try scorer.logDensity(of: within, given: validation.given, with: model.parameters)
    }
    // What the number format does not hold has no density.
    return values.enumerated().map { row, value in
      rows[row].allSatisfy(model.precision.holds) ? value : -.infinity
    }
  }
}

extension [Double] {
  /// Σ w x/Σ w, w being 1 where there are no weights; 0 for no numbers.
  func mean(_ weights: [Double]?) -> Double {
    guard let weights else { return reduce(0, +) / Double(Swift.max(1, count)) }
    let sum = weights.reduce(0, +)
    return sum > 0 ? zip(self, weights).reduce(0) { $1.1 == 0 ? $0 : $0 + $1.0 * $1.1 } / sum : 0
  }
}

extension Batch {
  /// Some of the rows.
  func picking(_ numbers: [Int]) -> Batch {
    Batch(features: features, numbers.flatMap { self[$0] })
  }
}
