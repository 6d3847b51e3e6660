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
    if position == end, try refill() == 0 { return nil }
    return buffer[position]
  }

  /// Moves past the byte that `peek` showed.
  @inline(__always)
  func skip() { position += 1 }

  /// Whether the source, of which nothing was taken yet, begins with these few bytes.
  func begins(with magic: [UInt8]) throws(FormatError) -> Bool {
    while end < magic.count {
      // A pipe may deliver a file's first bytes one at a time.
      guard try refill(keeping: end) > 0 else { return false }
    }
    return buffer[..<magic.count].elementsEqual(magic)
  }

  /// Reads on behind the first `kept` bytes of the buffer; returns how many bytes came.
  private func refill(keeping kept: Int = 0) throws(FormatError) -> Int {
    guard let descriptor else { return 0 }
    var chunk: [UInt8] = []
    if kept > 0 {
      chunk = [UInt8](repeating: 0, count: Self.bufferSize - kept)
      let count = try SystemCalls.readSome(descriptor, into: &chunk, from: name)
      buffer.replaceSubrange(kept..<kept + count, with: chunk[..<count])
      end = kept + count
      return count
    }
    position = 0
    end = 0
    end = try SystemCalls.readSome(descriptor, into: &buffer, from: name)
    return end
  }
}
