import Formats
import Solutions
import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Where a command writes. Tests replace it by one that keeps what was written.
struct Console: Sendable {
  /// Writes to standard output.
  let output: @Sendable (String) throws -> Void
  /// Writes to standard error.
  let errorOutput: @Sendable (String) -> Void
  /// Whether standard output is a terminal that takes colours.
  let isColored: Bool
  /// The columns of the terminal that standard output is; nil for a file or a pipe.
  var columns: Int?
  /// Whether progress is to be shown on standard error.
  let showsProgress: Bool

  /// What the running command writes to.
  @TaskLocal static var current = Console.standard

  /// The process's own streams.
  static let standard = Console(
    output: { text in try StandardOutput().write(Array(text.utf8)) },
    errorOutput: { text in
      // A closed standard error is no reason to fail.
      try? StandardError().write(Array(text.utf8))
    }, isColored: isatty(STDOUT_FILENO) == 1 && wantsColor, columns: terminalColumns,
    showsProgress: isatty(STDERR_FILENO) == 1)

  /// https://no-color.org: any value that is not empty turns colours off.
  private static var wantsColor: Bool {
    func value(_ name: String) -> String { getenv(name).map { String(cString: $0) } ?? "" }
    return value("NO_COLOR").isEmpty && value("TERM") != "dumb"
  }

  private static var terminalColumns: Int? {
    var size = winsize()
    guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0,
      size.ws_col > 0
    else { return nil }
    return Int(size.ws_col)
  }

  /// The writer of solutions for this console: no wider than the terminal, and no narrower than a
  /// formula needs.
  var textWriter: TextWriter {
    guard let columns else { return TextWriter(isColored: isColored) }
    let widest = max(columns, 40)
    return TextWriter(width: min(widest, 100), widest: min(widest, 116), isColored: isColored)
  }

  /// Writes a line to standard output.
  static func print(_ line: String) throws { try current.output(line + "\n") }
  /// Writes text as it is to standard output.
  static func write(_ text: String) throws { try current.output(text) }
}

/// Standard error, unbuffered.
private struct StandardError {
  func write(_ bytes: [UInt8]) throws {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(STDERR_FILENO, $0.baseAddress! + written, $0.count - written)
      }
      if count < 0, errno != EINTR { return }
      written += max(count, 0)
    }
  }
}
