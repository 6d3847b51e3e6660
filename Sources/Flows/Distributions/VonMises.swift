public import Tensors

/// p(x) = Π exp(k cos(x - m))/(2π I₀(k)) on the circle [-π, π], the von Mises distribution with learned m
/// and k for each feature; k begins at 1 and stays within e^±4. With a context both depend on it.
///
/// The uniform distribution on the circle is ``UniformBox/circle(_:)``. Samples are those of Best and
/// Fisher (1979), with twenty tries: with a chance below 10⁻⁹ none is accepted and the last one is
/// taken.
public struct VonMises: Distribution {
  /// D
  public let features: Int

  /// C
  public let contextFeatures: Int
  /// What computes m and k from a context.
  public let network: any Network

  /// On `features` angles.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - context: C; 0 for none.
  ///   - network: what computes m and k from the context.
  public init(_ features: Int, context: Int = 0, network: any Network = Perceptron.standard) {
    requireFeatures(features)
    self.features = features
    contextFeatures = context
    self.network = network
  }

  /// Acceptance has a chance of more than 65 % for every k.
  private static let tries = 20

  /// (-π, π)
  public var support: [Interval] { Array(repeating: Interval(-.pi, .pi), count: features) }
  /// Two uniform numbers for each try, and one for the side
  public var noise: NoiseCount { NoiseCount(uniforms: features * (2 * Self.tries + 1)) }

  /// Σ (-2k sin²((x - m)/2) + k - log I₀(k) - log 2π)
  public func logDensity(_ x: Tensor, _ scope: Scope) -> Tensor {
    let (m, k) = parameters(scope)
    let constant = k - k.map(.logBesselI0) - 2 * logOfRootTwoPi
    let within = (constant - 2 * k * square(sin(0.5 * (x - m)))).total()
    let isInside = abs(x) .<= .pi
    return Tensor.select(
      isInside.sum() .< Double(features), x.trace.constant(-.infinity), within)
  }

  /// m ± arccos f
  public func sample(_ noise: Noise, _ scope: Scope) -> Tensor {
    let (m, k) = parameters(scope)
    let proposal = Proposal(k)
    let uniforms = noise.uniforms!
    func portion(_ number: Int) -> Tensor {
      uniforms.slice(number * features..<(number + 1) * features)
    }
    // From the last try to the first, which is taken where it is accepted.
    var found: Tensor?
    for attempt in 0..<Self.tries {
      let z = cos(.pi * portion(2 * attempt))
      let isAccepted = proposal.accepts(z, k, portion(2 * attempt + 1))
      found = found.map { Tensor.select(isAccepted, z, $0) } ?? z
    }
    let angle = proposal.angle(found!)
    let isLeft = portion(2 * Self.tries) .< 0.5
    return (m + Tensor.select(isLeft, -angle, angle)).wrapped(.pi)
  }

  private func parameters(_ scope: Scope) -> (mean: Tensor, concentration: Tensor) {
    let learned = scope.learned(
      ["logConcentration", "mean"].map { LearnedNumbers($0, [features]) },
      context: contextFeatures, by: network)
    return (learned[1], exp(learned[0].softlyBounded(4)))
  }
}

/// The wrapped Cauchy distribution from which Best and Fisher propose cos x = f = (1 + r z)/(r + z), with
/// r = (1 + h²)/(2h), in forms that do not cancel for small k.
private struct Proposal {
  private let h: Tensor

  init(_ k: Tensor) {
    let t = 1 + sqrt(1 + 4 * square(k))
    h = 2 * k / (sqrt(t) * (sqrt(t) + 2.0.squareRoot()))
  }

  private var r: Tensor { (1 + square(h)) / (2 * h) }

  /// log c + 1 - c > log u with c = k (r - f)
  func accepts(_ z: Tensor, _ k: Tensor, _ u: Tensor) -> Tensor {
    let c = k * square((1 - square(h)) / (2 * h)) / (r + z)
    return log(u) .< log(c) + 1 - c
  }

  /// arccos f = 2 arcsin √((1 - f)/2), 1 - f = (r - 1)(1 - z)/(r + z)
  func angle(_ z: Tensor) -> Tensor {
    let excess = square(1 - h) / (2 * h) * (1 - z) / (r + z)
    return 2 * sqrt((0.5 * excess).clamped(0, 1)).map(.arcsine)
  }
}

extension UniformBox {
  /// p(x) = 1/(2π)ᴰ on D circles [-π, π].
  ///
  /// - Parameter features: D
  /// - Returns: a box with sides of 2π.
  public static func circle(_ features: Int) -> UniformBox {
    requireFeatures(features)
    return UniformBox(Array(repeating: Interval(-.pi, .pi), count: features))
  }
}
