public import Symbolics

/// z = f⁻¹(x) for a map whose unknowns are determined one after the other, each from the outputs and
/// the unknowns before it: by a formula, or by inverting a monotone formula numerically.
public struct TriangularInverse: Sendable {
  /// How one unknown is found.
  public enum Step: Sendable {
    /// variable = formula, in the outputs and the unknowns already found.
    case closedForm(variable: Symbol, formula: Expression)
    /// The variable with formula(variable) = output. `isIncreasing` is nil when the direction
    /// depends on the other symbols.
    case monotone(
      variable: Symbol, formula: Expression, derivative: Expression, domain: Interval,
      image: Interval, isIncreasing: Bool?, output: Symbol)

    /// The unknown that the step finds.
    public var variable: Symbol {
      switch self {
      case .closedForm(let variable, _): variable
      case .monotone(let variable, _, _, _, _, _, _): variable
      }
    }
  }

  private enum CompiledStep: Sendable {
    case closedForm(CompiledFormulas)
    case monotone(MonotoneInverse, output: Int)
  }

  private let steps: [CompiledStep]
  private let outputCount: Int
  /// For each variable, the step that finds it.
  private let positions: [Int]

  /// Compiles the steps, in the order in which they can be carried out.
  ///
  /// - Parameters:
  ///   - steps: how each variable follows from an output and the variables before it.
  ///   - outputs: x1 … xm, the order of the columns given.
  ///   - variables: z1 … zn, the order of the columns returned; each is found by one step.
  public init(steps: [Step], outputs: [Symbol], variables: [Symbol]) throws(EvaluationError) {
    outputCount = outputs.count
    var known = outputs
    var compiled: [CompiledStep] = []
    for step in steps {
      switch step {
      case .closedForm(let variable, let formula):
        compiled.append(.closedForm(try CompiledFormulas([formula], inputs: known)))
        known.append(variable)
      case .monotone(
        let variable, let formula, let derivative, let domain, let image, let isIncreasing,
        let output):
        let inverse = try MonotoneInverse(
          of: formula, in: variable, derivative: derivative, domain: domain, image: image,
          isIncreasing: isIncreasing, inputs: known)
        guard let position = outputs.firstIndex(of: output) else { throw .unboundSymbol(output) }
        compiled.append(.monotone(inverse, output: position))
        known.append(variable)
      }
    }
    self.steps = compiled
    positions = try variables.map { variable throws(EvaluationError) in
      guard let position = steps.firstIndex(where: { $0.variable == variable }) else {
        throw .unboundSymbol(variable)
      }
      return position
    }
  }

  /// The columns z1 … zn for the columns x1 … xm; NaN where x is outside the image.
  public func values(columns: [[Double]]) throws(EvaluationError) -> [[Double]] {
    precondition(
      columns.count == outputCount, "\(outputCount) columns expected, \(columns.count) given")
    var known = columns
    for step in steps {
      switch step {
      case .closedForm(let formula): known.append(try formula.values(columns: known)[0])
      case .monotone(let inverse, let output):
        known.append(try inverse.values(of: columns[output], columns: known))
      }
    }
    return positions.map { known[outputCount + $0] }
  }
}
