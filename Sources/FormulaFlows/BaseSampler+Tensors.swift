import Densities
import Flows
import Tensors

/// The same draws as those of a column of numbers, as functions of noise, whose gradients can be taken.
extension BaseSampler {
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

extension CoordinateSampler {
  fileprivate var noise: NoiseCount {
    switch self {
    case .normal: NoiseCount(normals: 1)
    case .uniform, .logistic, .laplace, .exponential: NoiseCount(uniforms: 1)
    case .studentT: NoiseCount(uniforms: 2)
    case .beta:
      NoiseCount(normals: 2 * GammaSampler.normals, uniforms: 2 * GammaSampler.uniforms)
    }
  }

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
      return GammaSampler.shares(noise, trace.constant([a], [1]), trace.constant([b], [1]))
    }
  }
}
