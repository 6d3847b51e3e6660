import CKernels
import CThreadProbe
import Foundation
import Testing

@testable import Tensors

@Suite("Worker pool")
struct WorkerPoolTests {
  static let processors = Int(diffeo_allowed_cpus())
  /// As many workers as processors or fewer, and more.
  static let counts = [1, 2, 5, 2 * processors + 1]

  @Test("every share is done once a call", arguments: counts)
  func once(count: Int) {
    let pool = WorkerPool(count: count)
    let calls = Numbers(count)
    for _ in 0..<1000 { pool.run { worker in calls[worker] += 1 } }
    #expect(calls.all == Array(repeating: 1000, count: count))
  }

  @Test(
    "every thread is called once, also among calls whose shares anybody takes", arguments: counts)
  func everyThread(count: Int) {
    let pool = WorkerPool(count: count)
    let (calls, shares, threads) = (Numbers(count), Numbers(count), Numbers(count))
    pool.runOnEveryThread { threads[$0] = Int(bitPattern: pthread_self()) }
    for _ in 0..<300 {
      pool.run { share in shares[share] += 1 }
      pool.runOnEveryThread { thread in
        if threads[thread] == Int(bitPattern: pthread_self()) { calls[thread] += 1 }
      }
    }
    #expect(Set(threads.all).count == count)
    #expect(calls.all == Array(repeating: 300, count: count))
    #expect(shares.all == Array(repeating: 300, count: count))
  }

  @Test("pools come and go", arguments: counts)
  func manyPools(count: Int) {
    for _ in 0..<50 {
      let calls = Numbers(count)
      WorkerPool(count: count).run { worker in calls[worker] += 1 }
      #expect(calls.all == Array(repeating: 1, count: count))
    }
  }

  @Test("with more workers than processors nobody spins")
  func spins() {
    let usable = WorkerPool.usableProcessors
    #expect(usable >= 1 && usable <= Self.processors)
    #expect(WorkerPool(count: usable + 1).spins == 0)
    #expect(WorkerPool(count: usable).spins > 0)
    #expect(WorkerPool().count == usable)
  }

  @Test("the strictest of nested control groups counts, in whole processors")
  func controlGroups() throws {
    let root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    let inner = root.appending(path: "a/b")
    try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: root) }
    func limit(_ folder: URL, _ text: String, in name: String = "cpu.max") throws {
      try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    let unlimited = Int(bitPattern: UInt.max)
    #expect(diffeo_granted_cpus(root.path, "/a/b") == unlimited)
    try limit(inner, "max 100000\n")
    #expect(diffeo_granted_cpus(root.path, "/a/b") == unlimited)
    try limit(inner, "350000 100000\n")
    #expect(diffeo_granted_cpus(root.path, "/a/b") == 4)
    try limit(root.appending(path: "a"), "200000 100000\n")
    #expect(diffeo_granted_cpus(root.path, "/a/b") == 2)
    try limit(root, "50000 100000\n")
    #expect(diffeo_granted_cpus(root.path, "/a/b") == 1)
    #expect(diffeo_granted_cpus(root.path, "/") == 1)
    try limit(root, "nonsense\n")
    #expect(diffeo_granted_cpus(root.path, "/a/b") == 2)
    // Version 1, where a group that is not mounted here leaves the limits of those around it.
    try limit(root, "-1", in: "cpu.cfs_quota_us")
    try limit(root, "100000", in: "cpu.cfs_period_us")
    #expect(diffeo_granted_cpus(root.path, "/x/y") == unlimited)
    try limit(root, "250000", in: "cpu.cfs_quota_us")
    #expect(diffeo_granted_cpus(root.path, "/x/y") == 3)
  }

  @Test("who waits for long is asleep", arguments: counts.dropFirst())
  func sleeps(count: Int) {
    let pool = WorkerPool(count: count)
    let (used, before) = (Numbers(count), Numbers(count))
    pool.runOnEveryThread { worker in before[worker] = threadMicroseconds() }
    // The workers wait for the caller, and then the caller for the last worker.
    usleep(200_000)
    pool.runOnEveryThread { worker in
      used[worker] = threadMicroseconds() - before[worker]
      if worker == count - 1 { usleep(200_000) }
    }
    used[0] = threadMicroseconds() - before[0]
    #expect(used.all.allSatisfy { $0 < 100_000 }, "\(used.all) µs of processor time")
  }

  @Test(
    "pinned to a processor each, unless there are too few",
    .enabled(if: allowed_processor_count() > 0),
    arguments: counts)
  func pinning(count: Int) {
    let (before, after) = (Numbers(count), Numbers(count))
    // On a thread that ends with this test, since the caller is pinned too.
    WorkerPool(count: 2).runOnEveryThread { thread in
      guard thread == 1 else { return }
      let pool = WorkerPool(count: count)
      pool.runOnEveryThread { worker in before[worker] = Int(allowed_processor_count()) }
      pool.pin()
      pool.runOnEveryThread { worker in after[worker] = Int(allowed_processor_count()) }
    }
    let all = Self.processors
    #expect(before.all == Array(repeating: all, count: count))
    #expect(after.all == Array(repeating: count <= all ? 1 : all, count: count))
  }

  @Test(
    "pinned also where the caller is the main thread, and more threads can follow",
    .enabled(if: allowed_processor_count() > 0 && processors > 1))
  func pinningFromMain() async {
    await #expect(processExitsWith: .success) {
      await MainActor.run {
        let pool = WorkerPool(count: 2)
        let allowed = Numbers(2)
        pool.pin()
        pool.runOnEveryThread { worker in allowed[worker] = Int(allowed_processor_count()) }
        precondition(allowed.all == [1, 1], "may use \(allowed.all) processors")
        precondition(WorkerPool.usableProcessors > 1, "one processor is left")
      }
    }
  }
}

/// One number a worker, written by it alone.
private final class Numbers: @unchecked Sendable {
  private let start: UnsafeMutablePointer<Int>
  private let count: Int

  init(_ count: Int) {
    self.count = count
    start = .allocate(capacity: count)
    start.initialize(repeating: 0, count: count)
  }

  deinit { start.deallocate() }

  subscript(_ index: Int) -> Int {
    get { start[index] }
    set { start[index] = newValue }
  }

  var all: [Int] { Array(UnsafeBufferPointer(start: start, count: count)) }
}

/// The processor time of the calling thread.
private func threadMicroseconds() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
}
