internal import CKernels
#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif
internal import Synchronization

/// Threads that wait for work and share it: worker 0 is the caller.
///
/// Who waits, a worker for work or the caller for the others, spins briefly and then sleeps; with more
/// workers than processors nobody spins. Only ``pin()`` ties threads to processors. One caller at a
/// time.
public final class WorkerPool: @unchecked Sendable {
  /// The number of workers, the caller among them.
  public let count: Int
  /// How often a waiting thread looks before it sleeps.
  let spins: Int
  private let state = State()
  private var threads: [pthread_t] = []

  /// What callers and workers share.
  private final class State: @unchecked Sendable {
    /// The number of calls so far: a new one is work for everybody.
    let calls = Atomic<Int>(0)
    let unfinished = Atomic<Int>(0)
    let isStopping = Atomic<Bool>(false)
    let call = Doorbell()
    let end = Doorbell()
    /// Written before a call and after its end, read between.
    var work: ((Int) -> Void)?
  }

  /// How many workers can run at once: as many as the process may use processors, by its affinity and
  /// by what its control groups grant.
  public static var usableProcessors: Int { Int(diffeo_usable_cpus()) }

  /// A pool of `count` workers; by default as many as there are processors to use.
  public init(count: Int? = nil) {
    // Whoever works alone never waits.
    let available = count == 1 ? 1 : Self.usableProcessors
    self.count = max(1, count ?? available)
    spins = self.count <= available ? 20_000 : 0
    for index in 1..<self.count { start(index) }
  }

  deinit {
    state.isStopping.store(true, ordering: .releasing)
    announce()
    for thread in threads { pthread_join(thread, nil) }
  }

  /// Ties every worker, the caller too, to a processor of its own, where there are enough of them.
  public func pin() {
    guard diffeo_allowed_cpus() >= count else { return }
    run { index in _ = diffeo_pin_thread(index) }
  }

  /// Calls `work` once for each worker number, and returns when all are done.
  public func run(_ work: @escaping (Int) -> Void) {
    guard count > 1 else { return work(0) }
    state.work = work
    state.unfinished.store(count - 1, ordering: .relaxed)
    announce()
    work(0)
    state.end.wait(spins: spins) { state.unfinished.load(ordering: .sequentiallyConsistent) == 0 }
    state.work = nil
  }

  private func announce() {
    state.calls.add(1, ordering: .sequentiallyConsistent)
    state.call.ring()
  }

  private func start(_ index: Int) {
    let (state, spins) = (state, spins)
    let box = Unmanaged.passRetained(Body { WorkerPool.serve(index, state, spins) })
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { argument in
        Unmanaged<Body>.fromOpaque(argument!).takeRetainedValue().body()
        return nil
      }, box.toOpaque())
    precondition(code == 0, "a worker thread could not be started (error \(code))")
    threads.append(thread)
  }

  private final class Body {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  private static func serve(_ index: Int, _ state: State, _ spins: Int) {
    var seen = 0
    while true {
      state.call.wait(spins: spins) {
        state.calls.load(ordering: .sequentiallyConsistent) != seen
      }
      // The next call comes after the end of this one.
      seen += 1
      if state.isStopping.load(ordering: .acquiring) { return }
      state.work?(index)
      if state.unfinished.subtract(1, ordering: .sequentiallyConsistent).newValue == 0 {
        state.end.ring()
      }
    }
  }
}
