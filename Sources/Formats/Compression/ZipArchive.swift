internal import CZlib

/// The files in a zip archive in memory (PKWARE's APPNOTE), stored or deflated, without encryption and
/// smaller than 4 GiB.
struct ZipArchive {
  /// A file in the archive, as the directory at the archive's end describes it.
  struct Entry {
    let name: String
    fileprivate let method: Int
    fileprivate let checksum: UInt32
    fileprivate let packedCount: Int
    /// The number of its bytes.
    let byteCount: Int
    fileprivate let offset: Int
  }

  static let magic: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
  private static let directoryMagic = 0x0201_4B50
  private static let endMagic = 0x0605_4B50

  let entries: [Entry]
  private let bytes: [UInt8]
  private let name: String

  /// Reads the directory; errors call the archive `name`.
  init(_ bytes: [UInt8], name: String) throws(FormatError) {
    let reader = LittleEndian(bytes)
    guard let end = Self.end(reader), let count = reader.number(end + 10, 2),
      let start = reader.number(end + 16, 4)
    else { throw Self.damage(name, "an archive without its directory, which stands at the end") }
    var entries: [Entry] = []
    var place = start
    for _ in 0..<count {
      guard let (entry, next) = Self.entry(reader, at: place) else {
        throw Self.damage(name, "a directory that is cut off")
      }
      entries.append(entry)
      place = next
    }
    self.entries = entries
    self.bytes = bytes
    self.name = name
  }

  /// The bytes of a file in the archive.
  func content(of entry: Entry) throws(FormatError) -> [UInt8] {
    func damage(_ found: String) -> FormatError {
      Self.damage(name, "\(FormatError.quote(entry.name.utf8)): \(found)")
    }
    let reader = LittleEndian(bytes)
    guard reader.number(entry.offset, 4) == 0x0403_4B50,
      let nameCount = reader.number(entry.offset + 26, 2),
      let extraCount = reader.number(entry.offset + 28, 2)
    else { throw damage("no file begins where the directory says") }
    let start = entry.offset + 30 + nameCount + extraCount
    guard start <= bytes.count, entry.packedCount <= bytes.count - start else {
      throw damage("the archive ends too early")
    }
    let packed = bytes[start..<start + entry.packedCount]
    let content: [UInt8]
    switch entry.method {
    case 0: content = Array(packed)
    case 8:
      guard let unpacked = Self.unpack(packed, count: entry.byteCount) else {
        throw damage("the compressed data is damaged")
      }
      content = unpacked
    default: throw damage("packed by method \(entry.method); only deflate is known")
    }
    let sum = content.withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) }
    guard content.count == entry.byteCount, sum == UInt(entry.checksum) else {
      throw damage("the checksum does not fit the content")
    }
    return content
  }

  /// Inflates to at most one byte more than `count`; memory grows as bytes come, whatever `count` claims.
  private static func unpack(_ packed: ArraySlice<UInt8>, count: Int) -> [UInt8]? {
    let inflater = Inflater(.none)
    var content: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    var rest = packed
    while content.count <= count {
      let step = rest.withUnsafeBufferPointer { input in
        block.withUnsafeMutableBufferPointer { inflater.unpack(input, into: $0) }
      }
      rest = rest.dropFirst(step.taken)
      content += block[..<step.given]
      switch step.outcome {
      case .ended: return content
      case .damaged: return nil
      case .running: if step.given == 0, step.taken == 0 { return nil }
      }
    }
    return nil
  }

  private static func damage(_ name: String, _ found: String) -> FormatError {
    FormatError(
      .badContent, file: name, found: found, expected: "a whole zip archive below 4 GiB",
      hint: "copy the file again, or write it anew")
  }
}

extension ZipArchive {
  /// Where the record is that ends the archive: at most a comment of 65535 bytes follows it.
  private static func end(_ reader: LittleEndian) -> Int? {
    let last = reader.count - 22
    guard last >= 0 else { return nil }
    return stride(from: last, through: max(0, last - 0xFFFF), by: -1)
      .first { reader.number($0, 4) == endMagic }
  }

  /// The entry at a place of the directory, and where the next one is.
  private static func entry(_ reader: LittleEndian, at place: Int) -> (Entry, next: Int)? {
    guard reader.number(place, 4) == directoryMagic, let flags = reader.number(place + 8, 2),
      flags & 1 == 0, let method = reader.number(place + 10, 2),
      let checksum = reader.number(place + 16, 4), let packedCount = reader.number(place + 20, 4),
      let byteCount = reader.number(place + 24, 4), let nameCount = reader.number(place + 28, 2),
      let extraCount = reader.number(place + 30, 2),
      let commentCount = reader.number(place + 32, 2), let offset = reader.number(place + 42, 4),
      let name = reader.text(place + 46, nameCount)
    else { return nil }
    let entry = Entry(
      name: name, method: method, checksum: UInt32(checksum), packedCount: packedCount,
      byteCount: byteCount, offset: offset)
    return (entry, place + 46 + nameCount + extraCount + commentCount)
  }
}

/// Numbers and texts at places of bytes; nil beyond their end.
private struct LittleEndian {
  private let bytes: [UInt8]
  var count: Int { bytes.count }

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func number(_ place: Int, _ count: Int) -> Int? {
    guard place >= 0, place + count <= bytes.count else { return nil }
    return bytes[place..<place + count].reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  func text(_ place: Int, _ count: Int) -> String? {
    guard place >= 0, place + count <= bytes.count else { return nil }
    return String(decoding: bytes[place..<place + count], as: UTF8.self)
  }
}
