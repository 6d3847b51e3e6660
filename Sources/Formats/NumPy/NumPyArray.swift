/// An array of a `.npy` file (NumPy Enhancement Proposal 1, versions 1 to 3): its header, and its bytes.
struct NumPyArray {
  let item: NumPyItem
  let shape: [Int]
  /// Whether the first index runs fastest.
  let isColumnMajor: Bool
  private let data: ArraySlice<UInt8>

  static let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]
  /// Far more than any real header has.
  private static let longestHeader = 1 << 20

  /// Takes apart the bytes of a file; errors call it `name`.
  init(decoding bytes: [UInt8], name: String) throws(FormatError) {
    func wrong(_ found: String, _ expected: String, _ hint: String? = nil) -> FormatError {
      FormatError(.badContent, file: name, found: found, expected: expected, hint: hint)
    }
    guard bytes.starts(with: Self.magic), let (text, start) = Self.header(bytes) else {
      throw wrong("no whole header of a NumPy array", "a file of numpy.save", "write it anew")
    }
    guard case .dictionary(let entries)? = PythonLiteral(text), let description = entries["descr"],
      case .boolean(let isColumnMajor)? = entries["fortran_order"],
      let extents = entries["shape"].flatMap(Self.extents)
    else {
      throw wrong(
        "the header \(FormatError.quote(text.utf8))",
        "a dictionary with descr, fortran_order, shape")
    }
    guard let item = NumPyItem(description), item.byteCount > 0 else {
      throw wrong(
        "an array of \(Self.kind(description))", "numbers: floats, integers or booleans",
        "convert it, as in array.astype(float)")
    }
    guard let count = Self.product(extents + [item.byteCount]) else {
      throw wrong("an array with the extents \(extents.prefix(8))", "a size in memory")
    }
    guard bytes.count - start == count else {
      throw wrong(
        "\(bytes.count - start) bytes of numbers", "\(count), as the header says",
        bytes.count - start < count ? "the file was cut off: copy it again" : nil)
    }
    self.item = item
    shape = extents
    self.isColumnMajor = isColumnMajor
    data = bytes[start...]
  }

  /// The number in a field of the item at this place, counted in the order of the file.
  func value(_ place: Int, _ field: NumPyItem.Field) -> Double {
    field.element.value(data[(data.startIndex + place * item.byteCount + field.offset)...])
  }
}

extension NumPyArray {
  /// The text of the header, and where the numbers begin.
  private static func header(_ bytes: [UInt8]) -> (text: String, end: Int)? {
    guard bytes.count >= 12, (1...3).contains(bytes[6]) else { return nil }
    let start = bytes[6] == 1 ? 10 : 12
    let count = bytes[8..<start].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard count <= longestHeader, start + count <= bytes.count else { return nil }
    let header = bytes[start..<start + count]
    // Before version 3, each byte is a character.
    let text =
      bytes[6] == 3
      ? String(validating: header, as: UTF8.self)
      : String(String.UnicodeScalarView(header.map { Unicode.Scalar($0) }))
    return text.map { ($0, start + count) }
  }

  private static func extents(_ literal: PythonLiteral) -> [Int]? {
    guard case .list(let items) = literal else { return nil }
    var extents: [Int] = []
    for item in items {
      guard case .integer(let extent) = item, extent >= 0 else { return nil }
      extents.append(extent)
    }
    return extents
  }

  /// The product; nil where it is no `Int`.
  private static func product(_ factors: [Int]) -> Int? {
    if factors.contains(0) { return 0 }
    var product = 1
    for factor in factors {
      let (next, overflows) = product.multipliedReportingOverflow(by: factor)
      guard !overflows else { return nil }
      product = next
    }
    return product
  }

  /// A description of an item, for people.
  private static func kind(_ description: PythonLiteral) -> String {
    guard case .string(let text) = description else { return "items of several parts" }
    let quoted = FormatError.quote(text.utf8)
    switch text.first(where: \.isLetter) {
    case "U", "S", "a": return "text (\(quoted))"
    case "O": return "Python objects (\(quoted))"
    case "c": return "complex numbers (\(quoted))"
    case "M", "m": return "dates (\(quoted))"
    default: return "the type \(quoted)"
    }
  }
}
