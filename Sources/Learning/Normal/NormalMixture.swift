import Flows
import Tensors

/// p(x) = Σₖ wₖ N(x; mₖ, Σₖ), a mixture of K normal distributions of D features with full covariances.
struct NormalMixture {
  /// One normal distribution and its weight.
  struct Component {
    /// log w
    var logWeight: Double
    /// m
    var mean: [Double]
    /// Σ, row after row
    var covariance: [Double]
    /// L with L Lᵀ = Σ
    let cholesky: Cholesky

    /// - Returns: nil where the covariance is singular.
    init?(logWeight: Double, mean: [Double], covariance: [Double]) {
      guard let factor = Cholesky(covariance, size: mean.count) else { return nil }
      self.logWeight = logWeight
      self.mean = mean
      self.covariance = covariance
      self.cholesky = factor
    }

    /// log w + log N(x; m, Σ) of each row.
    func logDensity(of rows: Batch) -> [Double] {
      let (size, lower) = (mean.count, cholesky.factor)
      let constant =
        logWeight - 0.5 * cholesky.logDeterminant - Double(size) * logRootTwoPi
      var residual = mean
      return (0..<rows.rows).map { row in
        var distance = 0.0
        // L⁻¹ (x - m), in place.
        for i in 0..<size {
          var value = rows.values[row * size + i] - mean[i]
          for k in 0..<i { value -= lower[i * size + k] * residual[k] }
          residual[i] = value / lower[i * (size + 1)]
          distance += residual[i] * residual[i]
        }
        return constant - 0.5 * distance
      }
    }
  }

  /// At least one
  var components: [Component]
  /// D
  var features: Int { components[0].mean.count }

  /// log p(x) of each row.
  func logDensity(of rows: Batch) -> [Double] {
    let parts = components.map { $0.logDensity(of: rows) }
    return (0..<rows.rows).map { row in parts.map { $0[row] }.logSumExp }
  }

  /// The mixture of some features.
  ///
  /// - Parameter features: their numbers, at least one.
  /// - Returns: nil where a covariance is singular by rounding.
  func marginal(_ features: [Int]) -> NormalMixture? {
    var parts: [Component] = []
    for part in components {
      guard
        let component = Component(
          logWeight: part.logWeight, mean: features.map { part.mean[$0] },
          covariance: part.block(features, features))
      else { return nil }
      parts.append(component)
    }
    return NormalMixture(components: parts)
  }

  /// The mixture of some features given others, the rest being integrated over: each normal is replaced by its conditional one, of mean
  /// m₁ + Σ₁₂ Σ₂₂⁻¹ (x₂ - m₂) and covariance Σ₁₁ - Σ₁₂ Σ₂₂⁻¹ Σ₂₁, and its weight by w N(x₂; m₂, Σ₂₂) over the sum
  /// of these.
  ///
  /// - Parameters:
  ///   - features: the numbers of x₁, at least one.
  ///   - known: the numbers of x₂, none of which is among `features`.
  ///   - values: x₂
  ///   - inflation: a factor of the covariances; 1 for the conditional distribution itself.
  /// - Returns: nil where a covariance is singular by rounding.
  func conditional(
    _ features: [Int], given known: [Int], _ values: [Double], inflation: Double = 1
  ) -> NormalMixture? {
    var parts: [Component] = []
    for part in components {
      guard let component = part.conditional(features, known, values, inflation) else { return nil }
      parts.append(component)
    }
    let total = parts.map(\.logWeight).logSumExp
    for index in parts.indices { parts[index].logWeight -= total }
    return NormalMixture(components: parts)
  }

  /// Samples, row after row; the first numbers of a longer sequence are those of a shorter one.
  func samples(_ count: Int, key: RandomKey) -> [Double] {
    let choices = key.split(0).uniforms(count)
    let normals = key.split(1).normals(count * features)
    return (0..<count).flatMap { row -> [Double] in
      var rest = choices[row]
      var chosen = components[components.count - 1]
      for part in components {
        rest -= UnaryFunction.exponential.value(part.logWeight)
        if rest < 0 {
          chosen = part
          break
        }
      }
      let noise = Array(normals[row * features..<(row + 1) * features])
      return zip(chosen.mean, chosen.cholesky.product(noise)).map { $0 + $1 }
    }
  }
}

/// ½ log 2π
let logRootTwoPi = 0.5 * UnaryFunction.logarithm.value(2 * Double.pi)

extension NormalMixture.Component {
  /// The covariances of some features with others, row after row.
  fileprivate func block(_ rows: [Int], _ columns: [Int]) -> [Double] {
    rows.flatMap { i in columns.map { covariance[i * mean.count + $0] } }
  }

  fileprivate func conditional(
    _ features: [Int], _ known: [Int], _ values: [Double], _ inflation: Double
  ) -> NormalMixture.Component? {
    guard !known.isEmpty else {
      return .init(
        logWeight: logWeight, mean: features.map { mean[$0] },
        covariance: block(features, features).map { inflation * $0 })
    }
    guard
      let given = NormalMixture.Component(
        logWeight: logWeight, mean: known.map { mean[$0] }, covariance: block(known, known))
    else { return nil }
    let residual = given.cholesky.solveLower(zip(values, given.mean).map { $0 - $1 })
    // Rows of Σ₁₂ L⁻ᵀ, of which products with themselves are Σ₁₂ Σ₂₂⁻¹ Σ₂₁.
    let rows = features.map { given.cholesky.solveLower(block([$0], known)) }
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    var covariance = block(features, features)
    for (i, a) in rows.enumerated() {
      for (j, b) in rows.enumerated() { covariance[i * features.count + j] -= dot(a, b) }
    }
    return .init(
      logWeight: given.logDensity(of: Batch(features: known.count, values))[0],
      mean: zip(features, rows).map { mean[$0] + dot($1, residual) },
      covariance: covariance.map { inflation * $0 })
  }
}

extension [Double] {
  /// log Σ eˣ, without overflow; -∞ for no numbers.
  var logSumExp: Double {
    guard let largest = self.max(), largest > -.infinity else { return -.infinity }
    guard largest < .infinity else { return largest }
    let sum = reduce(0) { $0 + UnaryFunction.exponential.value($1 - largest) }
    return largest + UnaryFunction.logarithm.value(sum)
  }
}
