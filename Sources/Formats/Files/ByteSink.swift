#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Where bytes are written to, in order.
public protocol ByteSink: AnyObject {
  /// Writes all of `bytes`, or throws an error of reason `inputOutput`.
  func write(_ bytes: [UInt8]) throws(FormatError)
}

/// Standard output. What was written cannot be taken back.
public final class StandardOutput: ByteSink {
  /// Standard output of this process.
  public init() {}

  /// Writes all of `bytes`, past any buffering of `print`.
  public func write(_ bytes: [UInt8]) throws(FormatError) {
    try SystemCalls.writeAll(bytes, to: STDOUT_FILENO, file: "standard output")
  }
}
