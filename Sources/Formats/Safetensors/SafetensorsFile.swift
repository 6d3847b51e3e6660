import FoundationEssentials

/// Arrays with names and a few texts beside them, in one file: the safetensors format.
///
/// The length of a JSON header in 8 bytes, the header, then the numbers of all arrays without gaps
/// (<https://huggingface.co/docs/safetensors>). Reading executes nothing and allocates no more than
/// the file's own size.
public struct SafetensorsFile: Equatable, Sendable {
  /// Texts by name, the header's `__metadata__`.
  public var metadata: [String: String]
  /// The arrays by name.
  public var arrays: [String: StoredArray]

  /// A file with this content.
  public init(metadata: [String: String] = [:], arrays: [String: StoredArray] = [:]) {
    precondition(
      arrays[SafetensorsHeader.metadataKey] == nil,
      "no array can be called '\(SafetensorsHeader.metadataKey)'")
    self.metadata = metadata
    self.arrays = arrays
  }

  /// The file as bytes. Equal contents give equal bytes: arrays with wide elements first, then by name.
  public var encoded: [UInt8] {
    let order = arrays.keys.sorted { a, b in
      let (wideA, wideB) = (arrays[a]!.element.byteCount, arrays[b]!.element.byteCount)
      return wideA == wideB ? a < b : wideA > wideB
    }
    var entries: [String: SafetensorsHeader.Entry] = [:]
    var end = 0
    for name in order {
      let array = arrays[name]!
      entries[name] = SafetensorsHeader.Entry(
        dtype: array.element.rawValue, shape: array.shape,
        data_offsets: [end, end + array.bytes.count])
      end += array.bytes.count
    }
    var header = SafetensorsHeader(metadata: metadata, entries: entries).encoded
    // Numbers begin where any of them is aligned; spaces end a header.
    header += [UInt8](repeating: 0x20, count: (8 - header.count % 8) % 8)
    var bytes = littleEndian(UInt64(header.count)) + header
    bytes.reserveCapacity(bytes.count + end)
    for name in order { bytes += arrays[name]!.bytes }
    return bytes
  }

  /// Replaces the file at `path`, or leaves it as it was and throws.
  public func write(to path: String) throws(FormatError) {
    let file = try AtomicFile(path: path)
    try file.write(encoded)
    try file.commit()
  }
}
