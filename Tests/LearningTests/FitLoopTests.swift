import Flows
import Tensors
import Testing

@testable import Learning

@Suite struct FitLoopTests {
  @Test func parametersWithoutAFiniteValueAreNeverTheBest() throws {
    let model = Model(Architecture(.normal).flow(features: 1), key: RandomKey(seed: 1))
    let rows = Batch(features: 1, RandomKey(seed: 2).normals(20))
    let run = try TrainingRun(
      model, rows, Training(batch: 10), key: RandomKey(seed: 3), pool: WorkerPool(count: 1))
    let plan = FitPlan(rows: 20, features: 1)
    var loop = try FitLoop(run, plan, rows: 20, shift: 0)
    for value in [-Double.infinity, .nan, .infinity] {
      loop.judge([(model, value), (model, -.infinity)])
      #expect(loop.bestModel == nil, "\(value)")
    }
    loop.judge([(model, -3), (model, .nan)])
    #expect(loop.progress.best == -3)
    loop.judge([(model, .nan), (model, .nan)])
    loop.judge([(model, -4), (model, -2)])
    #expect(loop.bestModel != nil && loop.progress.best == -2)
  }
}
