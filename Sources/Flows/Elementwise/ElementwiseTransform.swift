public import Tensors

/// yᵢ = f(xᵢ; θᵢ): an increasing or decreasing function of one number, with parameters of its own
/// for each feature.
///
/// A transform is mathematics only. Its parameters come from outside: learned as they are by
/// ``Elementwise``, or computed by a network in ``Coupling``, ``Autoregressive`` and
/// ``Conditional``. They are unconstrained numbers of moderate size; every finite value of them is
/// allowed.
public protocol ElementwiseTransform: Sendable {
  /// P, the number of parameters of a feature.
  var parameterCount: Int { get }
  /// How the parameters lie in their tensor.
  var layout: ParameterLayout { get }
  /// The first values of a feature's parameters, the same for all features.
  var initialParameters: [Double] { get }
  /// Where x may lie.
  var domain: Interval { get }
  /// An interval that holds all images.
  var codomain: Interval { get }

  /// y = f(x; θ) and log|dy/dx|.
  ///
  /// - Parameters:
  ///   - x: points of the domain, `[B, D]`.
  ///   - parameters: θ, laid out as ``layout`` says, with or without rows.
  /// - Returns: y and the logarithms of the slopes, both `[B, D]`.
  func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage

  /// x = f⁻¹(y; θ) and log|dx/dy|.
  ///
  /// - Parameters:
  ///   - y: points of the image, `[B, D]`.
  ///   - parameters: θ, laid out as ``layout`` says, with or without rows.
  /// - Returns: x and the logarithms of the inverse's slopes, both `[B, D]`.
  func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage
}

/// How the parameters of an elementwise transform lie in their tensor.
public enum ParameterLayout: Hashable, Sendable {
  /// `[P, D]`: the first parameters of all features, then the second ones, …
  case byParameter
  /// `[D, P]`: all parameters of the first feature, then of the second one, …
  case byFeature

  /// The extents of the parameters' tensor.
  func dims(features: Int, parameters: Int) -> [Int] {
    switch self {
    case .byParameter: [parameters, features]
    case .byFeature: [features, parameters]
    }
  }

  /// For each number of the tensor, the feature that it belongs to.
  func owners(features: Int, parameters: Int) -> [Int] {
    Shape.requireSize([features, parameters], of: "a table of parameters")
    return (0..<features * parameters).map {
      switch self {
      case .byParameter: $0 % features
      case .byFeature: $0 / parameters
      }
    }
  }
}

/// Values of an elementwise transform with the logarithms of its slopes.
public struct ElementwiseImage {
  /// The images, `[B, D]`.
  public let value: Tensor
  /// log|slope| of the map that was applied: `[B, D]`, `[D]`, or one number `[]` for all features
  /// where it is 0.
  public let logSlope: Tensor

  /// Values and slopes of the same features.
  ///
  /// - Parameters:
  ///   - value: the images, `[B, D]`.
  ///   - logSlope: log|slope|, `[B, D]` or `[D]`, or the number 0.
  public init(_ value: Tensor, _ logSlope: Tensor) {
    // A number other than 0 would count once, however many features there are.
    require(
      logSlope.shape.dims == value.shape.dims
        || logSlope.shape.dims.isEmpty && logSlope.constantValues == [0],
      "log-slopes \(logSlope.shape) of values \(value.shape); they are one for each feature, or the number 0"
    )
    self.value = value
    self.logSlope = logSlope
  }
}

extension ElementwiseTransform {
  /// `[P, D]`
  public var layout: ParameterLayout { .byParameter }
  /// ℝ
  public var domain: Interval { .line }
  /// ℝ
  public var codomain: Interval { .line }
  /// 0
  public var initialParameters: [Double] { Array(repeating: 0, count: parameterCount) }

  /// f⁻¹ as a transform with the same parameters.
  public var inverted: any ElementwiseTransform { InverseTransform(self) }

  /// The first values of the parameters of all features.
  func initialTable(features: Int) -> [Double] {
    Shape.requireSize(
      layout.dims(features: features, parameters: parameterCount),
      of: "a table of parameters of \(type(of: self))")
    require(
      initialParameters.count == parameterCount,
      "\(parameterCount) first parameters expected, got \(initialParameters.count)")
    return switch layout {
    case .byParameter: initialParameters.flatMap { Array(repeating: $0, count: features) }
    case .byFeature: (0..<features).flatMap { _ in initialParameters }
    }
  }
}

/// x = f⁻¹(y; θ): a transform with its directions exchanged.
public struct InverseTransform: ElementwiseTransform {
  /// f
  public let original: any ElementwiseTransform

  /// f⁻¹
  ///
  /// - Parameter original: f
  public init(_ original: any ElementwiseTransform) { self.original = original }

  /// P of f
  public var parameterCount: Int { original.parameterCount }
  /// That of f
  public var layout: ParameterLayout { original.layout }
  /// Those of f
  public var initialParameters: [Double] { original.initialParameters }
  /// The codomain of f
  public var domain: Interval { original.codomain }
  /// The domain of f
  public var codomain: Interval { original.domain }
  /// f
  public var inverted: any ElementwiseTransform { original }

  /// f⁻¹(x; θ)
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    original.inverse(x, parameters)
  }

  /// f(y; θ)
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    original.forward(y, parameters)
  }
}

extension Tensor {
  /// Row `index` of a matrix `[P, D]`: one parameter of all features, `[D]`.
  func parameter(_ index: Int) -> Tensor { slice(index..<index + 1).reshaped(shape.last) }

  /// c tanh(x/c): about x where that is small, never beyond ±c. With it a network's output of any
  /// size leaves scales finite.
  func softlyBounded(_ c: Double) -> Tensor { c * tanh(self / c) }
}

extension Double {
  /// c artanh(x/c), what ``Tensor/softlyBounded(_:)`` takes to x.
  func beforeSoftBound(_ c: Double) -> Double { c * UnaryFunction.atanh.value(self / c) }
}
