internal import CKernels
#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif
internal import Synchronization

/// Where threads wait for something that others bring about: first awake, because waking a sleeping
/// thread takes long on virtual machines, then asleep.
final class Doorbell: @unchecked Sendable {
  private let sleepers = Atomic<Int>(0)
  // In memory of their own: several threads at once pass their addresses on.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let bell = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    mutex.initialize(to: pthread_mutex_t())
    bell.initialize(to: pthread_cond_t())
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(bell, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    pthread_cond_destroy(bell)
    mutex.deallocate()
    bell.deallocate()
  }

  /// Returns once `isDone`, which is asked up to `spins` times before the thread sleeps. It must read
  /// what it depends on in the one sequentially consistent order, as must who changes it and then
  /// rings: then either the ring finds the sleeper, or the sleeper finds the change.
  func wait(spins: Int, until isDone: () -> Bool) {
    for _ in 0..<spins {
      if isDone() { return }
      diffeo_spin_pause()
    }
    pthread_mutex_lock(mutex)
    sleepers.add(1, ordering: .sequentiallyConsistent)
    while !isDone() { pthread_cond_wait(bell, mutex) }
    sleepers.subtract(1, ordering: .sequentiallyConsistent)
    pthread_mutex_unlock(mutex)
  }

  /// Wakes who sleeps.
  func ring() {
    guard sleepers.load(ordering: .sequentiallyConsistent) > 0 else { return }
    pthread_mutex_lock(mutex)
    pthread_cond_broadcast(bell)
    pthread_mutex_unlock(mutex)
  }
}
