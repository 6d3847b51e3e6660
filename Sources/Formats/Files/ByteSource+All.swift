extension ByteSource {
  /// All bytes to the end.
  ///
  /// - Parameters:
  ///   - limit: how many bytes there may be.
  ///   - expected: what the source should have been, for the error where there are more.
  func readAll(atMost limit: Int, expected: String) throws(FormatError) -> [UInt8] {
    var bytes: [UInt8] = []
    while try peek() != nil {
      take {
        bytes.append(contentsOf: $0)
        return ((), $0.count)
      }
      guard bytes.count <= limit else {
        throw FormatError(
          .badContent, file: name, found: "more than \(limit) bytes", expected: expected)
      }
    }
    return bytes
  }
}
