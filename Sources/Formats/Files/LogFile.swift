#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file that grows by lines: each is complete, and there for others to read, as soon as it is written.
///
/// What was in the file before is lost when the first line is written, not earlier, unless lines are to follow it.
public final class LogFile {
  private let path: String
  private let descriptor: Int32
  private var isAppending: Bool

  /// Opens the file, or creates it.
  ///
  /// - Parameters:
  ///   - path: the file; its folder must exist. A device or a pipe will do.
  ///   - isAppending: whether lines follow what is there already.
  public init(path: String, isAppending: Bool = false) throws(FormatError) {
    self.path = path
    self.isAppending = isAppending
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw SystemCalls.failure("cannot be opened for writing", errno, file: path)
    }
  }

  deinit { close(descriptor) }

  /// Adds a line.
  ///
  /// - Parameter line: its text, without the end of the line.
  public func write(line: String) throws(FormatError) {
    if !isAppending {
      isAppending = true
      let isRegular = FileStatus(path: path)?.isRegular == true
      guard !isRegular || ftruncate(descriptor, 0) == 0 else {
        throw SystemCalls.failure("cannot be written", errno, file: path)
      }
    }
    try SystemCalls.writeAll(Array((line + "\n").utf8), to: descriptor, file: path)
  }
}
