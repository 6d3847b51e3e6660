import Exact
import Symbolics
import Testing

@testable import Proofs

/// The map of a false claim in numbers of 400 bits, parameters at the values where the claim is false.
struct NumericMap {
  private let problem: Problem
  private let formulas: [Expression]
  private let parameters: [Symbol: Expression]
  private static let precision = 400
  /// Of central differences: their error is some 2^-200.
  private static let step = Expression(Rational(2).power(-100)!)
  /// Values of formulas of this size are exact to some 2^-300.
  static let tolerance = Rational(2).power(-200)!

  init(_ claim: FalseClaim) throws {
    problem = try parsed(claim.map)
    let values = try claim.parameters.map { (Symbol($0.key), try Formula.parse($0.value)) }
    parameters = Dictionary(uniqueKeysWithValues: values)
    formulas = problem.composedFormulas.map { [parameters] in $0.substituting(parameters) }
    let isAdmissible = problem.parameters.allSatisfy {
      $0.constraint.substituting(parameters).holds(at: [:]) == true
    }
    try #require(isAdmissible)
  }

  /// A point of the domain.
  func point(_ coordinates: [String]) throws -> [Expression] {
    let point = try coordinates.map { try Formula.parse($0) }
    try #require(contains(point))
    return point
  }

  private func contains(_ point: [Expression]) -> Bool {
    problem.domain.membership(of: point).substituting(parameters).holds(at: [:]) == true
  }

  /// f at a point.
  func values(at point: [Expression]) throws -> [Rational] {
    let at = Dictionary(uniqueKeysWithValues: zip(problem.inputs, point))
    return try formulas.map { try Self.number($0.substituting(at)) }
  }

  static func number(_ constant: Expression) throws -> Rational {
    try #require(constant.ball(precision: precision).midpoint)
  }

  /// det Df for one to three unknowns, by central differences.
  func determinant(at point: [Expression]) throws -> Rational {
    let columns = try point.indices.map { index in
      var (above, below) = (point, point)
      above[index] = point[index] + Self.step
      below[index] = point[index] - Self.step
      return zip(try values(at: above), try values(at: below)).map { $0 - $1 }
    }
    return Self.determinant(columns)
  }

  /// Up to a positive factor that is the same everywhere.
  private static func determinant(_ matrix: [[Rational]]) -> Rational {
    guard matrix.count > 1 else { return matrix[0][0] }
    return matrix.indices.reduce(Rational.zero) { sum, column in
      let rest = matrix.dropFirst().map { row in
        row.indices.filter { $0 != column }.map { row[$0] }
      }
      let term = matrix[0][column] * determinant(rest)
      return column.isMultiple(of: 2) ? sum + term : sum - term
    }
  }

  /// Whether a point of the codomain violates a condition that the values at a lattice of points satisfy.
  func misses(_ coordinates: [String], _ condition: String) throws -> Bool {
    let point = try coordinates.map { try Formula.parse($0) }
    try #require(problem.codomain.membership(of: point).holds(at: [:]) == true)
    let necessary = try Formula.parsePredicate(condition)
    func holds(_ values: [Expression]) -> Bool? {
      necessary.holds(at: Dictionary(uniqueKeysWithValues: zip(problem.outputs, values)))
    }
    let sides =
      [-7, -2, -1, 0, 1, 3].map { Rational($0, over: 2) }
      + [Rational(1, over: 7), Rational(6, over: 7)]
    let lattice = problem.inputs.reduce([[]]) { found, _ in
      found.flatMap { start in sides.map { start + [Expression($0)] } }
    }.filter(contains)
    try #require(!lattice.isEmpty)
    return holds(point) == false
      && lattice.allSatisfy { z in
        let at = Dictionary(uniqueKeysWithValues: zip(problem.inputs, z))
        return holds(formulas.map { $0.substituting(at) }) != false
      }
  }
}
