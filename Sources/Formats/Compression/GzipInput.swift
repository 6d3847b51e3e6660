/// What the bytes of a source were before gzip packed them (RFC 1952): one member or several, one after
/// the other. Memory does not depend on how much there is.
final class GzipInput: ByteInput {
  /// What a member begins with.
  static let magic: [UInt8] = [0x1F, 0x8B]

  private let source: ByteSource
  private let inflater = Inflater(.gzip)
  private var isInside = true

  /// - Parameter source: begins with a member.
  init(_ source: ByteSource) { self.source = source }

  func read(into buffer: inout [UInt8], from start: Int) throws(FormatError) -> Int {
    while true {
      if !isInside, try !beginMember() { return 0 }
      guard try source.peek() != nil else {
        throw damage("the compressed data ends too early", "the file was cut off: copy it again")
      }
      let step = source.take { packed in
        let step = buffer.withUnsafeMutableBufferPointer {
          inflater.unpack(packed, into: UnsafeMutableBufferPointer(rebasing: $0[start...]))
        }
        return (step, step.taken)
      }
      switch step.outcome {
      case .running: break
      case .ended: isInside = false
      case .damaged:
        throw damage("the compressed data is damaged", "copy the file again, or test it by gzip -t")
      }
      if step.given > 0 { return step.given }
    }
  }

  /// Goes to the next member; false where there is none.
  private func beginMember() throws(FormatError) -> Bool {
    // Tapes and disks fill up their last block by zeros, which gzip too passes over.
    while try source.peek() == 0 { source.skip() }
    guard try source.peek() != nil else { return false }
    guard try source.begins(with: Self.magic) else {
      throw damage("bytes of another kind follow the compressed data", "remove them")
    }
    inflater.restart()
    isInside = true
    return true
  }

  private func damage(_ found: String, _ hint: String) -> FormatError {
    FormatError(
      .badContent, file: source.name, found: found, expected: "a whole gzip file", hint: hint)
  }
}

extension ByteSource {
  /// What gzip packed, if that is what comes next, else the source itself.
  func unpacked() throws(FormatError) -> ByteSource {
    try begins(with: GzipInput.magic) ? ByteSource(GzipInput(self), name: name) : self
  }
}
