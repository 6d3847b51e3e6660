import Flows
import Tensors

/// Draws z of the normal base N(0, I) of a flow, and some of a wider one, N(0, σ²I), as one mixture with the density
/// (1 - α) N(0, I) + α N(0, σ²I) (Hesterberg 1995; Owen and Zhou 2000).
///
/// A flow that is fitted by its own draws has tails too thin rather than too wide: weights of its own draws alone would
/// miss what lies beyond them, without a sign of it.
struct DefensiveDraws {
  /// z, the draws of the base first
  let points: Batch
  /// For each, the mixture's density divided by that of the base, as a logarithm
  let logRatios: [Double]

  /// How many draws are of the base, and how many of the wider one
  static let (own, wide) = (20_000, 5_000)

  /// - Parameters:
  ///   - features: D
  ///   - key: where randomness comes from.
  init(features: Int, key: RandomKey) {
    let dimension = Double(features)
    // |z| is about √D σ: a little more than √D + 1 in any dimension, and 2 for one.
    let variance = 1 + 3 / dimension.squareRoot()
    let deviation = variance.squareRoot()
    var values = key.normals((Self.own + Self.wide) * features)
    for index in Self.own * features..<values.count { values[index] *= deviation }
    let points = Batch(features: features, values)
    let share = Double(Self.wide) / Double(Self.own + Self.wide)
    let log = UnaryFunction.logarithm.value
    let logWide = log(share) - 0.5 * dimension * log(variance)
    logRatios = (0..<points.rows).map { row in
      let square = points[row].reduce(0) { $0 + $1 * $1 }
      let (a, b) = (log(1 - share), logWide + 0.5 * square * (1 - 1 / variance))
      let (low, high) = (min(a, b), max(a, b))
      return high + UnaryFunction.log1p.value(UnaryFunction.exponential.value(low - high))
    }
    self.points = points
  }
}
