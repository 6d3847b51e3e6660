import Flows
import FormulaFlows
public import Learning
public import Symbolics

/// The parameters of a formula that was fitted, with their standard errors.
///
/// With the observed information H = -∂²L/∂u² in the unconstrained numbers u that the fit moves, the covariance of the
/// parameters a(u) is J H⁻¹ Jᵀ, J = ∂a/∂u (the delta method). At the maximum, where ∂L/∂u = 0, it is the inverse of
/// -∂²L/∂a² itself. Of rows with weights w it is J H⁻¹ (Σ w² s sᵀ) H⁻¹ Jᵀ with the scores s = ∂ log p/∂u: weights are
/// no counts of rows, so that H alone would not say how sure a is.
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
  /// Whether the covariance is that of weighted rows.
  public let isRobust: Bool
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
    let unidentified = Set(maximum.isReached ? maximum.unidentified : Array(symbols.indices))
    let edges = bijector.learned.enumerated().filter { index, parameter in
      guard let variance = covariance?[index][index] else {
        return unidentified.contains(index) && Self.hasRunToEdge(parameter, values)
      }
      return Self.isAtEdge(parameter, values, deviation: variance.squareRoot())
    }.map(\.offset)
    estimates = bijector.learned.enumerated().map { index, parameter in
      let variance = edges.contains(index) ? nil : covariance?[index][index]
      return Estimate(
        symbol: parameter.symbol, value: Self.inside(parameter, values),
        standardError: variance?.squareRoot())
    }
    self.covariance = edges.isEmpty ? covariance : nil
    logLikelihood = maximum.logLikelihood
    isRobust = maximum.scoreSum != nil
    remarks = Self.remarks(maximum, symbols, edges)
  }

  /// The value; where rounding has led to an end of its open interval, the number next to it.
  private static func inside(_ parameter: LearnedParameter, _ values: [Symbol: Double]) -> Double {
    let value = values[parameter.symbol]!
    guard let ends = parameter.ends(at: values) else { return value }
    return min(max(value, ends.lower.nextUp), ends.upper.nextDown)
  }

  /// Whether the climb has led next to an end of the interval, where the likelihood stays the same whatever u is.
  private static func hasRunToEdge(
    _ parameter: LearnedParameter, _ values: [Symbol: Double]
  ) -> Bool {
    guard let value = values[parameter.symbol], let ends = parameter.ends(at: values) else {
      return false
    }
    let first = parameter.firstValue
    let distances = [
      (value - ends.lower, first - ends.lower), (ends.upper - value, ends.upper - first),
    ]
    return distances.contains { $0.isFinite && $0 <= 1e-6 * $1 }
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
    let isFound = maximum.isReached && maximum.information != nil
    guard isFound || !edges.isEmpty else {
      return [
        "the maximum of the likelihood was not reached, has no second derivatives, or is one of more than 200 "
          + "parameters: no standard errors"
      ]
    }
    var remarks: [String] = []
    if !edges.isEmpty {
      let isKnown = maximum.covariance != nil
      remarks.append(
        "\(names(edges)) at an end of its interval, as far as the data tell: no standard error"
          + (isKnown
            ? ", and those of the others hold only if it stays there"
            : "s; give it a value, or a wider interval"))
    }
    let flat = maximum.unidentified.filter { !edges.contains($0) }
    if isFound, maximum.covariance == nil, !flat.isEmpty || edges.isEmpty {
      remarks.append(
        "the data do not identify \(names(flat)): the likelihood stays the same when they change "
          + "together, so that the information is singular; fix some of them")
    }
    return remarks
  }
}
