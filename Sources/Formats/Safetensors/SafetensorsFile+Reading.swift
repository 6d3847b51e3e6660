import FoundationEssentials

extension SafetensorsFile {
  /// Far more than a header of any model needs; it bounds what a hostile one can make a reader allocate.
  private static let longestHeader = 16 << 20

  /// Reads the file at `path`.
  ///
  /// - Parameters:
  ///   - path: a regular file.
  ///   - maximumBytes: a larger file is refused.
  /// - Throws: a ``FormatError`` where the file is missing, cannot be read, is cut off or is no safetensors
  ///   file.
  public init(contentsOf path: String, maximumBytes: Int = 1 << 32) throws(FormatError) {
    let bytes = try ByteSource(path: path).readAll(
      atMost: maximumBytes, expected: "a safetensors file")
    try self.init(decoding: bytes, name: path)
  }

  /// Takes apart the bytes of a file.
  ///
  /// - Parameters:
  ///   - bytes: all of the file.
  ///   - name: what errors call it.
  public init(decoding bytes: [UInt8], name: String) throws(FormatError) {
    func wrong(_ found: String, expected: String? = nil) -> FormatError {
      FormatError(
        .badContent, file: name, found: found, expected: expected,
        hint: "the file is damaged or of another kind; copy it again, or write it anew")
    }
    guard bytes.count > 8 else {
      throw wrong("a file of \(bytes.count) bytes", expected: "a safetensors file")
    }
    let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(Self.longestHeader), length >= 2, bytes[8] == UInt8(ascii: "{") else {
      throw wrong("no safetensors header", expected: "a safetensors file")
    }
    let start = 8 + Int(length)
    guard start <= bytes.count else {
      throw wrong("the file ends within its header", expected: "\(start) bytes or more")
    }
    let header: SafetensorsHeader
    do {
      header = try JSONDecoder().decode(SafetensorsHeader.self, from: Data(bytes[8..<start]))
    } catch {
      throw wrong("a header that is no JSON object of arrays")
    }
    try JSONFields.requireDistinct(in: Array(bytes[8..<start]), file: name)
    let data = bytes[start...]
    let places = try header.places(in: data.count, wrong)
    let arrays = header.entries.map { entry in
      let (element, range) = places[entry.key]!
      let part = data[data.startIndex + range.lowerBound..<data.startIndex + range.upperBound]
      return (
        entry.key, StoredArray(element: element, shape: entry.value.shape, bytes: Array(part))
      )
    }
    self.init(metadata: header.metadata, arrays: Dictionary(uniqueKeysWithValues: arrays))
  }
}

extension SafetensorsHeader {
  /// Where each array lies among `count` bytes, which they must fill without a gap.
  fileprivate func places(
    in count: Int, _ wrong: (String, String?) -> FormatError
  ) throws(FormatError) -> [String: (StoredArray.Element, Range<Int>)] {
    var places: [String: (element: StoredArray.Element, range: Range<Int>)] = [:]
    for (name, entry) in entries.sorted(by: { $0.key < $1.key }) {
      let quoted = FormatError.quote(name.utf8)
      guard let element = StoredArray.Element(rawValue: entry.dtype) else {
        throw wrong(
          "array \(quoted) of type \(FormatError.quote(entry.dtype.utf8))",
          "one of " + StoredArray.Element.allCases.map(\.rawValue).joined(separator: ", "))
      }
      guard let size = Self.byteCount(entry.shape, element) else {
        throw wrong("array \(quoted) has the extents \(entry.shape.prefix(8))", "a size in memory")
      }
      let offsets = entry.data_offsets
      guard offsets.count == 2, offsets[0] >= 0, offsets[1] >= offsets[0],
        offsets[1] - offsets[0] == size
      else {
        throw wrong(
          "array \(quoted) of \(size) bytes at the offsets \(offsets.prefix(8))", "as many bytes")
      }
      places[name] = (element, offsets[0]..<offsets[1])
    }
    var end = 0
    let inOrder = places.sorted {
      ($0.value.range.lowerBound, $0.value.range.upperBound, $0.key)
        < ($1.value.range.lowerBound, $1.value.range.upperBound, $1.key)
    }
    for (name, place) in inOrder {
      guard place.range.lowerBound == end else {
        throw wrong(
          "array \(FormatError.quote(name.utf8)) begins at byte \(place.range.lowerBound)",
          "arrays without gaps, so byte \(end)")
      }
      end = place.range.upperBound
    }
    guard end == count else {
      throw wrong("\(count) bytes of numbers", "\(end), as the header says")
    }
    return places
  }

  /// The product of the extents and the size of a number; nil where it is negative or no `Int`.
  private static func byteCount(_ shape: [Int], _ element: StoredArray.Element) -> Int? {
    var size = element.byteCount
    for extent in shape {
      guard extent >= 0 else { return nil }
      let (product, overflows) = size.multipliedReportingOverflow(by: extent)
      guard !overflows else { return nil }
      size = product
    }
    return size
  }
}

extension SafetensorsFile {
  /// Whether a file begins like a safetensors file, which no text does.
  ///
  /// - Parameter path: a file.
  /// - Returns: whether its ninth byte opens a JSON object after a length that a header could have.
  public static func isOne(_ path: String) throws(FormatError) -> Bool {
    let source = try ByteSource(path: path)
    var start: [UInt8] = []
    while start.count < 9, let byte = try source.peek() {
      start.append(byte)
      source.skip()
    }
    return start.count == 9 && start[8] == UInt8(ascii: "{") && start[4..<8].allSatisfy { $0 == 0 }
  }
}
