import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Ctrl-C: the process ends with 130 at once, or, while a file is being written, after the
/// temporary file has been taken away.
enum Interruption {
  private static let isWriting = Atomic<Bool>(false)
  private static let wasRequested = Atomic<Bool>(false)

  /// Lets the interrupt signal end the process as above.
  static func install() {
    signal(SIGINT) { _ in
      if Interruption.isWriting.load(ordering: .relaxed),
        !Interruption.wasRequested.exchange(true, ordering: .relaxed)
      {
        return
      }
      _exit(ExitStatus.interrupted.rawValue)
    }
    // A program that starts this one from a thread that takes no signals would hand that down.
    var interrupt = sigset_t()
    sigemptyset(&interrupt)
    sigaddset(&interrupt, SIGINT)
    sigprocmask(SIG_UNBLOCK, &interrupt, nil)
    // Writing to a closed pipe is reported as an error of the write, not by a signal.
    signal(SIGPIPE, SIG_IGN)
  }

  /// Runs `body`, during which an interrupt is only noted; `body` calls `check()` now and then.
  static func deferred<Result>(_ body: () throws -> Result) rethrows -> Result {
    isWriting.store(true, ordering: .relaxed)
    defer { isWriting.store(false, ordering: .relaxed) }
    return try body()
  }

  /// Whether the interrupt signal came while it was deferred.
  static var isRequested: Bool { wasRequested.load(ordering: .relaxed) }

  /// Throws when the interrupt signal came while it was deferred.
  static func check() throws(CommandFailure) {
    if isRequested { throw CommandFailure(.interrupted) }
  }
}
