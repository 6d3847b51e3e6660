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
  /// Where more bytes come from; nil for bytes in memory.
  private let input: (any ByteInput)?
  private var buffer: [UInt8]
  private var position = 0
  private var end: Int

  private static let bufferSize = 1 << 16

  /// Bytes that come from `input`.
  init(_ input: any ByteInput, name: String) {
    self.name = name
    self.input = input
    buffer = [UInt8](repeating: 0, count: Self.bufferSize)
    end = 0
  }

  /// Opens a file, or standard input for the path `-`.
  convenience init(path: String) throws(FormatError) {
    if path == "-" {
      let name = "standard input"
      self.init(FileInput(descriptor: STDIN_FILENO, name: name), name: name)
      return
    }
    let opened = open(path, O_RDONLY | O_CLOEXEC)
    let code = errno
    guard opened >= 0 else {
      throw code == ENOENT || code == ENOTDIR
        ? FormatError(
          .missingFile, file: path, found: "there is no such file",
          hint: "check the path; '-' reads standard input")
        : SystemCalls.failure("cannot be opened", code, file: path)
    }
    self.init(FileInput(descriptor: opened, name: path), name: path)
  }

  /// Bytes already in memory.
  init(bytes: [UInt8], name: String) {
    self.name = name
    input = nil
    buffer = bytes
    end = bytes.count
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
    guard let input else { return false }
    if position > 0 {
      buffer.withUnsafeMutableBufferPointer { bytes in
        _ = bytes.update(
          fromContentsOf: UnsafeMutableBufferPointer(rebasing: bytes[position..<end]))
      }
      end -= position
      position = 0
    }
    guard end < buffer.count else { return false }
    let count = try input.read(into: &buffer, from: end)
    end += count
    return count > 0
  }

  /// What comes next up to the end of the line, or as much of it as the buffer holds.
  func peekLine() throws(FormatError) -> ArraySlice<UInt8> {
    var seen = 0
    while true {
      let line = buffer[position..<end]
      if let feed = line[(position + seen)...].firstIndex(of: UInt8(ascii: "\n")) {
        return line[..<feed]
      }
      seen = line.count
      guard try readOn() else { return buffer[position..<end] }
    }
  }

  /// Whether what comes next are these few bytes.
  func begins(with magic: [UInt8]) throws(FormatError) -> Bool {
    while end - position < magic.count {
      // A pipe may deliver a file's first bytes one at a time.
      guard try readOn() else { return false }
    }
    return buffer[position..<position + magic.count].elementsEqual(magic)
  }
}
