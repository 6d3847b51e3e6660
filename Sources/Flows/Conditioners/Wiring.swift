import Tensors

/// Which units of a network may see which: a unit of degree d sees units of degree d or less, an
/// output of degree d sees those of less than d. Without order all see all.
struct Wiring {
  /// The degrees of the inputs.
  let inputs: [Int]
  /// The degrees of the outputs.
  let outputs: [Int]
  /// The degrees that hidden units have; nil where every unit sees every other.
  private let hiddenDegrees: ClosedRange<Int>?

  /// Every output sees every input.
  static func dense(inputs: Int, outputs: Int) -> Wiring {
    Wiring(
      inputs: Array(repeating: 0, count: inputs), outputs: Array(repeating: 1, count: outputs),
      hiddenDegrees: nil)
  }

  /// Output i sees the features before its owner, and the context.
  ///
  /// - Parameters:
  ///   - features: D; the inputs are the features in order, then the context.
  ///   - context: C
  ///   - owners: for each output, the feature whose parameter it is.
  static func autoregressive(features: Int, context: Int, owners: [Int]) -> Wiring {
    // Degree 0 is the context's; a feature's degree is its number, counted from 1.
    Wiring(
      inputs: (0..<features).map { $0 + 1 } + Array(repeating: 0, count: context),
      outputs: owners.map { $0 + 1 },
      hiddenDegrees: (context > 0 ? 0 : 1)...max(context > 0 ? 0 : 1, features - 1))
  }

  /// The degrees of a hidden layer, ascending and as even as possible.
  func hidden(_ width: Int) -> [Int] {
    precondition(width >= 1, "a hidden layer of \(width) units")
    guard let hiddenDegrees else { return Array(repeating: 0, count: width) }
    return (0..<width).map { hiddenDegrees.lowerBound + $0 * hiddenDegrees.count / width }
  }

  /// W `[to, from]` and b `[to]` of a layer.
  func parameters(
    _ scope: Scope, _ name: String, from: [Int], to: [Int], gain: Double
  ) -> (weights: Tensor, bias: Tensor) {
    let bias = scope.parameter(name + ".bias", [to.count], .constant(0))
    let weights = weights(
      scope, name + ".weights", from: from, to: to, isStrict: false, gain: gain)
    return (weights, bias)
  }

  /// A matrix `[to, from]` that is to be masked; normal at first, with the variance
  /// gain²/(units seen).
  func weights(
    _ scope: Scope, _ name: String, from: [Int], to: [Int], isStrict: Bool, gain: Double
  ) -> Tensor {
    let seen = mask(from: from, to: to, isStrict: isStrict).reduce(0, +) / Double(to.count)
    return scope.parameter(
      name, [to.count, from.count], .normal(deviation: gain / max(1, seen).squareRoot()))
  }

  /// 1 where a unit may see another, else 0: `[to, from]`.
  func mask(from: [Int], to: [Int], isStrict: Bool) -> [Double] {
    to.flatMap { to in from.map { (isStrict ? $0 < to : $0 <= to) ? 1 : 0 } }
  }
}
