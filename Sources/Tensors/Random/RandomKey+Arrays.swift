internal import CKernels

/// Numbers of distributions without parameters to fit, each the published function of the key's
/// uniform numbers, computed by the kernels.
extension RandomKey {
  /// Elements `first` and on, uniform on (0, 1).
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - first: the number of the first.
  public func uniforms(_ count: Int, first: Int = 0) -> [Double] {
    Array(count: count) { uniform(first: first, into: $0) }
  }

  /// Elements `first` and on, standard normal.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - first: the number of the first.
  public func normals(_ count: Int, first: Int = 0) -> [Double] {
    Array(count: count) { normal(first: first, into: $0) }
  }

  /// -log u, exponential with rate 1: elements `first` and on.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - first: the number of the first.
  public func exponentials(_ count: Int, first: Int = 0) -> [Double] {
    var values = uniforms(count, first: first)
    values.apply(.logarithm)
    values.apply(.negate)
    return values
  }

  /// log u - log(1 - u), standard logistic: elements `first` and on.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - first: the number of the first.
  public func logistics(_ count: Int, first: Int = 0) -> [Double] {
    var logarithms = uniforms(count, first: first)
    var complements = logarithms.map { -$0 }
    logarithms.apply(.logarithm)
    complements.apply(.log1p)
    return zip(logarithms, complements).map { $0 - $1 }
  }

  /// -s log(1 - |v|) with v = 2u - 1 and its sign s, standard Laplace: elements `first` and on.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - first: the number of the first.
  public func laplaces(_ count: Int, first: Int = 0) -> [Double] {
    let sides = uniforms(count, first: first).map { 2 * $0 - 1 }
    var sizes = sides.map { -$0.magnitude }
    sizes.apply(.log1p)
    return zip(sides, sizes).map { Double(signOf: $0, magnitudeOf: $1) }
  }

  /// √(ν (u^(-2/ν) - 1)) cos 2πv, Student's t with ν degrees of freedom: elements `first` and on.
  ///
  /// Source: R. W. Bailey, "Polar generation of random variates with the t-distribution",
  /// Mathematics of Computation 62, 1994.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - first: the number of the first.
  ///   - degrees: ν > 0
  public func students(_ count: Int, first: Int = 0, degreesOfFreedom degrees: Double) -> [Double] {
    var radii = split(0).uniforms(count, first: first)
    radii.apply(.logarithm)
    radii = radii.map { -2 / degrees * $0 }
    radii.apply(.expm1)
    radii = radii.map { degrees * $0 }
    radii.apply(.squareRoot)
    var angles = split(1).uniforms(count, first: first).map { 2 * Double.pi * $0 }
    angles.apply(.cosine)
    return zip(radii, angles).map { $0 * $1 }
  }
}

extension RandomKey {
  /// 0 to n - 1 in random order, each order equally likely: Fisher and Yates's shuffle of the first n uniform
  /// numbers.
  ///
  /// - Parameter count: n
  /// - Returns: a permutation.
  public func permutation(of count: Int) -> [Int] {
    var order = Array(0..<count)
    let numbers = uniforms(count)
    for last in order.indices.reversed() {
      order.swapAt(last, min(last, Int(numbers[last] * Double(last + 1))))
    }
    return order
  }
}

extension Array where Element: BinaryFloatingPoint {
  /// `count` numbers that `fill` writes.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - fill: is given room for them.
  package init(count: Int, fill: (UnsafeMutableBufferPointer<Element>) -> Void) {
    // The standard library writes to the one empty array that all threads share.
    guard count > 0 else {
      self = []
      return
    }
    self.init(unsafeUninitializedCapacity: count) { buffer, filled in
      fill(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
      filled = count
    }
  }
}

extension [Double] {
  /// f of every number, in place; f has a kernel.
  fileprivate mutating func apply(_ function: UnaryFunction) {
    guard let kernel = function.kernel else {
      preconditionFailure("\(function) is computed number by number")
    }
    withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      diffeo_run_unary(.inUse(.double), Int32(kernel), buffer.count, start, start)
    }
  }
}
