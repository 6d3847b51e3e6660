#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What a `ByteSource` fills its buffer from.
protocol ByteInput: AnyObject {
  /// Puts bytes into `buffer` from index `start` on, as many as have a place; 0 at the end.
  func read(into buffer: inout [UInt8], from start: Int) throws(FormatError) -> Int
}

/// The bytes of an open file, which is closed with it.
final class FileInput: ByteInput {
  private let descriptor: Int32
  private let name: String

  init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
  }

  deinit {
    if descriptor != STDIN_FILENO { close(descriptor) }
  }

  func read(into buffer: inout [UInt8], from start: Int) throws(FormatError) -> Int {
    try SystemCalls.readSome(descriptor, into: &buffer, from: start, of: name)
  }
}
