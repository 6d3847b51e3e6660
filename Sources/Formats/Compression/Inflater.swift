internal import CZlib

/// zlib's decompressor, one stream after the other.
final class Inflater {
  /// What is around the compressed data; the numbers are zlib's.
  enum Framing: Int32 {
    /// A header and a checksum, as gzip writes them
    case gzip = 31
    /// Nothing, as in a zip archive
    case none = -15
  }

  /// Where the stream stands.
  enum Outcome {
    case running
    case ended
    case damaged
  }

  /// At a fixed place, which zlib remembers.
  private let stream: UnsafeMutablePointer<z_stream>

  init(_ framing: Framing) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let code = inflateInit2_(
      stream, framing.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    // Only a lack of memory and another library than the header's can fail here.
    precondition(code == Z_OK, "zlib cannot begin: code \(code)")
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Begins the next stream.
  func restart() { inflateReset(stream) }

  /// Unpacks what is in `input` until it is used up or `output` is full.
  ///
  /// - Returns: how many bytes were taken and given, and where the stream stands.
  func unpack(
    _ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>
  ) -> (taken: Int, given: Int, outcome: Outcome) {
    let (available, room) = (
      min(input.count, Int(UInt32.max)), min(output.count, Int(UInt32.max))
    )
    // zlib reads from here, and writes nothing.
    stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
    stream.pointee.avail_in = UInt32(available)
    stream.pointee.next_out = output.baseAddress
    stream.pointee.avail_out = UInt32(room)
    let code = inflate(stream, Z_NO_FLUSH)
    let outcome: Outcome =
      switch code {
      case Z_OK, Z_BUF_ERROR: .running
      case Z_STREAM_END: .ended
      default: .damaged
      }
    return (
      available - Int(stream.pointee.avail_in), room - Int(stream.pointee.avail_out), outcome
    )
  }
}
