/// An array of a safetensors file: its numbers as they are stored, little-endian and row-major.
public struct StoredArray: Equatable, Sendable {
  /// How a number is stored.
  public enum Element: String, Sendable, Codable, CaseIterable {
    case float64 = "F64"
    case float32 = "F32"
    case float16 = "F16"
    case bfloat16 = "BF16"
    case int64 = "I64"
    case int32 = "I32"
    case int16 = "I16"
    case int8 = "I8"
    case uint64 = "U64"
    case uint32 = "U32"
    case uint16 = "U16"
    case uint8 = "U8"
    case bool = "BOOL"

    /// The bytes of a number.
    public var byteCount: Int {
      switch self {
      case .float64, .int64, .uint64: 8
      case .float32, .int32, .uint32: 4
      case .float16, .bfloat16, .int16, .uint16: 2
      case .int8, .uint8, .bool: 1
      }
    }
  }

  /// How its numbers are stored.
  public let element: Element
  /// Its extents; none for a single number.
  public let shape: [Int]
  /// `shape[0] · shape[1] · … · element.byteCount` bytes.
  public let bytes: [UInt8]

  init(element: Element, shape: [Int], bytes: [UInt8]) {
    self.element = element
    self.shape = shape
    self.bytes = bytes
  }

  /// An array of 64-bit numbers.
  ///
  /// - Parameters:
  ///   - shape: its extents.
  ///   - doubles: as many numbers as the extents say.
  public init(shape: [Int], doubles: [Double]) {
    precondition(
      doubles.count == shape.reduce(1, *), "\(doubles.count) numbers for the extents \(shape)")
    self.init(
      element: .float64, shape: shape, bytes: doubles.flatMap { littleEndian($0.bitPattern) })
  }

  /// An array of 32-bit numbers.
  ///
  /// - Parameters:
  ///   - shape: its extents.
  ///   - floats: as many numbers as the extents say.
  public init(shape: [Int], floats: [Float]) {
    precondition(
      floats.count == shape.reduce(1, *), "\(floats.count) numbers for the extents \(shape)")
    self.init(
      element: .float32, shape: shape, bytes: floats.flatMap { littleEndian($0.bitPattern) })
  }

  /// The numbers, exactly; nil unless they are stored as `F64` or `F32`.
  public var doubles: [Double]? {
    switch element {
    case .float64: numbers { Double(bitPattern: $0) }
    case .float32: numbers { Double(Float(bitPattern: $0)) }
    default: nil
    }
  }

  private func numbers<Bits: FixedWidthInteger>(_ value: (Bits) -> Double) -> [Double] {
    bytes.withUnsafeBytes { raw in
      stride(from: 0, to: raw.count, by: MemoryLayout<Bits>.size).map {
        value(Bits(littleEndian: raw.loadUnaligned(fromByteOffset: $0, as: Bits.self)))
      }
    }
  }
}

/// The bytes of a number, the lowest first.
func littleEndian<Bits: FixedWidthInteger>(_ bits: Bits) -> [UInt8] {
  withUnsafeBytes(of: bits.littleEndian) { Array($0) }
}
