#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif
import Certificates
public import Evaluation
import Exact
import Symbolics
public import Tensors

/// log p2 over many rows in `Double`.
///
/// The logarithm is computed as a sum of logarithms, so that it does not underflow where p2 does. It
/// is -∞ outside of the support, and NaN where the density is not assigned or a coordinate is NaN.
/// Rows at which a formula leaves the range of `Double` are computed exactly, one by one.
public struct NumericDensity: Sendable {
  private enum Method: Sendable {
    /// The sum over the branches of p1(g(x))·|det Dg(x)|, off the critical values.
    case branches([CompiledBranch], critical: CompiledFormulas?)
    /// p1(z)/|det Df(z)| at z = f⁻¹(x), computed numerically.
    case inverse(NumericMap, base: CompiledFormulas, image: CompiledFormulas)
  }

  private let method: Method
  private let density: PushforwardDensity
  /// What all rows of a table that are computed exactly may spend together; those after it is spent
  /// are NaN.
  private static let exactEffort = 100_000

  /// Compiles the density.
  ///
  /// - Throws: ``DensityError/incomplete(_:)`` when not all preimages are known,
  ///   ``DensityError/evaluation(_:)`` when a parameter has no value.
  public init(_ density: PushforwardDensity) throws(DensityError) {
    if case .incomplete(let reason) = density.preimages { throw .incomplete(reason) }
    self.density = density
    do {
      method = try EffortLimit.within(PushforwardDensity.effort) { () throws(EvaluationError) in
        try Self.method(for: density)
      }
    } catch {
      throw .evaluation(error)
    }
  }

  private static func method(for density: PushforwardDensity) throws(EvaluationError) -> Method {
    let (inputs, outputs) = (density.problem.inputs, density.problem.outputs)
    if case .branches(let branches, let exceptional) = density.preimages {
      return .branches(
        try branches.map { branch throws(EvaluationError) in
          try CompiledBranch(branch, of: density)
        },
        critical: exceptional == .never
          ? nil : try CompiledFormulas([.indicator(of: exceptional)], inputs: outputs))
    }
    let support = density.base.support.membership(of: inputs.map { Expression($0) })
    return .inverse(
      try NumericMap(density.problem, verdict: density.verdict),
      base: try CompiledFormulas(
        [density.base.logDensity, .indicator(of: support)], inputs: inputs),
      image: try CompiledFormulas([.indicator(of: density.imageCondition)], inputs: outputs))
  }

  /// log p2 of every row, given as one column a coordinate of x.
  ///
  /// - Parameters:
  ///   - x: the rows.
  ///   - pool: threads that share the rows; the answer does not depend on how many there are.
  /// - Returns: one number a row.
  public func logDensity(
    _ x: [[Double]], on pool: WorkerPool? = nil
  ) throws(EvaluationError) -> [Double] {
    let numbers = try RowPieces.columns(rows: x.rowCount, on: pool) {
      rows throws(EvaluationError) in [try numericLogDensity(x.rows(rows))]
    }
    var result = numbers![0]
    // One thread after the other would spend the limit in an order of its own.
    EffortLimit.within(Self.exactEffort) {
      for row in result.indices where result[row] == .infinity && !EffortLimit.isSpent {
        let point = x.map { $0[row] }
        if point.allSatisfy(\.isFinite) { result[row] = exactLogDensity(point) }
      }
    }
    return result.map { $0 == .infinity ? .nan : $0 }
  }

  /// The logarithms, +∞ where a formula left the range of `Double` and nothing is known.
  private func numericLogDensity(_ x: [[Double]]) throws(EvaluationError) -> [Double] {
    switch method {
    case .branches(let branches, let critical):
      var total = [Double](repeating: -.infinity, count: x.rowCount)
      for branch in branches {
        let terms = try branch.logShare(x)
        for row in total.indices { total[row] = Self.logSum(total[row], terms[row]) }
      }
      guard let isCritical = try critical?.values(columns: x)[0] else { return total }
      return total.indices.map { isCritical[$0] == 1 ? .nan : total[$0] }
    case .inverse(let map, let base, let image):
      return try Self.logDensity(x, map, base: base, image: image)
    }
  }

  /// log p2 at one point by exact arithmetic; NaN where that does not settle it either.
  private func exactLogDensity(_ point: [Double]) -> Double {
    let coordinates = point.compactMap { Rational(exactly: $0).map { Expression($0) } }
    guard coordinates.count == point.count,
      let answer = try? density.density(at: coordinates)
    else { return .nan }
    return answer.exact?.isZero == true ? -.infinity : answer.logDensity ?? .nan
  }

  /// log(e^a + e^b)
  private static func logSum(_ a: Double, _ b: Double) -> Double {
    if a == -.infinity || b == .infinity { return b }
    if b == -.infinity || a == .infinity { return a }
    return max(a, b) + log1p(exp(-(a - b).magnitude))
  }

  private static func logDensity(
    _ x: [[Double]], _ map: NumericMap, base: CompiledFormulas, image: CompiledFormulas
  ) throws(EvaluationError) -> [Double] {
    let isValue = try image.values(columns: x)[0]
    guard let z = try map.inverse(x), let scale = try map.logAbsDet(z) else {
      return isValue.map { $0 == 0 ? -.infinity : .infinity }
    }
    let values = try base.values(columns: z)
    return isValue.indices.map { row in
      if isValue[row] == 0 || values[1][row] == 0 { return -.infinity }
      let logarithm = values[0][row] - scale[row]
      return isValue[row] == 1 && values[1][row] == 1 && logarithm.isFinite ? logarithm : .infinity
    }
  }
}

/// The share of one branch z = g(x), compiled in x.
struct CompiledBranch: Sendable {
  private let formulas: CompiledFormulas

  init(_ branch: PreimageBranch, of density: PushforwardDensity) throws(EvaluationError) {
    let problem = density.problem
    let condition = Predicate.all([branch.condition, branch.support])
    let inside = density.assumptions.adding(problem.codomain).adding(condition)
    let values = Dictionary(uniqueKeysWithValues: zip(problem.inputs, branch.point))
    let logarithm =
      density.base.logDensity.substituting(values)
      + logAbs(of: branch.inverseDeterminant, under: inside)
    formulas = try CompiledFormulas(
      [logarithm, .indicator(of: condition)], inputs: problem.outputs)
  }

  /// log(p1(g(x))·|det Dg(x)|), -∞ where g(x) is no preimage in the support, +∞ where a formula left
  /// the range of `Double`.
  func logShare(_ x: [[Double]]) throws(EvaluationError) -> [Double] {
    let values = try formulas.values(columns: x)
    return values[0].indices.map { row in
      let isInside = values[1][row]
      if isInside == 0 { return -.infinity }
      let logarithm = values[0][row]
      return isInside == 1 && logarithm.isFinite ? logarithm : .infinity
    }
  }
}

extension Expression {
  /// 1 where the predicate holds, 0 where it does not.
  static func indicator(of predicate: Predicate) -> Expression {
    .piecewise([Branch(.one, if: predicate), Branch(.zero, if: .always)])
  }
}
