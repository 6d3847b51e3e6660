/// What is known of the likelihood L(θ) = Σ w log p(x) of the training rows at its maximum.
public struct LikelihoodMaximum: Hashable, Sendable, Codable {
  /// L, in nats, in the units of the data
  public let logLikelihood: Double
  /// The observed information -∂²L/∂θ², row by row, θ being the model's parameters in their order; nil where
  /// derivatives are not finite, or too many.
  public let information: [[Double]]?
  /// Whether θ is a maximum, up to 10⁻⁸ standard errors.
  public let isReached: Bool
  /// M = Σ w² s sᵀ, s being the gradient of log p of a row; nil where the rows have no weights, or more than
  /// ``information`` is not known.
  public var scoreSum: [[Double]]?

  /// H⁻¹, or, of rows with weights, H⁻¹ M H⁻¹ with M = ``scoreSum``, which holds whatever the weights mean and scales
  /// with (Huber 1967; White 1982); nil where the information H has no inverse, because L is flat in some direction, or
  /// no maximum was reached.
  public var covariance: [[Double]]? {
    guard isReached, let inverse = information.flatMap({ ScaledMatrix($0).inverse }) else {
      return nil
    }
    return scoreSum.map { Self.product(Self.product(inverse, $0), inverse) } ?? inverse
  }

  private static func product(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
    a.map { row in
      b[0].indices.map { j in row.indices.reduce(0) { $0 + row[$1] * b[$1][j] } }
    }
  }

  /// The numbers of the parameters that take part in directions in which L does not fall.
  public var unidentified: [Int] { information.map { ScaledMatrix($0).flatCoordinates } ?? [] }

  /// The same in other units of the data, in which log p differs by a constant.
  func shifted(by constant: Double) -> LikelihoodMaximum {
    LikelihoodMaximum(
      logLikelihood: logLikelihood + constant, information: information, isReached: isReached,
      scoreSum: scoreSum)
  }

  /// Of more parameters the information would take too long, to find and to invert.
  static let mostParameters = 200

  /// Whether a file may say so.
  var isSound: Bool {
    guard let information else { return logLikelihood.isFinite && scoreSum == nil }
    let count = information.count
    return logLikelihood.isFinite && count <= Self.mostParameters
      && [information, scoreSum ?? information].allSatisfy { matrix in
        matrix.count == count
          && matrix.allSatisfy { $0.count == count && $0.allSatisfy(\.isFinite) }
      }
  }
}
