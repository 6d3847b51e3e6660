import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The end of some processor time of a thread: what else runs on the machine does not bring it nearer.
///
/// The clock is that of the thread that asks, so that a deadline is for work on the thread which set it.
public final class Deadline: Sendable {
  private let end: Duration
  private let isOver = Atomic(false)

  /// When the calling thread has had a processor for `time` from now on.
  public init(after time: Duration) { end = Self.now + time }

  /// Whether the time was over when it was last looked at.
  var wasOver: Bool { isOver.load(ordering: .relaxed) }

  /// Whether the time is over.
  func look() -> Bool {
    if !wasOver, Self.now >= end { isOver.store(true, ordering: .relaxed) }
    return wasOver
  }

  /// Whether this one comes first.
  func isBefore(_ other: Deadline) -> Bool { end < other.end }

  private static var now: Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
