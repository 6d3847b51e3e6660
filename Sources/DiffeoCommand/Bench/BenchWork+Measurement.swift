import Flows
import Tensors

/// What was found of one kind of work.
struct BenchMeasurement {
  let times: CallTimes
  /// Multiply-adds of dense layers for a row, all passes together; nil where they are not what takes the time.
  let multiplyAdds: Int?
  /// The peak of memory in bytes; nil where the system does not say.
  let peakMemory: Int?
  /// How far results are from their definition.
  let difference: Double
}

extension BenchWork {
  /// Takes the time of `subject`, and then compares what it computes with the definition.
  func measure(
    _ subject: BenchSubject, _ timer: CallTimer, _ threads: ThreadOptions
  ) throws -> BenchMeasurement {
    switch self {
    case .train: try Self.training(subject, timer, Workers(threads).all)
    case .score: try Self.scoring(subject, timer, Workers(threads).all, .mean)
    case .latency: try Self.scoring(subject, timer, Workers(threads).all, .median)
    case .sample: try Self.sampling(subject, timer, Workers(threads).all)
    case .startup: try StartupMeasurement(subject, threads).measure(timer)
    }
  }

  /// The rows that training takes its batches from, if a batch has no more.
  private static let trainingRows = 20_000
  /// Forward, and backward to the units and to the weights.
  private static let passesOfStep = 3

  private static func training(
    _ subject: BenchSubject, _ timer: CallTimer, _ pool: WorkerPool
  ) throws -> BenchMeasurement {
    let run = try TrainingRun(
      subject.model, subject.rows(max(subject.batch, trainingRows)),
      Training(batch: subject.batch), key: RandomKey(seed: 2), pool: pool)
    let times = try timer.time { _ = run.step(rate: 1e-3) }
    let peak = ProcessMemory.peak()
    let check = DefinitionCheck(of: run.model, pool)
    return BenchMeasurement(
      times: times, multiplyAdds: passesOfStep * subject.model.densityProgram.multiplyAddsPerRow,
      peakMemory: peak, difference: try check.logDensities(at: subject.rows(check.rows)))
  }

  private static func scoring(
    _ subject: BenchSubject, _ timer: CallTimer, _ pool: WorkerPool, _ summary: CallTimer.Summary
  ) throws -> BenchMeasurement {
    let scorer = Scorer(subject.model, pool: pool)
    let rows = subject.rows(subject.batch)
    let times = try timer.time(summary) { _ = try scorer.logDensity(of: rows) }
    let peak = ProcessMemory.peak()
    let check = DefinitionCheck(of: subject.model, pool)
    return BenchMeasurement(
      times: times, multiplyAdds: subject.model.densityProgram.multiplyAddsPerRow,
      peakMemory: peak,
      difference: try check.logDensities(at: rows.slice(0..<min(check.rows, rows.rows))))
  }

  private static func sampling(
    _ subject: BenchSubject, _ timer: CallTimer, _ pool: WorkerPool
  ) throws -> BenchMeasurement {
    let sampler = Sampler(subject.model, pool: pool)
    let key = RandomKey(seed: 3)
    let times = try timer.time { _ = try sampler.samples(0..<subject.batch, key: key) }
    let peak = ProcessMemory.peak()
    let check = DefinitionCheck(of: subject.model, pool)
    return BenchMeasurement(
      times: times, multiplyAdds: subject.model.samplingProgram.multiplyAddsPerRow,
      peakMemory: peak,
      difference: max(
        try check.samples(min(check.rows, subject.batch), key: key),
        try check.logDensities(at: subject.rows(check.rows))))
  }
}
