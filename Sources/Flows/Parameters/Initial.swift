import Tensors

/// The first values of a parameter, before anything is learned.
public enum Initial: Hashable, Sendable {
  /// c everywhere
  case constant(Double)
  /// The given numbers in row-major order
  case values([Double])
  /// Independent normal numbers with mean 0
  case normal(deviation: Double)

  /// `count` numbers.
  ///
  /// - Parameters:
  ///   - count: the size of the parameter.
  ///   - key: where random ones come from; the same key gives the same numbers.
  /// - Returns: the numbers in row-major order.
  func numbers(_ count: Int, _ key: RandomKey) -> [Double] {
    switch self {
    case .constant(let value): return Array(repeating: value, count: count)
    case .values(let values):
      precondition(
        values.count == count, "\(count) first values expected for a parameter, got \(values.count)"
      )
      return values
    case .normal(let deviation):
      return key.normals(count).map { deviation * $0 }
    }
  }
}

extension RandomKey {
  /// The first `count` standard normal numbers of the key's sequence.
  func normals(_ count: Int, first: Int = 0) -> [Double] {
    Array(count: count) { normal(first: first, into: $0) }
  }

  /// The first `count` numbers of the key's sequence that are uniform on (0, 1).
  func uniforms(_ count: Int, first: Int = 0) -> [Double] {
    Array(count: count) { uniform(first: first, into: $0) }
  }

  /// The key for a name: the same for the same name, whatever else there is.
  func named(_ name: String) -> RandomKey {
    // FNV-1a: the hash of the standard library changes from run to run.
    split(name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
  }
}
