internal import CKernels

/// The values of all parameters of a program, one after the other in one piece of memory.
public final class ParameterBuffer {
  /// The format of the values.
  public let precision: Precision
  /// The number of values.
  public let count: Int
  let memory: AlignedMemory
  /// How often the values have changed: what is derived from them holds as long as it stays the same.
  private(set) var version = 0

  /// To be called by whoever writes to `memory`.
  func markChanged() { version += 1 }

  /// `count` zeros.
  public init(count: Int, precision: Precision) {
    self.count = count
    self.precision = precision
    memory = AlignedMemory(byteCount: count * precision.bytes)
  }

  /// The given values.
  public convenience init(_ values: [Double], precision: Precision) {
    self.init(count: values.count, precision: precision)
    self.values = values
  }

  /// All values, as `Double`.
  public var values: [Double] {
    get {
      switch precision {
      case .float: (0..<count).map { Double(floats[$0]) }
      case .double: (0..<count).map { doubles[$0] }
      }
    }
    set {
      require(newValue.count == count, "\(count) values expected, got \(newValue.count)")
      markChanged()
      switch precision {
      case .float: for (i, value) in newValue.enumerated() { floats[i] = Float(value) }
      case .double: for (i, value) in newValue.enumerated() { doubles[i] = value }
      }
    }
  }

  /// Puts other values in the place of some, from number `start` on.
  ///
  /// - Parameters:
  ///   - start: the first one that is replaced.
  ///   - newValues: what takes their place.
  public func replace(from start: Int, with newValues: some Collection<Double>) {
    require(
      start >= 0 && start + newValues.count <= count,
      "values \(start)..<\(start + newValues.count) of \(count)")
    markChanged()
    for (i, value) in newValues.enumerated() {
      switch precision {
      case .float: floats[start + i] = Float(value)
      case .double: doubles[start + i] = value
      }
    }
  }

  /// v ← (1 - w) v + w u, u being the values of `other`.
  ///
  /// - Parameters:
  ///   - other: a buffer of the same size and format.
  ///   - weight: w
  public func move(toward other: ParameterBuffer, by weight: Double) {
    require(
      other.count == count && other.precision == precision,
      "\(count) \(precision) values expected, got \(other.count) \(other.precision)")
    markChanged()
    switch precision {
    case .float: add(Float(weight), of: other, to: Float(1 - weight))
    case .double: add(weight, of: other, to: 1 - weight)
    }
  }

  /// v ← rest v + share u, both factors in the format of the values.
  private func add<Scalar: BitwiseCopyable>(
    _ share: Scalar, of other: ParameterBuffer, to rest: Scalar
  ) {
    let kernels = diffeo_kernel_set.inUse(precision)
    var (share, rest) = (share, rest)
    diffeo_run_binary_scalar(
      kernels, Int32(BinaryFunction.multiply.kernel), count, memory.base, &rest, memory.base)
    diffeo_run_accumulate_scaled(kernels, count, 1, &share, other.memory.base, memory.base)
  }

  var floats: UnsafeMutablePointer<Float> { memory.base.assumingMemoryBound(to: Float.self) }
  var doubles: UnsafeMutablePointer<Double> { memory.base.assumingMemoryBound(to: Double.self) }
}
