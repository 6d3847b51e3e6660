/// What is known of the likelihood L(θ) = Σ w log p(x) of the training rows at its maximum.
public struct LikelihoodMaximum: Hashable, Sendable, Codable {
  /// L, in nats, in the units of the data
  public let logLikelihood: Double
  /// The observed information -∂²L/∂θ², row by row, θ being the model's parameters in their order; nil where
  /// derivatives are not finite, or too many.
  public let information: [[Double]]?
  /// Whether θ is a maximum, up to 10⁻⁸ standard errors.
  public let isReached: Bool

  /// The inverse of the information; nil where it has none, because L is flat in some direction, or no maximum was
  /// reached.
  public var covariance: [[Double]]? {
    isReached ? information.flatMap { ScaledMatrix($0).inverse } : nil
  }

  /// The numbers of the parameters that take part in directions in which L does not fall.
  public var unidentified: [Int] { information.map { ScaledMatrix($0).flatCoordinates } ?? [] }

  /// The same in other units of the data, in which log p differs by a constant.
  func shifted(by constant: Double) -> LikelihoodMaximum {
    LikelihoodMaximum(
      logLikelihood: logLikelihood + constant, information: information, isReached: isReached)
  }

  /// Of more parameters the information would take too long, to find and to invert.
  static let mostParameters = 200

  /// Whether a file may say so.
  var isSound: Bool {
    guard let information else { return logLikelihood.isFinite }
    return logLikelihood.isFinite && information.count <= Self.mostParameters
      && information.allSatisfy { $0.count == information.count && $0.allSatisfy(\.isFinite) }
  }
}
