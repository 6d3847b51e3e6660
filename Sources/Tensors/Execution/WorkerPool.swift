internal import CKernels
#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif
internal import Synchronization

/// Threads that wait for work and share it: worker 0 is the caller.
///
/// A waiting worker spins briefly, because waking a sleeping thread takes long on virtual machines;
/// then it sleeps. With more workers than processors nobody spins. Only ``pin()`` ties threads to
/// processors. One caller at a time.
public final class WorkerPool: @unchecked Sendable {
  /// The number of workers, the caller among them.
  public let count: Int
  private let spins: Int
  private let state = State()
  private var threads: [pthread_t] = []

  /// What callers and workers share.
  private final class State: @unchecked Sendable {
    let generation = Atomic<Int>(0)
    let unfinished = Atomic<Int>(0)
    let sleepers = Atomic<Int>(0)
    let isStopping = Atomic<Bool>(false)
    var mutex = pthread_mutex_t()
    var wake = pthread_cond_t()
    var work: ((Int) -> Void)?

    init() {
      pthread_mutex_init(&mutex, nil)
      pthread_cond_init(&wake, nil)
    }

    deinit {
      pthread_mutex_destroy(&mutex)
      pthread_cond_destroy(&wake)
    }
  }

  /// A pool of `count` workers; by default as many as there are processors to use.
  public init(count: Int? = nil) {
    let available = diffeo_allowed_cpus()
    self.count = max(1, count ?? available)
    spins = self.count <= available ? 20_000 : 0
    for index in 1..<max(self.count, 1) { start(index) }
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
    var round = 0
    while state.unfinished.load(ordering: .acquiring) > 0 {
      round += 1
      if round < spins || spins > 0 { diffeo_spin_pause() } else { sched_yield() }
    }
    state.work = nil
  }

  private func announce() {
    state.generation.add(1, ordering: .sequentiallyConsistent)
    guard state.sleepers.load(ordering: .sequentiallyConsistent) > 0 else { return }
    pthread_mutex_lock(&state.mutex)
    pthread_cond_broadcast(&state.wake)
    pthread_mutex_unlock(&state.mutex)
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
      var round = 0
      while state.generation.load(ordering: .acquiring) == seen {
        round += 1
        if round < spins {
          diffeo_spin_pause()
        } else {
          sleep(state, until: seen)
        }
      }
      seen = state.generation.load(ordering: .acquiring)
      if state.isStopping.load(ordering: .acquiring) { return }
      state.work?(index)
      state.unfinished.subtract(1, ordering: .acquiringAndReleasing)
    }
  }

  private static func sleep(_ state: State, until seen: Int) {
    pthread_mutex_lock(&state.mutex)
    state.sleepers.add(1, ordering: .sequentiallyConsistent)
    while state.generation.load(ordering: .sequentiallyConsistent) == seen {
      pthread_cond_wait(&state.wake, &state.mutex)
    }
    state.sleepers.subtract(1, ordering: .sequentiallyConsistent)
    pthread_mutex_unlock(&state.mutex)
  }
}
