public import Tensors

/// p(x | c) = 1/K Σₖ pₖ(x | c), the mean of densities that were learned one by one.
///
/// Unlike those of a ``Mixture``, the weights are equal and stay so: an ensemble has no parameters besides its members'.
public struct Ensemble: Distribution {
  /// p₁, p₂, …
  public let members: [any Distribution]
  /// C
  public let contextFeatures: Int

  /// The mean of densities.
  ///
  /// - Parameter members: at least one, all on as many features.
  public init(_ members: [any Distribution]) {
    require(!members.isEmpty, "an ensemble needs a member")
    for member in members { member.requireSides() }
    require(
      members.allSatisfy { $0.features == members[0].features },
      "ensemble: members of \(members.map(\.features)) features")
    self.members = members
    contextFeatures = commonContext("ensemble", members.map(\.contextFeatures))
  }

  /// D
  public var features: Int { members[0].features }
  /// The least intervals that hold those of all members
  public var support: [Interval] { commonSupport(members) }
  /// That of all members, and a uniform number that chooses one
  public var noise: NoiseCount {
    NoiseCount(members.map(\.noise) + [NoiseCount(uniforms: 1)])
  }

  /// log Σ exp(log pₖ) - log K
  public func logDensity(_ x: Tensor, _ scope: Scope) -> Tensor {
    let logDensities = members.enumerated().map { number, member in
      member.checkedLogDensity(x, scope.child("\(number)")).reshaped(1)
    }
    let count = UnaryFunction.logarithm.value(Double(members.count))
    return Tensor.concatenated(logDensities).logSumExp() - count
  }

  /// A sample of the member in whose K-th part of (0, 1) the uniform number lies
  public func sample(_ noise: Noise, _ scope: Scope) -> Tensor {
    let portions = noise.split(members.map(\.noise) + [NoiseCount(uniforms: 1)])
    let number = portions[members.count].uniforms!
    let share = 1 / Double(members.count)
    let weights = number.trace.constant(
      Array(repeating: share, count: members.count), [members.count])
    let isHere = chosenComponent(weights, number)
    let samples = members.enumerated().map { index, member in
      member.checkedSample(portions[index], scope.child("\(index)"))
    }
    return chosenSample(samples, isHere)
  }
}
