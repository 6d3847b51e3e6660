import Certificates
public import Evaluation
import Symbolics

/// The z with f(z) = x for many rows in `Double`.
public struct NumericPreimages: Sendable {
  private enum Method: Sendable {
    /// Each gives a point z and, last, whether it is a preimage.
    case branches([CompiledFormulas])
    /// f⁻¹, computed numerically on the image.
    case inverse(NumericMap, image: CompiledFormulas)
  }

  private let method: Method

  /// Compiles the preimages that `density` sums over.
  ///
  /// - Throws: ``DensityError/incomplete(_:)`` when not all preimages are known,
  ///   ``DensityError/evaluation(_:)`` when a parameter has no value.
  public init(_ density: PushforwardDensity) throws(DensityError) {
    if case .incomplete(let reason) = density.preimages { throw .incomplete(reason) }
    do {
      method = try Self.method(for: density)
    } catch {
      throw .evaluation(error)
    }
  }

  private static func method(for density: PushforwardDensity) throws(EvaluationError) -> Method {
    let problem = density.problem
    if case .branches(let branches, _) = density.preimages {
      let codomain = problem.codomain.membership(of: problem.outputs.map { Expression($0) })
      return .branches(
        try branches.map { branch throws(EvaluationError) in
          let condition = Predicate.all([codomain, branch.condition])
          return try CompiledFormulas(
            branch.point + [.indicator(of: condition)], inputs: problem.outputs)
        })
    }
    return .inverse(
      try NumericMap(problem, verdict: density.verdict),
      image: try CompiledFormulas(
        [.indicator(of: density.imageCondition)], inputs: problem.outputs))
  }

  /// The preimages of every row, given as one column a coordinate of x; those that a formula which
  /// leaves the range of `Double` would give are left out.
  public func points(_ x: [[Double]]) throws(EvaluationError) -> [[[Double]]] {
    var found = [[[Double]]](repeating: [], count: x.rowCount)
    for columns in try candidates(x) {
      for row in found.indices where columns[columns.count - 1][row] == 1 {
        let point = columns.dropLast().map { $0[row] }
        if point.allSatisfy(\.isFinite) { found[row].append(point) }
      }
    }
    return found
  }

  private func candidates(_ x: [[Double]]) throws(EvaluationError) -> [[[Double]]] {
    switch method {
    case .branches(let branches):
      return try branches.map { branch throws(EvaluationError) in try branch.values(columns: x) }
    case .inverse(let map, let image):
      guard let z = try map.inverse(x) else { return [] }
      return [z + (try image.values(columns: x))]
    }
  }
}

extension PushforwardDensity {
  /// On x: it is a value of f, or in the codomain where the image is not known.
  var imageCondition: Predicate {
    verdict.image ?? problem.codomain.membership(of: problem.outputs.map { Expression($0) })
  }
}
