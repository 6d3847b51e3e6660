#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The bytes of a file, of standard input or of memory, one after the other, through one buffer of
/// fixed size.
final class ByteSource {
  /// What errors call the source.
  let name: String
  private let descriptor: Int32?
  private var buffer: [UInt8]
  private var position = 0
  private var end: Int

  private static let bufferSize = 1 << 16

  /// Opens a file, or standard input for the path `-`.
  init(path: String) throws(FormatError) {
    buffer = [UInt8](repeating: 0, count: Self.bufferSize)
    end = 0
    if path == "-" {
      name = "standard input"
      descriptor = STDIN_FILENO
      return
    }
    name = path
    let opened = open(path, O_RDONLY | O_CLOEXEC)
    let code = errno
    guard opened >= 0 else {
      throw code == ENOENT || code == ENOTDIR
        ? FormatError(
          .missingFile, file: path, found: "there is no such file",
          hint: "check the path; '-' reads standard input")
        : SystemCalls.failure("cannot be opened", code, file: path)
    }
    descriptor = opened
  }

  /// Bytes already in memory.
  init(bytes: [UInt8], name: String) {
    self.name = name
    descriptor = nil
    buffer = bytes
    end = bytes.count
  }

  deinit {
    if let descriptor, descriptor != STDIN_FILENO { close(descriptor) }
  }

  /// The next byte, without moving past it; nil at the end.
  @inline(__always)
  func peek() throws(FormatError) -> UInt8? {
    if position == end, try !readOn() { return nil }
    return buffer[position]
  }

  /// Moves past the byte that `peek` showed.
  @inline(__always)
  func skip() { position += 1 }

  /// Shows the bytes that are in the buffer, and moves past as many as `body` takes of them.
  func take<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) -> (result: Result, taken: Int)
  ) -> Result {
    let (result, taken) = buffer.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[position..<end]))
    }
    position += taken
    return result
  }

  /// Brings more bytes behind those that are in the buffer; false when it is full, or at the end.
  func readOn() throws(FormatError) -> Bool {
    guard let descriptor else { return false }
    if position > 0 {
      buffer.withUnsafeMutableBufferPointer { bytes in
        _ = bytes.update(
          fromContentsOf: UnsafeMutableBufferPointer(rebasing: bytes[position..<end]))
      }
      end -= position
      position = 0
    }
    guard end < buffer.count else { return false }
    let count = try SystemCalls.readSome(descriptor, into: &buffer, from: end, of: name)
    end += count
    return count > 0
  }

  /// Whether the source, of which nothing was taken yet, begins with these few bytes.
  func begins(with magic: [UInt8]) throws(FormatError) -> Bool {
    while end < magic.count {
      // A pipe may deliver a file's first bytes one at a time.
      guard try readOn() else { return false }
    }
    return buffer[..<magic.count].elementsEqual(magic)
  }
}
