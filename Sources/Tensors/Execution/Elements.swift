/// A batch of rows in memory that the caller keeps: row r begins at `start + index(r) * stride`.
public struct BatchView {
  /// The numbers, in one of two formats.
  public enum Elements {
    /// 32-bit numbers.
    case float(UnsafePointer<Float>)
    /// 64-bit numbers.
    case double(UnsafePointer<Double>)
  }

  /// The first number of row 0.
  public var elements: Elements
  /// The distance between rows.
  public var stride: Int
  /// The rows that are meant, in order; nil for all, one after the other.
  public var indices: UnsafePointer<Int32>?

  /// Rows `stride` numbers apart, or those that `indices` list.
  public init(_ elements: Elements, stride: Int, indices: UnsafePointer<Int32>? = nil) {
    self.elements = elements
    self.stride = stride
    self.indices = indices
  }
}

/// Where the rows of an output go: row r begins at `start + r * features`.
public enum OutputView {
  /// 32-bit numbers.
  case float(UnsafeMutablePointer<Float>)
  /// 64-bit numbers.
  case double(UnsafeMutablePointer<Double>)
}

extension BatchView {
  /// Copies rows `first` and on, turned so that a feature's rows lie side by side.
  func load(
    first: Int, rows: Int, features: Int, ld: Int, into tile: UnsafeMutableRawPointer,
    _ precision: Precision
  ) {
    switch (elements, precision) {
    case (.float(let source), .float):
      copy(source, first, rows, features, ld, tile.assumingMemoryBound(to: Float.self))
    case (.float(let source), .double):
      copy(source, first, rows, features, ld, tile.assumingMemoryBound(to: Double.self))
    case (.double(let source), .float):
      copy(source, first, rows, features, ld, tile.assumingMemoryBound(to: Float.self))
    case (.double(let source), .double):
      copy(source, first, rows, features, ld, tile.assumingMemoryBound(to: Double.self))
    }
  }

  @inline(__always)
  private func copy<Source: BinaryFloatingPoint, Target: BinaryFloatingPoint>(
    _ source: UnsafePointer<Source>, _ first: Int, _ rows: Int, _ features: Int, _ ld: Int,
    _ tile: UnsafeMutablePointer<Target>
  ) {
    if features == 1, stride == 1, indices == nil, Source.self == Target.self {
      // A column is there already as it is wanted.
      let bytes = rows * MemoryLayout<Source>.stride
      return UnsafeMutableRawPointer(tile).copyMemory(from: source + first, byteCount: bytes)
    }
    for row in 0..<rows {
      let index = indices.map { Int($0[first + row]) } ?? first + row
      let from = source + index * stride
      for feature in 0..<features { tile[feature * ld + row] = Target(from[feature]) }
    }
  }
}

extension OutputView {
  /// Copies a tile's rows to rows `first` and on.
  func store(
    first: Int, rows: Int, features: Int, ld: Int, from tile: UnsafeRawPointer,
    _ precision: Precision
  ) {
    switch (self, precision) {
    case (.float(let target), .float):
      copy(tile.assumingMemoryBound(to: Float.self), first, rows, features, ld, target)
    case (.float(let target), .double):
      copy(tile.assumingMemoryBound(to: Double.self), first, rows, features, ld, target)
    case (.double(let target), .float):
      copy(tile.assumingMemoryBound(to: Float.self), first, rows, features, ld, target)
    case (.double(let target), .double):
      copy(tile.assumingMemoryBound(to: Double.self), first, rows, features, ld, target)
    }
  }

  @inline(__always)
  private func copy<Source: BinaryFloatingPoint, Target: BinaryFloatingPoint>(
    _ tile: UnsafePointer<Source>, _ first: Int, _ rows: Int, _ features: Int, _ ld: Int,
    _ target: UnsafeMutablePointer<Target>
  ) {
    if features == 1, Source.self == Target.self {
      let bytes = rows * MemoryLayout<Source>.stride
      return UnsafeMutableRawPointer(target + first).copyMemory(from: tile, byteCount: bytes)
    }
    for row in 0..<rows {
      let to = target + (first + row) * features
      for feature in 0..<features { to[feature] = Target(tile[feature * ld + row]) }
    }
  }
}
