public import Formats
public import Tensors

/// How near a model q is to its target p̃, from the weights w = p̃(x)/q(x) of draws x of q, and, for the integral, of
/// draws of a distribution with wider tails.
public struct TargetEvidence: Hashable, Sendable, Codable {
  /// What the target was made from
  public let text: String
  /// The number N of draws
  public let draws: Int
  /// The mean of log w, a lower bound of log ∫ p̃
  public let bound: Double
  /// The standard error of the bound
  public let boundError: Double
  /// The effective sample size (Σw)²/Σw², divided by N: 1 where q is p̃, normalised
  public let effectiveShare: Double
  /// An estimate of log ∫ p̃, the logarithm of the mean of weights
  public let logNormalizer: Double
  /// The standard error of the estimate
  public let logNormalizerError: Double

  /// What the weights of draws say.
  ///
  /// - Parameters:
  ///   - logWeights: log p̃(x)/q(x) of draws of q, at least two of them.
  ///   - mixture: log p̃(x)/r(x) of draws of any r, whose tails are better wide; -∞ where p̃ is 0.
  ///   - text: what the target was made from.
  /// - Returns: nil where one is not finite, as where p̃ is not defined.
  public init?(logWeights: [Double], ofMixture mixture: [Double], text: String) {
    guard logWeights.count > 1, mixture.count > 1, logWeights.allSatisfy(\.isFinite),
      mixture.allSatisfy({ $0 < .infinity }), mixture.contains(where: \.isFinite)
    else { return nil }
    let moments = Moments(of: logWeights)
    self.text = text
    draws = logWeights.count
    bound = moments.mean
    boundError = moments.deviation / Double(draws - 1).squareRoot()
    effectiveShare = Self.sums(logWeights).share
    let (logMean, share) = Self.sums(mixture)
    logNormalizer = logMean
    // The relative variance of a weight is 1/share - 1; the delta method for the logarithm of their mean.
    logNormalizerError = (max(0, 1 / share - 1) / Double(mixture.count - 1)).squareRoot()
  }

  /// log(Σw/N), and (Σw)²/(N Σw²)
  private static func sums(_ logWeights: [Double]) -> (logMean: Double, share: Double) {
    let count = Double(logWeights.count)
    let largest = logWeights.max() ?? 0
    let weights = logWeights.map { UnaryFunction.exponential.value($0 - largest) }
    let sum = weights.reduce(0, +)
    let share = sum * sum / (count * weights.reduce(0) { $0 + $1 * $1 })
    return (largest + UnaryFunction.logarithm.value(sum / count), share)
  }

  /// Whether a file may say so.
  var isSound: Bool {
    draws > 1 && text.utf8.count <= 1 << 16 && bound.isFinite && boundError.isFinite
      && effectiveShare > 0 && effectiveShare.isFinite && logNormalizer.isFinite
      && logNormalizerError.isFinite
  }
}

extension LearnedDistribution {
  /// log p̃(x) - log q(x) of rows, q being this model.
  ///
  /// - Parameters:
  ///   - table: has all columns of the target.
  ///   - target: p̃
  ///   - pool: the workers.
  /// - Returns: a number for each row.
  /// - Throws: ``LearningError`` for a missing column.
  public func logWeights(
    of table: Table, target: Target, pool: WorkerPool = WorkerPool()
  ) throws(LearningError) -> [Double] {
    let rows = try table.batch(of: columns)
    let logDensity = try TableScorer(self, pool: pool).logDensity(of: table)
    return zip(target.logDensity(of: rows, pool: pool), logDensity).map { $0 - $1 }
  }
}
