public import Symbolics

/// What a map does at one base point, exactly: f(z), and det Df(z) where f has a derivative.
public struct MapAtPoint: Sendable {
  /// The base point z.
  public let base: [Expression]
  /// x = f(z)
  public let image: [Expression]
  /// det Df(z); nil where f has no derivative or is not shown to have one, or where the dimension
  /// changes.
  public let determinant: Expression?
  /// Whether f has a derivative at z; nil when that is not known.
  public let isDifferentiable: Bool?

  /// Evaluates the map of `problem`.
  ///
  /// - Parameters:
  ///   - problem: the map.
  ///   - z: exact coordinates of a point of the domain; parameters may stay in them.
  ///   - determinant: det Df as a formula in z, if there is one.
  ///   - assumptions: what is known of the parameters.
  public init(
    of problem: Problem, at z: [Expression], determinant: Expression?,
    under assumptions: Assumptions
  ) throws(DensityError) {
    guard z.count == problem.inputs.count else {
      throw .pointDimension(found: z.count, expected: problem.inputs.count)
    }
    guard assumptions.decide(problem.domain.membership(of: z)) == true else {
      throw .outsideDomain(z)
    }
    let formulas = problem.composedFormulas
    let values = Dictionary(uniqueKeysWithValues: zip(problem.inputs, z))
    func value(_ formula: Expression) -> Expression {
      formula.substituting(values).simplified(under: assumptions)
    }
    base = z
    image = formulas.map(value)
    isDifferentiable = assumptions.isSmooth(formulas, determinant, at: values)
    self.determinant = isDifferentiable == true ? determinant.map(value) : nil
  }
}

extension Assumptions {
  /// Whether the formulas are differentiable at the point and their determinant gives the
  /// derivative's; nil when that is not known.
  func isSmooth(
    _ formulas: [Expression], _ determinant: Expression?, at values: [Symbol: Expression]
  ) -> Bool? {
    var isKnown = determinant.map { definedness($0, at: values) } ?? true
    if isKnown == false { return false }
    for kink in formulas.flatMap(\.kinks) {
      switch decide(kink.substituting(values)) {
      case true: return false
      case nil: isKnown = nil
      case false: continue
      }
    }
    return isKnown
  }

  /// Whether every operation of the formula is defined at the point; nil when that is not known.
  private func definedness(_ formula: Expression, at values: [Symbol: Expression]) -> Bool? {
    var isKnown = true
    for obligation in formula.definednessObligations(under: self) {
      switch decide(obligation.substituting(values)) {
      case false: return false
      case nil: isKnown = false
      case true: continue
      }
    }
    return isKnown ? true : nil
  }
}
