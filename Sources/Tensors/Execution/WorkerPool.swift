internal import CKernels
#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif
internal import Synchronization

/// Threads that wait for work and share it, the caller among them.
///
/// Work comes in as many shares as there are threads. Each thread takes shares while there are any, so that nobody
/// waits for a thread that something else on the machine keeps from running. Who waits, a thread for work or the
/// caller for the others, spins briefly and then sleeps; with more threads than processors nobody spins. Only
/// ``pin()`` ties threads to processors. One caller at a time.
public final class WorkerPool: @unchecked Sendable {
  /// The number of threads, the caller among them, and of shares.
  public let count: Int
  /// How often a waiting thread looks before it sleeps.
  let spins: Int
  private let state = State()
  private var threads: [pthread_t] = []

  /// What callers and workers share.
  private final class State: @unchecked Sendable {
    /// The number of calls so far: a new one is work for everybody.
    let calls = Atomic<Int>(0)
    /// The number of the call whose shares may be taken, above the number of the next share.
    let claims = Atomic<Int>(0)
    let unfinished = Atomic<Int>(0)
    let isStopping = Atomic<Bool>(false)
    let call = Doorbell()
    let end = Doorbell()
    /// Written before a call and after its end, read between by who has taken a share.
    var work: ((Int) -> Void)?

    /// Takes shares of a call, one after the other, until none is left or the call is over.
    func takeShares(of call: Int, count: Int) {
      var next = claims.load(ordering: .sequentiallyConsistent)
      while next >> State.shareBits == call, next & State.everyThread < count {
        let (isTaken, current) = claims.compareExchange(
          expected: next, desired: next + 1, ordering: .sequentiallyConsistent)
        if isTaken { finish(next & State.everyThread) }
        next = isTaken ? next + 1 : current
      }
    }

    /// Whether each thread has to do its own share of a call.
    func isForEveryThread(_ call: Int) -> Bool {
      claims.load(ordering: .sequentiallyConsistent)
        == call << State.shareBits | State.everyThread
    }

    func finish(_ share: Int) {
      work!(share)
      if unfinished.subtract(1, ordering: .sequentiallyConsistent).newValue == 0 { end.ring() }
    }

    static let shareBits = 16
    /// In place of the next share: none may be taken.
    static let everyThread = 1 << shareBits - 1
  }

  /// How many workers can run at once: as many as the process may use processors, by its affinity and
  /// by what its control groups grant.
  public static var usableProcessors: Int { Int(diffeo_usable_cpus()) }

  /// A pool of `count` workers; by default as many as there are processors to use.
  public init(count: Int? = nil) {
    // Whoever works alone never waits.
    let available = count == 1 ? 1 : Self.usableProcessors
    self.count = min(max(1, count ?? available), State.everyThread)
    spins = self.count <= available ? 20_000 : 0
    for index in 1..<self.count { start(index) }
  }

  deinit {
    state.isStopping.store(true, ordering: .releasing)
    announce()
    for thread in threads { pthread_join(thread, nil) }
  }

  /// Ties every thread, the caller too, to a processor of its own, where there are enough of them.
  public func pin() {
    guard diffeo_allowed_cpus() >= count else { return }
    runOnEveryThread { index in _ = diffeo_pin_thread(index) }
  }

  /// Calls `work` once for each number of a share, 0 to ``count`` - 1, and returns when all are done. Which thread does
  /// which is left open.
  public func run(_ work: @escaping (Int) -> Void) {
    guard count > 1 else { return work(0) }
    begin(work, firstShare: 0)
    let call = state.calls.load(ordering: .relaxed)
    state.takeShares(of: call, count: count)
    finish()
  }

  /// Calls `work` once on each thread with its number, 0 on the caller's, and returns when all are done.
  func runOnEveryThread(_ work: @escaping (Int) -> Void) {
    guard count > 1 else { return work(0) }
    begin(work, firstShare: State.everyThread)
    state.finish(0)
    finish()
  }

  private func begin(_ work: @escaping (Int) -> Void, firstShare: Int) {
    let call = state.calls.load(ordering: .relaxed) + 1
    state.work = work
    state.unfinished.store(count, ordering: .relaxed)
    state.claims.store(call << State.shareBits | firstShare, ordering: .sequentiallyConsistent)
    announce()
  }

  private func finish() {
    state.end.wait(spins: spins) { state.unfinished.load(ordering: .sequentiallyConsistent) == 0 }
    state.work = nil
  }

  private func announce() {
    state.calls.add(1, ordering: .sequentiallyConsistent)
    state.call.ring()
  }

  private func start(_ index: Int) {
    let (state, spins, count) = (state, spins, count)
    let box = Unmanaged.passRetained(Body { WorkerPool.serve(index, state, spins, count) })
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { argument in
        Unmanaged<Body>.fromOpaque(argument!).takeRetainedValue().body()
        return nil
      }, box.toOpaque())
    require(code == 0, "a worker thread could not be started (error \(code))")
    threads.append(thread)
  }

  private final class Body {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  private static func serve(_ index: Int, _ state: State, _ spins: Int, _ count: Int) {
    var seen = 0
    while true {
      state.call.wait(spins: spins) {
        state.calls.load(ordering: .sequentiallyConsistent) != seen
      }
      // Calls whose shares were all taken by others may have come and gone.
      seen = state.calls.load(ordering: .sequentiallyConsistent)
      if state.isStopping.load(ordering: .acquiring) { return }
      if state.isForEveryThread(seen) {
        state.finish(index)
      } else {
        state.takeShares(of: seen, count: count)
      }
    }
  }
}
