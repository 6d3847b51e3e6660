import Tensors

/// Numbers that a part learns, `[dims…]`, and that a context may change.
struct LearnedNumbers {
  /// What they are called in their part.
  let name: String
  /// Their extents.
  let dims: [Int]
  /// Their first values, whatever the context.
  let initial: Initial
  /// How far a context may change them, as in ``AffineTransform``.
  let bound: Double

  init(_ name: String, _ dims: [Int], _ initial: Initial = .constant(0), bound: Double = .infinity)
  {
    (self.name, self.dims, self.initial, self.bound) = (name, dims, initial, bound)
  }

  fileprivate var count: Int { dims.reduce(1, *) }
}

extension Scope {
  /// Learned numbers and, with a context, what a network adds to them: about nothing at first.
  ///
  /// - Parameters:
  ///   - numbers: what there is to learn.
  ///   - context: C; 0 for none.
  ///   - network: what computes changes from the context, all from one final layer.
  /// - Returns: a tensor for each, with rows where there is a context.
  func learned(_ numbers: [LearnedNumbers], context: Int, by network: any Network) -> [Tensor] {
    let own = numbers.map {
      $0.count == 0
        ? trace.constant([], $0.dims) : parameter($0.name, $0.dims, $0.initial)
    }
    guard let given = required(context) else { return own }
    let total = numbers.reduce(0) { $0 + $1.count }
    let changes = network.outputs(
      given, like: given, initial: Array(repeating: 0, count: total), child("network"))
    var start = 0
    return zip(own, numbers).map { own, numbers in
      let change = changes.slice(start..<start + numbers.count).reshaped(numbers.dims)
      start += numbers.count
      return own + (numbers.bound.isFinite ? change.softlyBounded(numbers.bound) : change)
    }
  }
}
