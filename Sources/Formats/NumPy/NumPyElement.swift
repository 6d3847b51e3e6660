/// How NumPy stores one number: `<f8` is a little-endian one of eight bytes.
struct NumPyElement: Equatable {
  /// What the bytes mean.
  enum Kind: Character {
    case float = "f"
    case signed = "i"
    case unsigned = "u"
    case boolean = "b"
  }

  let kind: Kind
  let byteCount: Int
  let isBigEndian: Bool

  /// The element that NumPy spells like this; nil for text, complex numbers and other kinds.
  init?(_ text: String) {
    var rest = text[...]
    isBigEndian = rest.first == ">"
    if let order = rest.first, "<>=|".contains(order) { rest.removeFirst() }
    guard let letter = rest.popFirst(), let kind = Kind(rawValue: letter),
      let byteCount = Int(rest)
    else { return nil }
    let sizes =
      switch kind {
      case .float: [2, 4, 8]
      case .signed, .unsigned: [1, 2, 4, 8]
      case .boolean: [1]
      }
    guard sizes.contains(byteCount) else { return nil }
    self.kind = kind
    self.byteCount = byteCount
  }

  /// The number in the first bytes of `bytes`; an integer of more than 53 bits is rounded.
  func value(_ bytes: ArraySlice<UInt8>) -> Double {
    let own = bytes.prefix(byteCount)
    var bits: UInt64 = 0
    if isBigEndian {
      for byte in own { bits = bits << 8 | UInt64(byte) }
    } else {
      for byte in own.reversed() { bits = bits << 8 | UInt64(byte) }
    }
    switch (kind, byteCount) {
    case (.float, 2): return Double(Float16(bitPattern: UInt16(bits)))
    case (.float, 4): return Double(Float(bitPattern: UInt32(bits)))
    case (.float, _): return Double(bitPattern: bits)
    case (.signed, _):
      let unused = UInt64(64 - 8 * byteCount)
      return Double(Int64(bitPattern: bits << unused) >> Int64(unused))
    case (.unsigned, _): return Double(bits)
    case (.boolean, _): return bits == 0 ? 0 : 1
    }
  }
}

/// What the items of a NumPy array are.
struct NumPyItem: Equatable {
  /// A number in an item.
  struct Field: Equatable {
    let name: String
    /// Where it begins in the item.
    let offset: Int
    let element: NumPyElement
  }

  /// The numbers of an item: one without a name, or several with names.
  let fields: [Field]
  let isStructured: Bool
  let byteCount: Int

  /// The item with this description: the spelling of an element, or a list of pairs (name, spelling).
  init?(_ description: PythonLiteral) {
    switch description {
    case .string(let text):
      guard let element = NumPyElement(text) else { return nil }
      fields = [Field(name: "", offset: 0, element: element)]
      isStructured = false
      byteCount = element.byteCount
    case .list(let items):
      var fields: [Field] = []
      var offset = 0
      for item in items {
        guard case .list(let parts) = item, parts.count == 2, let name = Self.name(parts[0]),
          case .string(let text) = parts[1]
        else { return nil }
        if let size = Self.padding(name, text) {
          offset += size
        } else if let element = NumPyElement(text) {
          fields.append(Field(name: name, offset: offset, element: element))
          offset += element.byteCount
        } else {
          return nil
        }
      }
      self.fields = fields
      isStructured = true
      byteCount = offset
    default: return nil
    }
  }

  /// A name, or the second of a pair of a title and a name.
  private static func name(_ literal: PythonLiteral) -> String? {
    if case .string(let name) = literal { return name }
    guard case .list(let parts) = literal, parts.count == 2, case .string(let name) = parts[1]
    else { return nil }
    return name
  }

  /// The bytes of a nameless part `|V4`, which fills up an item.
  private static func padding(_ name: String, _ text: String) -> Int? {
    guard name.isEmpty, text.hasPrefix("|V"), let size = Int(text.dropFirst(2)),
      (0...1 << 16).contains(size)
    else { return nil }
    return size
  }
}
