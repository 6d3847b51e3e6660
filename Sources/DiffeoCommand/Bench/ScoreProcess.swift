#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// This program in a process of its own that scores one row.
struct ScoreProcess {
  /// The number that the system has for it.
  let number: pid_t
  /// What it wrote first.
  let logDensity: Double
  private let output: Int32

  /// Starts it and waits for the log-density.
  ///
  /// - Parameter arguments: those of `diffeo score`.
  init(_ arguments: [String]) throws(CommandFailure) {
    (number, output) = try Self.start(arguments)
    // The name of the column, then the number.
    let lines = Self.read(lines: 2, from: output).split(separator: "\n")
    guard lines.count == 2, let value = Double(lines[1]) else {
      close(output)
      var status: Int32 = 0
      waitpid(number, &status, 0)
      throw Self.failure(arguments, "gave no log-density")
    }
    logDensity = value
  }

  /// Waits for its end.
  func end() throws(CommandFailure) {
    close(output)
    var status: Int32 = 0
    while waitpid(number, &status, 0) < 0, errno == EINTR {}
    guard status == 0 else { throw Self.failure([], "ended with status \(status)") }
  }

  private static func start(
    _ arguments: [String]
  ) throws(CommandFailure) -> (number: pid_t, output: Int32) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw failure(arguments, "has no pipe", errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[1]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    // The mean of all rows, which nobody asked for.
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    var words = (["diffeo"] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var number: pid_t = 0
    let code = posix_spawn(&number, "/proc/self/exe", &actions, nil, &words, environ)
    guard code == 0 else {
      close(ends[0])
      throw failure(arguments, "cannot be started", code)
    }
    return (number, ends[0])
  }

  /// What comes up to the end of so many lines.
  private static func read(lines: Int, from descriptor: Int32) -> String {
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while text.count(where: { $0 == UInt8(ascii: "\n") }) < lines {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      text += buffer.prefix(count)
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func failure(
    _ arguments: [String], _ what: String, _ code: Int32? = nil
  ) -> CommandFailure {
    let reason = code.map { ": \(String(cString: strerror($0)))" } ?? ""
    return CommandFailure(
      .internalError, "error: 'diffeo \(arguments.joined(separator: " "))' \(what)\(reason)")
  }
}
