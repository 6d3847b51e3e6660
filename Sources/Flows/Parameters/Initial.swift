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
      require(
        values.count == count, "\(count) first values expected for a parameter, got \(values.count)"
      )
      return values
    case .normal(let deviation):
      return key.normals(count).map { deviation * $0 }
    }
  }
}

extension RandomKey {
  /// The key for a name: the same for the same name, whatever else there is.
  func named(_ name: String) -> RandomKey {
    // FNV-1a: the hash of the standard library changes from run to run.
    split(name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
  }
}
