import Evaluation
import Flows
import Symbolics
import Tensors

/// Draws from a stated base distribution as functions of noise: standard variables, moved and scaled.
struct BaseCoordinates: Sendable {
  /// One coordinate.
  fileprivate enum Coordinate: Sendable {
    case normal(mean: Double, deviation: Double)
    case uniform(lower: Double, upper: Double)
    case logistic(location: Double, scale: Double)
    case laplace(location: Double, scale: Double)
    case studentT(degrees: Double)
    case exponential(rate: Double)
    case beta(a: Double, b: Double)

    var noise: NoiseCount {
      switch self {
      case .normal: NoiseCount(normals: 1)
      case .uniform, .logistic, .laplace, .exponential: NoiseCount(uniforms: 1)
      case .studentT: NoiseCount(uniforms: 2)
      case .beta:
        NoiseCount(normals: 2 * GammaSampler.normals, uniforms: 2 * GammaSampler.uniforms)
      }
    }
  }

  private let coordinates: [Coordinate]
  /// The mean and the lower triangular factor that move independent standard normal numbers; nil for none.
  private let affine: (mean: [Double], factor: [[Double]])?

  /// - Parameter distribution: its parameters are numbers.
  init(_ distribution: BaseDistribution) throws(EvaluationError) {
    guard case .multivariateNormal(let mean, let covariance) = distribution, mean.count > 1 else {
      affine = nil
      coordinates = try (0..<distribution.dimension).map { k throws(EvaluationError) in
        try Self.coordinate(distribution, k)
      }
      return
    }
    coordinates = mean.map { _ in .normal(mean: 0, deviation: 1) }
    affine = (
      try Self.numbers(mean),
      Self.lowerFactor(
        try covariance.map { row throws(EvaluationError) in try Self.numbers(row) })
    )
  }

  private static func coordinate(
    _ distribution: BaseDistribution, _ k: Int
  ) throws(EvaluationError) -> Coordinate {
    switch distribution {
    case .normal(let mean, let deviation):
      let numbers = try numbers([mean[k], deviation[k]])
      return .normal(mean: numbers[0], deviation: numbers[1])
    case .multivariateNormal(let mean, let covariance):
      let numbers = try numbers([mean[k], covariance[k][k].squareRoot])
      return .normal(mean: numbers[0], deviation: numbers[1])
    case .uniform(let box):
      let numbers = try numbers([box[k].lower, box[k].upper].map { $0.value ?? .zero })
      return .uniform(lower: numbers[0], upper: numbers[1])
    case .logistic(let location, let scale):
      let numbers = try numbers([location[k], scale[k]])
      return .logistic(location: numbers[0], scale: numbers[1])
    case .laplace(let location, let scale):
      let numbers = try numbers([location[k], scale[k]])
      return .laplace(location: numbers[0], scale: numbers[1])
    case .studentT(let degrees): return .studentT(degrees: try numbers([degrees[k]])[0])
    case .exponential(let rate): return .exponential(rate: try numbers([rate[k]])[0])
    case .beta(let a, let b):
      let numbers = try numbers([a[k], b[k]])
      return .beta(a: numbers[0], b: numbers[1])
    case .independent(let parts): return try coordinate(parts[k], 0)
    }
  }

  private static func numbers(_ formulas: [Expression]) throws(EvaluationError) -> [Double] {
    try CompiledFormulas(formulas, inputs: []).values(at: [])
  }

  /// L with L Lᵀ = A, for a positive definite A.
  private static func lowerFactor(_ matrix: [[Double]]) -> [[Double]] {
    var factor = matrix
    for i in matrix.indices {
      for j in matrix.indices {
        guard j <= i else {
          factor[i][j] = 0
          continue
        }
        var value = matrix[i][j]
        for k in 0..<j { value -= factor[i][k] * factor[j][k] }
        factor[i][j] = i == j ? value.squareRoot() : value / factor[j][j]
      }
    }
    return factor
  }

  /// What all coordinates take.
  var noise: NoiseCount {
    NoiseCount(
      normals: coordinates.reduce(0) { $0 + $1.noise.normals },
      uniforms: coordinates.reduce(0) { $0 + $1.noise.uniforms })
  }

  /// `[B, D]`
  func sample(_ noise: Noise, _ trace: Trace) -> Tensor {
    let drawn = zip(coordinates, noise.split(coordinates.map(\.noise))).map { coordinate, noise in
      coordinate.sample(noise, trace)
    }
    guard let affine else { return Tensor.concatenated(drawn) }
    return Tensor.concatenated(
      affine.factor.indices.map { i in
        (0...i).reduce(trace.constant(affine.mean[i])) { $0 + affine.factor[i][$1] * drawn[$1] }
      })
  }
}

extension BaseCoordinates.Coordinate {
  /// `[B, 1]`
  fileprivate func sample(_ noise: Noise, _ trace: Trace) -> Tensor {
    switch self {
    case .normal(let mean, let deviation): return mean + deviation * noise.normals!
    case .uniform(let lower, let upper): return lower + (upper - lower) * noise.uniforms!
    case .logistic(let location, let scale):
      let u = noise.uniforms!
      return location + scale * (log(u) - log1p(-u))
    case .laplace(let location, let scale):
      let u = noise.uniforms!
      let isLow = u .< 0.5
      let size = log(2 * Tensor.select(isLow, u, 1 - u))
      return location + scale * Tensor.select(isLow, size, -size)
    case .studentT(let degrees):
      // √(n (u₁^(-2/n) - 1)) cos(2π u₂) (Bailey 1994)
      let (first, second) = (noise.uniforms!.slice(0..<1), noise.uniforms!.slice(1..<2))
      let radius = sqrt(degrees * expm1(-2 / degrees * log(first)))
      return radius * cos(2 * Double.pi * second)
    case .exponential(let rate): return -1 / rate * log(noise.uniforms!)
    case .beta(let a, let b):
      // g/(g + h) with gamma-distributed g and h
      let sampler = GammaSampler(noise, trace.constant([a, b], [2]))
      let logs = sampler.logSamples
      let x = sigmoid(logs.slice(0..<1) - logs.slice(1..<2))
      // Rounding must not lead out of the open interval.
      let above = Tensor.select(x .> 0, x, trace.constant(0x1p-120))
      return Tensor.select(x .< 1, above, trace.constant(1 - 0x1p-24))
    }
  }
}
