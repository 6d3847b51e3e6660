import Evaluation
public import Flows
public import Symbolics
public import Tensors

/// log p̃(z) of a point as a formula, up to a constant: a problem whose last definition is `logdensity`.
///
///     z in R^2
///     logdensity = -z1^2/2 - (z2 - z1^2)^2
///
/// The map of such a problem, from ℝⁿ to ℝ, is the logarithm of the density itself; nothing has to be proven of it.
public struct FormulaDensity: Sendable {
  /// z1, z2, …
  public let coordinates: [Symbol]
  /// The interval of each coordinate
  public let domain: [Flows.Interval]
  private let formula: Expression

  /// What the definition is called.
  public static let name = "logdensity"

  /// The log-density that a problem defines.
  ///
  /// - Parameter problem: a problem with one output, called ``name``.
  /// - Returns: nil for a problem with other outputs.
  /// - Throws: ``FormulaFlowError`` for a parameter without a value, a domain that is no product of intervals, and a
  ///   formula that cannot be evaluated.
  public init?(_ problem: Problem) throws(FormulaFlowError) {
    guard problem.outputs.map(\.name) == [Self.name] else { return nil }
    if let parameter = problem.parameters.first {
      throw .parameterWithoutValue(parameter.symbol)
    }
    coordinates = problem.inputs
    domain = try problem.domain.box(of: problem.name)
    formula = problem.composedFormulas[0]
    do {
      _ = try value(at: Trace().input("z", features: problem.inputs.count))
    } catch {
      throw .evaluation(error)
    }
  }

  /// log p̃(z)
  ///
  /// - Parameter z: points of the domain, `[B, D]`.
  /// - Returns: `[B]`
  public func logDensity(_ z: Tensor) -> Tensor {
    do throws(EvaluationError) {
      return try value(at: z)
    } catch {
      preconditionFailure("\(formula.text): \(error)")
    }
  }

  private func value(at z: Tensor) throws(EvaluationError) -> Tensor {
    let columns = coordinates.enumerated().map { ($1, z.column($0)) }
    var compiler = FormulaCompiler(Dictionary(uniqueKeysWithValues: columns), in: z.trace)
    return try compiler.value(of: formula).spread(like: z)
  }
}
