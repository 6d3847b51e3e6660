import Tensors
import Testing

@testable import Flows

@Suite("Training runs")
struct TrainingRunTests {
  private func run() throws -> TrainingRun {
    let model = Model(
      Flow.maf(features: 2, layers: 2, network: Perceptron(hidden: [8])), key: RandomKey(seed: 3))
    return try TrainingRun(
      model, TrainingTests.moons(300, seed: 1), Training(batch: 64), key: RandomKey(seed: 4),
      pool: WorkerPool(count: 1))
  }

  @Test("a run that is interrupted goes on to the same bytes", arguments: [1, 4, 7])
  func interrupted(at step: Int) throws {
    let (whole, first, second) = (try run(), try run(), try run())
    func advance(_ run: TrainingRun, _ steps: Range<Int>) -> [TrainingRun.Step] {
      steps.map {
        defer { run.average(weight: 0.1) }
        return run.step(rate: 1e-3 * Double($0 + 1))
      }
    }
    let expected = advance(whole, 0..<12)
    let start = advance(first, 0..<step)
    second.snapshot = first.snapshot
    #expect(start + advance(second, step..<12) == expected)
    #expect(second.snapshot == whole.snapshot)
    #expect(second.averagedModel.parameters == whole.averagedModel.parameters)
  }

  @Test("the average is a weighted mean of the parameters on the way")
  func average() throws {
    let run = try run()
    var expected = run.model.parameters.values
    run.average(weight: 0.25)
    for _ in 0..<5 {
      _ = run.step(rate: 1e-2)
      run.average(weight: 0.25)
      for (index, value) in run.model.parameters.values.enumerated() {
        expected[index] += 0.25 * (value - expected[index])
      }
    }
    for (found, value) in zip(run.averagedModel.parameters.values, expected) {
      #expect((found - value).magnitude <= 0x1p-20 * max(1, value.magnitude))
    }
  }

  @Test("a row of weight 2 is a row that is there twice, one of weight 0 is not there")
  func weights() throws {
    // Everything that data set is weighted, too: at first and after each step.
    let layers: [any Bijector] = [
      ActNorm(2),
      Autoregressive(AffineTransform(), features: 2, network: Perceptron(hidden: [8])).inverted,
      BatchNorm(2), Elementwise(AffineTransform(), features: 2), BatchNorm(2).inverted,
    ]
    let flow = Flow(base: StandardNormal(2), bijector: Chain(layers)).standardized
    let model = Model(flow, key: RandomKey(seed: 3), precision: .double)
    let rows = TrainingTests.moons(30, seed: 1)
    let twice = Batch(
      features: 2, (0..<30).flatMap { $0 < 10 ? rows[$0] + rows[$0] : $0 < 20 ? rows[$0] : [] })
    let pool = WorkerPool(count: 1)
    let weights = (0..<30).map { $0 < 10 ? 2.0 : $0 < 20 ? 1 : 0 }
    let weighted = try TrainingRun(
      model, rows, weights: weights, Training(batch: 30), key: RandomKey(seed: 4), pool: pool)
    let repeated = try TrainingRun(
      model, twice, Training(batch: 30), key: RandomKey(seed: 4), pool: pool)
    let (first, second) = (weighted.step(rate: 0.1), repeated.step(rate: 0.1))
    #expect((first.loss - second.loss).magnitude < 1e-12)
    #expect((first.norm - second.norm).magnitude < 1e-12)
    for (a, b) in zip(weighted.model.parameters.values, repeated.model.parameters.values) {
      // Adam's first step divides by √(g²) + 1e-8: tiny gradients feel their rounding.
      #expect((a - b).magnitude < 1e-6)
    }
  }

  @Test("drawn rows take the place of the data")
  func draws() throws {
    let model = Model(Flow.maf(features: 2, layers: 1), key: RandomKey(seed: 3), precision: .double)
    let rows = TrainingTests.moons(30, seed: 1)
    let pool = WorkerPool(count: 1)
    let expected = try TrainingRun(
      model, rows, Training(batch: 8), key: RandomKey(seed: 4), pool: pool)
    let drawing = try TrainingRun(
      model, rows,
      drawing: { _, numbers, _ in
        DrawnRows(
          rows: Batch(features: 2, numbers.flatMap { rows[$0] + rows[$0] }), given: nil,
          weights: numbers.flatMap { _ in [0.5, 1.5] }, offset: 3)
      }, Training(batch: 8), key: RandomKey(seed: 4), pool: pool)
    for _ in 0..<5 {
      let (first, second) = (expected.step(rate: 1e-3), drawing.step(rate: 1e-3))
      #expect((first.loss + 3 - second.loss).magnitude < 1e-8)
      #expect((first.norm - second.norm).magnitude < 1e-8)
    }
  }

  @Test("each pass takes every row once")
  func order() {
    var order = RowOrder(rows: 12, batch: 4, key: RandomKey(seed: 1))
    let passes = (0..<2).map { _ in (0..<3).flatMap { _ in order.withNext { Array($0) } } }
    #expect(passes[0] != passes[1])
    for pass in passes { #expect(pass.sorted() == (0..<12).map { $0 }) }
  }
}
