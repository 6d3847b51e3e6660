internal import CKernels

/// The key of a sequence of random numbers that depends on nothing else: element i of a key's
/// sequence is the same whenever, wherever and in whatever portions it is drawn.
///
/// The generator is Philox4x32-10 (Salmon, Moraes, Dror and Shaw, *Parallel random numbers: as easy
/// as 1, 2, 3*, 2011).
public struct RandomKey: Sendable, Hashable {
  let bits: UInt64

  /// The key of a seed.
  public init(seed: UInt64) { bits = seed }

  /// A key for another, independent sequence: the splitting of keys by a finaliser with full
  /// avalanche (the one of SplitMix64; Steele, Lea and Flood 2014).
  public func split(_ number: UInt64) -> RandomKey {
    var z = bits ^ (number &+ 1) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return RandomKey(seed: z ^ (z >> 31))
  }

  /// Elements `first` and on, uniform on (0, 1).
  public func uniform(first: Int = 0, into target: UnsafeMutableBufferPointer<Double>) {
    guard let start = target.baseAddress else { return }
    diffeo_run_uniform(.inUse(.double), bits, 0, UInt64(first), target.count, start)
  }

  /// Elements `first` and on, standard normal.
  public func normal(first: Int = 0, into target: UnsafeMutableBufferPointer<Double>) {
    guard let start = target.baseAddress else { return }
    diffeo_run_normal(.inUse(.double), bits, 0, UInt64(first), target.count, start)
  }

  /// Elements `first` and on, uniform on (0, 1).
  public func uniform(first: Int = 0, into target: UnsafeMutableBufferPointer<Float>) {
    guard let start = target.baseAddress else { return }
    diffeo_run_uniform(.inUse(.float), bits, 0, UInt64(first), target.count, start)
  }

  /// Elements `first` and on, standard normal.
  public func normal(first: Int = 0, into target: UnsafeMutableBufferPointer<Float>) {
    guard let start = target.baseAddress else { return }
    diffeo_run_normal(.inUse(.float), bits, 0, UInt64(first), target.count, start)
  }
}
