import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Ctrl-C, or a request to end as `kill` and `timeout` send it: the process ends with 130 at once, or, while a file is
/// being written, after the temporary file has been taken away.
enum Interruption {
  private static let isWriting = Atomic<Bool>(false)
  private static let wasRequested = Atomic<Bool>(false)

  /// Lets these signals end the process as above.
  static func install() {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] {
      sigaddset(&signals, number)
      signal(number) { _ in
        if Interruption.isWriting.load(ordering: .relaxed),
          !Interruption.wasRequested.exchange(true, ordering: .relaxed)
        {
          return
        }
        _exit(ExitStatus.interrupted.rawValue)
      }
    }
    // A program that starts this one from a thread that takes no signals would hand that down.
    sigprocmask(SIG_UNBLOCK, &signals, nil)
    // Writing to a closed pipe is reported as an error of the write, not by a signal.
    signal(SIGPIPE, SIG_IGN)
  }

  /// Runs `body`, during which a signal is only noted; `body` calls `check()` now and then.
  static func deferred<Result>(_ body: () throws -> Result) rethrows -> Result {
    isWriting.store(true, ordering: .relaxed)
    defer { isWriting.store(false, ordering: .relaxed) }
    return try body()
  }

  /// Whether a signal came while it was deferred.
  static var isRequested: Bool { wasRequested.load(ordering: .relaxed) }

  /// Throws when a signal came while it was deferred.
  static func check() throws(CommandFailure) {
    if isRequested { throw CommandFailure(.interrupted) }
  }
}
