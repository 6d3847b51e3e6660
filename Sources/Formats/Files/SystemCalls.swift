#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The calls to the system that files are read and written with, repeated when a signal interrupts
/// them and with `errno` turned into a `FormatError`.
enum SystemCalls {
  /// Reads bytes into `buffer` from index `start` on, as many as have a place; 0 at the end of the
  /// file.
  static func readSome(
    _ descriptor: Int32, into buffer: inout [UInt8], from start: Int, of file: String
  ) throws(FormatError) -> Int {
    while true {
      let count = buffer.withUnsafeMutableBytes {
        read(descriptor, $0.baseAddress! + start, $0.count - start)
      }
      if count >= 0 { return count }
      if errno != EINTR { throw failure("cannot be read", errno, file: file) }
    }
  }

  /// Writes all of `bytes`.
  static func writeAll(
    _ bytes: [UInt8], to descriptor: Int32, file: String
  ) throws(FormatError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        write(descriptor, $0.baseAddress! + written, $0.count - written)
      }
      if count >= 0 {
        written += count
      } else if errno != EINTR {
        guard errno == EPIPE else { throw failure("cannot be written", errno, file: file) }
        throw FormatError(.closedPipe, file: file, found: "is no longer read")
      }
    }
  }

  /// The error that the value `code` of `errno` stands for.
  static func failure(_ what: String, _ code: Int32, file: String) -> FormatError {
    FormatError(.inputOutput, file: file, found: "\(what): \(String(cString: strerror(code)))")
  }
}
