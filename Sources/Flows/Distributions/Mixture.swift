public import Tensors

/// p(x | c) = Σₖ wₖ(c) pₖ(x | c), a mixture of any distributions, such as flows, with learned weights.
public struct Mixture: Distribution {
  /// p₁, p₂, …
  public let components: [any Distribution]
  /// C
  public let contextFeatures: Int
  /// What computes the weights from a context.
  public let network: any Network

  /// A mixture with equal weights at first.
  ///
  /// - Parameters:
  ///   - components: at least one, all on as many features.
  ///   - network: what computes the weights where components use a context; without one they are
  ///     learned as they are.
  public init(_ components: [any Distribution], network: any Network = Perceptron.standard) {
    require(!components.isEmpty, "a mixture needs a component")
    for component in components { component.requireSides() }
    require(
      components.allSatisfy { $0.features == components[0].features },
      "mixture: components of \(components.map(\.features)) features")
    self.components = components
    self.network = network
    contextFeatures = commonContext("mixture", components.map(\.contextFeatures))
  }

  /// D
  public var features: Int { components[0].features }
  /// The least intervals that hold those of all components
  public var support: [Interval] { commonSupport(components) }
  /// That of all components, and a uniform number that chooses one
  public var noise: NoiseCount {
    NoiseCount(components.map(\.noise) + [NoiseCount(uniforms: 1)])
  }

  /// log Σ exp(log wₖ + log pₖ)
  public func logDensity(_ x: Tensor, _ scope: Scope) -> Tensor {
    let logDensities = components.enumerated().map { number, component in
      component.checkedLogDensity(x, scope.child("\(number)")).reshaped(1)
    }
    return (Tensor.concatenated(logDensities) + logWeights(x, scope)).logSumExp()
  }

  /// A sample of the component in whose share of (0, 1) the uniform number lies
  public func sample(_ noise: Noise, _ scope: Scope) -> Tensor {
    let portions = noise.split(components.map(\.noise) + [NoiseCount(uniforms: 1)])
    let number = portions[components.count].uniforms!
    let isHere = chosenComponent(exp(logWeights(number, scope)), number)
    let samples = components.enumerated().map { index, component in
      component.checkedSample(portions[index], scope.child("\(index)"))
    }
    return chosenSample(samples, isHere)
  }

  /// `[B, K]`, or `[K]` without context
  private func logWeights(_ rows: Tensor, _ scope: Scope) -> Tensor {
    let count = components.count
    let raw = network.outputs(
      scope.required(contextFeatures), like: rows,
      initial: Array(repeating: 0, count: count), scope.child("weights"))
    return raw.logSoftmax()
  }
}

/// For each feature, the least interval that holds those of all components.
func commonSupport(_ components: [any Distribution]) -> [Interval] {
  let supports = components.map(\.support)
  return (0..<components[0].features).map { feature in
    let sides = supports.map { $0[feature] }
    return Interval(sides.map(\.lower).min()!, sides.map(\.upper).max()!)
  }
}

/// The samples of the components that ``chosenComponent(_:_:)`` says.
///
/// - Parameters:
///   - samples: those of each component, `[B, D]`.
///   - isHere: `[B, K]`
/// - Returns: `[B, D]`
func chosenSample(_ samples: [Tensor], _ isHere: Tensor) -> Tensor {
  let features = samples[0].shape.count
  return samples.indices.dropFirst().reduce(samples[0]) { found, index in
    Tensor.select(
      isHere.slice(index..<index + 1).repeated(features).reshaped(features), samples[index], found)
  }
}

/// 1 for the last component whose share of (0, 1) begins at or below the number, else 0.
///
/// - Parameters:
///   - weights: the shares, `[K]` or `[B, K]`.
///   - number: `[B, 1]`
/// - Returns: `[B, K]`
func chosenComponent(_ weights: Tensor, _ number: Tensor) -> Tensor {
  let components = weights.shape.count
  let one = weights.trace.constant([1], [1])
  guard components > 1 else { return one.spread(like: number) }
  let starts = weights.cumulativeSum() - weights
  let reached = starts.slice(1..<components) .<= number
  return Tensor.concatenated([one, reached]) - Tensor.concatenated([reached, one.zeros])
}
