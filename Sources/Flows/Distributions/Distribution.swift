public import Tensors

/// A probability density p on ℝᴰ, or on a box of it, that can be evaluated and sampled from.
///
/// It is a value without state, like a ``Bijector``: parameters are asked for in the ``Scope``.
public protocol Distribution: Sendable {
  /// D
  var features: Int { get }
  /// C, the number of features of the context that is used; 0 for none.
  var contextFeatures: Int { get }
  /// For each feature, an interval that holds all samples.
  var support: [Interval] { get }
  /// How much randomness a sample takes.
  var noise: NoiseCount { get }

  /// log p(x | c); -∞ outside of the support.
  ///
  /// - Parameters:
  ///   - x: points, `[B, D]`.
  ///   - scope: parameters and context.
  /// - Returns: `[B]`
  func logDensity(_ x: Tensor, _ scope: Scope) -> Tensor

  /// A sample for each row, as a differentiable function of noise and parameters.
  ///
  /// - Parameters:
  ///   - noise: as many numbers a row as ``noise-swift.property`` says.
  ///   - scope: parameters and context.
  /// - Returns: `[B, D]`
  func sample(_ noise: Noise, _ scope: Scope) -> Tensor
}

extension Distribution {
  /// No context.
  public var contextFeatures: Int { 0 }
  /// ℝ for each feature.
  public var support: [Interval] { Array(repeating: .line, count: features) }
}

/// The number of random numbers that a sample takes.
public struct NoiseCount: Hashable, Sendable {
  /// Standard normal ones
  public let normals: Int
  /// Those uniform on (0, 1)
  public let uniforms: Int

  /// So many of each kind.
  ///
  /// - Parameters:
  ///   - normals: standard normal numbers.
  ///   - uniforms: numbers uniform on (0, 1).
  public init(normals: Int = 0, uniforms: Int = 0) {
    require(
      normals >= 0 && uniforms >= 0,
      "a sample takes \(normals) normal and \(uniforms) uniform numbers; neither may be negative")
    self.normals = normals
    self.uniforms = uniforms
  }
}

/// Random numbers for a batch of samples.
public struct Noise {
  /// Standard normal numbers, `[B, normals]`.
  public let normals: Tensor?
  /// Numbers uniform on (0, 1), `[B, uniforms]`.
  public let uniforms: Tensor?

  /// The inputs of a program that samples: called `normals` and `uniforms`, as far as they are used.
  init(_ count: NoiseCount, in trace: Trace) {
    normals = count.normals > 0 ? trace.input("normals", features: count.normals) : nil
    uniforms = count.uniforms > 0 ? trace.input("uniforms", features: count.uniforms) : nil
  }
}
