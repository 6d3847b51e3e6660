import CKernels

/// A scalar type with a table of kernels.
protocol KernelScalar: BinaryFloatingPoint, BitwiseCopyable {
  static var format: Format { get }
}

extension Float: KernelScalar {
  static var format: Format { .float }
}

extension Double: KernelScalar {
  static var format: Format { .double }
}

/// The unit roundoff of a scalar type.
func roundoff<T: KernelScalar>(of type: T.Type) -> Double { Double(T.ulpOfOne) / 2 }

/// Numbers [features][ld] as kernels want them: ld a multiple of 16, aligned to 64 bytes.
final class Tile<T: KernelScalar> {
  let features: Int
  let rows: Int
  let ld: Int
  let start: UnsafeMutablePointer<T>

  init(features: Int, rows: Int, value: (Int, Int) -> Double = { _, _ in 0 }) {
    self.features = features
    self.rows = rows
    ld = (rows + 15) / 16 * 16
    start = UnsafeMutableRawPointer.allocate(
      byteCount: max(features * ld * MemoryLayout<T>.stride, 64), alignment: 64
    ).bindMemory(to: T.self, capacity: features * ld)
    for feature in 0..<features {
      for row in 0..<ld {
        start[feature * ld + row] = row < rows ? T(value(feature, row)) : 0
      }
    }
  }

  deinit { start.deallocate() }

  subscript(feature: Int, row: Int) -> Double { Double(start[feature * ld + row]) }
}

extension SplitMix64 {
  /// Uniform on (-size, size).
  mutating func symmetric(_ size: Double) -> Double {
    Double.random(in: -size...size, using: &self)
  }
}

/// The greater of two ratios of error to bound; infinite where one is NaN, which `max` may ignore.
func worse(_ a: Double, _ b: Double) -> Double { a.isNaN || b.isNaN ? .infinity : max(a, b) }
