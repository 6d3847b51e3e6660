import CThreadProbe
import Testing

@testable import Tensors

@Suite("Allocations", .enabled(if: allocations_are_counted() != 0))
struct AllocationTests {
  @Test("the counter sees an allocation, on the thread that makes it")
  func counts() {
    let pool = WorkerPool(count: 2)
    let counts = Counts(pool)
    counts.take()
    pool.runOnEveryThread { worker in
      if worker == 1 { UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 64).deallocate() }
    }
    #expect(counts.since() == [0, 1])
  }

  @Test(
    "a warm training step allocates nothing", arguments: OperationRegistry.all + [.smallFlow],
    [1, 3])
  func training(operation: OperationCase, workers: Int) {
    for precision in Precision.allCases {
      let pool = WorkerPool(count: workers)
      let training = TrainingRun(operation, rows: 100, precision, pool)
      let counts = Counts(pool)
      training.step()
      counts.take()
      for _ in 0..<2 { training.step() }
      #expect(counts.since() == Array(repeating: 0, count: workers), "\(operation) \(precision)")
    }
  }

  @Test(
    "a warm call without gradients allocates nothing",
    arguments: OperationRegistry.all + [.smallFlow], [1, 100])
  func scoring(operation: OperationCase, rows: Int) {
    let pool = WorkerPool(count: 2)
    let scoring = TrainingRun(operation, isDifferentiated: false, rows: rows, .float, pool)
    let counts = Counts(pool)
    scoring.step()
    counts.take()
    for _ in 0..<2 { scoring.step() }
    #expect(counts.since() == [0, 0], "\(operation)")
  }

  @Test("an average of parameters allocates nothing", arguments: Precision.allCases)
  func averages(precision: Precision) {
    let counts = Counts(WorkerPool(count: 1))
    let average = ParameterBuffer([1, 2, 3], precision: precision)
    let values = ParameterBuffer([5, 6, 7], precision: precision)
    counts.take()
    average.move(toward: values, by: 0.25)
    #expect(counts.since() == [0])
    #expect(average.values == [2, 3, 4])
  }
}

/// How often each worker of a pool has allocated since a moment.
private final class Counts {
  private let pool: WorkerPool
  private let before: UnsafeMutablePointer<Int>
  private let after: UnsafeMutablePointer<Int>
  // Made beforehand, because a closure is memory.
  private let writeBefore: (Int) -> Void
  private let writeAfter: (Int) -> Void

  init(_ pool: WorkerPool) {
    self.pool = pool
    let before = UnsafeMutablePointer<Int>.allocate(capacity: pool.count)
    let after = UnsafeMutablePointer<Int>.allocate(capacity: pool.count)
    before.initialize(repeating: 0, count: pool.count)
    after.initialize(repeating: 0, count: pool.count)
    (self.before, self.after) = (before, after)
    writeBefore = { worker in before[worker] = allocation_count() }
    writeAfter = { worker in after[worker] = allocation_count() }
  }

  deinit {
    before.deallocate()
    after.deallocate()
  }

  func take() { pool.runOnEveryThread(writeBefore) }

  func since() -> [Int] {
    pool.runOnEveryThread(writeAfter)
    return (0..<pool.count).map { after[$0] - before[$0] }
  }
}
