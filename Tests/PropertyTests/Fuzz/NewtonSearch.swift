import Exact
import Foundation
import Symbolics

/// Newton's method on f(z) = x from many points, in numbers of 100 bits: brute force that knows no theorem.
struct NewtonSearch {
  private let problem: Problem
  private let formulas: [Expression]
  private let slopes: [[Expression]]
  private static let precision = 100
  private static let tolerance = 1e-13

  init(_ problem: Problem) {
    self.problem = problem
    formulas = problem.composedFormulas
    slopes = formulas.map { formula in problem.inputs.map { formula.derivative(by: $0) } }
  }

  /// A point of the domain, numbers with 6 digits after the point.
  func point(using draw: inout SplitMix64) -> [Double]? {
    for _ in 0..<20 {
      let scale = draw.pick([1.0, 3, 10])
      let point = problem.inputs.map { _ in
        (draw.normal() * scale * 1e6).rounded() / 1e6
      }
      if contains(point) { return point }
    }
    return nil
  }

  func contains(_ point: [Double]) -> Bool {
    problem.domain.membership(of: point.map { Expression(Rational(exactly: $0)!) }).holds(at: [:])
      == true
  }

  /// Whether points around belong to the domain, too: next to an open end a number may solve what no point does.
  private func isInside(_ point: [Double]) -> Bool {
    point.indices.allSatisfy { index in
      [-1e-9, 1e-9].allSatisfy { step in
        var other = point
        other[index] += step
        return contains(other)
      }
    }
  }

  /// f at a point; nil where it is not defined.
  func values(at point: [Double]) -> [Double]? { numbers(formulas, at: point) }

  private func numbers(_ formulas: [Expression], at point: [Double]) -> [Double]? {
    let at = Dictionary(
      uniqueKeysWithValues: zip(problem.inputs, point.map { Rational(exactly: $0)! }))
    let balls = formulas.map { $0.ball(at: at, precision: Self.precision) }
    return balls.allSatisfy { $0.isFinite } ? balls.map { $0.midpointDouble } : nil
  }

  /// A regular solution of f(z) = x near a start, if Newton's method ends there.
  func solution(of target: [Double], from start: [Double]) -> [Double]? {
    var z = start
    for _ in 0..<25 {
      guard let x = values(at: z), let slope = slope(at: z) else { return nil }
      let residual = zip(x, target).map { $0 - $1 }
      guard let step = Self.solved(slope, residual), step.allSatisfy(\.isFinite) else { return nil }
      let size = step.map(abs).max()!
      if size < 1e-11 * (1 + z.map(abs).max()!) {
        let isSolved = zip(residual, target).allSatisfy {
          abs($0) < Self.tolerance * (1 + abs($1))
        }
        return isSolved && isInside(z) ? z : nil
      }
      // A step is no longer than 3, so that poles are not jumped over too often.
      z = zip(z, step).map { $0 - $1 * min(1, 3 / size) }
    }
    return nil
  }

  private func slope(at point: [Double]) -> [[Double]]? {
    var rows: [[Double]] = []
    for row in slopes {
      guard let numbers = numbers(row, at: point) else { return nil }
      rows.append(numbers)
    }
    return rows
  }

  /// A⁻¹ b by elimination; nil for a matrix that is nearly singular.
  private static func solved(_ matrix: [[Double]], _ right: [Double]) -> [Double]? {
    var rows = zip(matrix, right).map { $0 + [$1] }
    let scale = matrix.joined().map(abs).max() ?? 0
    for column in matrix.indices {
      let pivot = rows.indices[column...].max { abs(rows[$0][column]) < abs(rows[$1][column]) }!
      guard abs(rows[pivot][column]) > 1e-7 * scale, scale > 1e-7 else { return nil }
      rows.swapAt(pivot, column)
      for row in rows.indices where row != column {
        let factor = rows[row][column] / rows[column][column]
        rows[row] = zip(rows[row], rows[column]).map { $0 - factor * $1 }
      }
    }
    return matrix.indices.map { rows[$0][matrix.count] / rows[$0][$0] }
  }
}

extension NewtonSearch {
  /// Two different points with one image.
  func collision(using draw: inout SplitMix64, tries: Int) -> String? {
    for _ in 0..<tries {
      guard let a = point(using: &draw), let start = point(using: &draw), let x = values(at: a),
        x.allSatisfy({ abs($0) < 1e6 }), let b = solution(of: x, from: start)
      else { continue }
      if zip(a, b).contains(where: { abs($0 - $1) > 1e-3 }) {
        return "\(a) and \(b) have one image"
      }
    }
    return nil
  }

  /// A preimage of a point.
  func preimage(of target: [Double], using draw: inout SplitMix64, tries: Int) -> String? {
    for _ in 0..<tries {
      guard let start = point(using: &draw) else { continue }
      if let z = solution(of: target, from: start) { return "\(z) goes to \(target)" }
    }
    return nil
  }
}
