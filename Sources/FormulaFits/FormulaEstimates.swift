import Flows
import FormulaFlows
public import Learning
public import Symbolics

/// The parameters of a formula that was fitted, with their standard errors.
///
/// With the observed information H = -∂²L/∂u² in the unconstrained numbers u that the fit moves, the covariance of the
/// parameters a(u) is J H⁻¹ Jᵀ, J = ∂a/∂u (the delta method). At the maximum, where ∂L/∂u = 0, it is the inverse of
/// -∂²L/∂a² itself.
public struct FormulaEstimates: Sendable {
  /// One parameter.
  public struct Estimate: Hashable, Sendable {
    /// Its name
    public let symbol: Symbol
    /// Its value at the maximum
    public let value: Double
    /// The square root of its variance; nil where ``FormulaEstimates/remarks`` say why.
    public let standardError: Double?
  }

  /// The parameters in the order declared.
  public let estimates: [Estimate]
  /// Their covariance, row by row; nil where it is not known.
  public let covariance: [[Double]]?
  /// Σ w log p over the training rows
  public let logLikelihood: Double
  /// Why standard errors are not known: sentences.
  public let remarks: [String]

  /// The estimates of a model.
  ///
  /// - Parameter learned: a model.
  /// - Returns: nil for a model that is not that of a formula.
  public init?(_ learned: LearnedDistribution) {
    guard let flow = learned.architecture.formula?.flow, let maximum = learned.provenance.maximum,
      let bijector = flow.bijector as? FormulaBijector,
      // What comes after it leads to scaled columns.
      let values = bijector.values(in: learned.model.parameters, at: "bijector.0"),
      let slopes = bijector.slopes(in: learned.model.parameters, at: "bijector.0"),
      maximum.information?.count ?? slopes.count == slopes.count
    else { return nil }
    let symbols = bijector.learned.map(\.symbol)
    let covariance = maximum.covariance.map { Self.moved($0, by: slopes) }
    let edges = bijector.learned.enumerated().filter { index, parameter in
      guard let variance = covariance?[index][index] else { return false }
      return Self.isAtEdge(parameter, values, deviation: variance.squareRoot())
    }.map(\.offset)
    estimates = symbols.enumerated().map { index, symbol in
      let variance = edges.contains(index) ? nil : covariance?[index][index]
      return Estimate(
        symbol: symbol, value: values[symbol]!, standardError: variance?.squareRoot())
    }
    self.covariance = edges.isEmpty ? covariance : nil
    logLikelihood = maximum.logLikelihood
    remarks = Self.remarks(maximum, symbols, edges)
  }

  /// J C Jᵀ
  private static func moved(_ matrix: [[Double]], by slopes: [[Double]]) -> [[Double]] {
    func product(_ a: [Double], _ b: [Double]) -> Double {
      zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
    }
    return slopes.map { row in
      let left = matrix.map { product($0, row) }
      return slopes.map { product($0, left) }
    }
  }

  /// Whether an end of the interval is no farther away than the standard error: then the likelihood is no parabola there.
  private static func isAtEdge(
    _ parameter: LearnedParameter, _ values: [Symbol: Double], deviation: Double
  ) -> Bool {
    guard let value = values[parameter.symbol], let ends = parameter.ends(at: values) else {
      return false
    }
    return min(value - ends.lower, ends.upper - value) <= deviation
  }

  private static func remarks(
    _ maximum: LikelihoodMaximum, _ symbols: [Symbol], _ edges: [Int]
  ) -> [String] {
    func names(_ numbers: [Int]) -> String {
      numbers.map { symbols[$0].name }.joined(separator: ", ")
    }
    guard maximum.isReached, maximum.information != nil else {
      return [
        "the maximum of the likelihood was not reached, has no second derivatives, or is one of more than 200 "
          + "parameters: no standard errors"
      ]
    }
    if maximum.covariance == nil {
      return [
        "the data do not identify \(names(maximum.unidentified)): the likelihood stays the same when they change "
          + "together, so that the information is singular; fix some of them"
      ]
    }
    guard !edges.isEmpty else { return [] }
    return [
      "\(names(edges)) at an end of its interval, as far as the data tell: no standard error, and those of the others "
        + "hold only if it stays there"
    ]
  }
}
