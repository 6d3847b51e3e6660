import Certificates
import Exact
import Foundation
import Proofs
import Symbolics
import Testing

/// z ↦ A z + b, with numbers and with symbols.
@Suite("Random affine maps")
struct AffineTests {
  @Test("Bijective exactly when the determinant is not 0", arguments: Iterations.seeds(10))
  func numbers(seed: Int) throws {
    var draw = SplitMix64(seed: seed, stream: 21)
    let isSingular = draw.flip(0.4)
    let map = AffineMap.random(
      dimension: draw.integer(in: 1...6), isSingular: isSingular, using: &draw)
    let problem = try parsed(map.source)
    let verdict = Prover.verdict(for: problem)
    #expect(verdict.kind == (isSingular ? .notInjective : .bijective), "\(map.source)")
    #expect(verdict.checked == .accepted, "\(map.source)")
    if isSingular {
      #expect(verdict.surjective == .no, "\(map.source)")
      return
    }
    let point = (0..<map.dimension).map { _ in draw.coefficient() }
    let inverse = try #require(verdict.inverse)
    let image = zip(problem.outputs, map.values(at: point).map { Expression($0) })
    let back = inverse.map {
      $0.substituting(Dictionary(uniqueKeysWithValues: image)).rationalValue
    }
    #expect(back == point, "\(map.source)")
    let logarithm = try #require(verdict.logAbsDet)
    #expect(
      ExactConstant.areEqual(logarithm, .log(Expression(map.determinant.magnitude))) == true,
      "\(map.source): \(logarithm.text)")
  }

  @Test("All symbols: the condition is det A ≠ 0", arguments: Iterations.isThorough ? 2...4 : 2...3)
  func symbols(n: Int) throws {
    let problem = try parsed(
      """
      param A in R^(\(n)x\(n)), b in R^\(n)
      z in R^\(n)
      x = A z + b in R^\(n)
      """)
    let verdict = Prover.verdict(for: problem)
    #expect(verdict.kind == .conditional)
    #expect(verdict.kindIfTrue == .bijective)
    #expect(verdict.kindIfFalse == .notInjective)
    #expect(verdict.checked == .accepted)
    let condition = try #require(verdict.condition)
    let inverse = try #require(verdict.inverse)
    for seed in Iterations.seeds(8) {
      var draw = SplitMix64(seed: seed, stream: 22)
      let map = AffineMap.random(dimension: n, isSingular: seed % 2 == 1, using: &draw)
      // The parameters stand in the order A row by row, then b.
      let entries = (map.matrix.flatMap { $0 } + map.offset).map { Expression($0) }
      var values = Dictionary(uniqueKeysWithValues: zip(problem.parameters.map(\.symbol), entries))
      #expect(condition.holds(at: values) == !map.determinant.isZero, "\(map.matrix)")
      if map.determinant.isZero { continue }
      let point = (0..<n).map { _ in draw.coefficient() }
      for (output, value) in zip(problem.outputs, map.values(at: point)) {
        values[output] = Expression(value)
      }
      #expect(inverse.map { $0.substituting(values).rationalValue } == point, "\(map.matrix)")
    }
  }

  @Test(
    "One parameter in a mixed matrix: singular at its two roots", arguments: Iterations.seeds(6))
  func oneParameter(seed: Int) throws {
    var draw = SplitMix64(seed: seed, stream: 23)
    let (r, s, m) = (draw.coefficient(), draw.coefficient(), draw.coefficient())
    // Rows and columns of diag(a - r, a - s) mixed: det = (a - r)(a - s).
    let source = """
      param a
      z in R^2
      x = ((a - (\(r)))*z1 + (\(m))*(a - (\(r)))*z2, \
      (\(m))*(a - (\(r)))*z1 + ((\(m * m))*(a - (\(r))) + a - (\(s)))*z2)
      """
    let verdict = Prover.verdict(for: try parsed(source))
    #expect(verdict.kind == .conditional, "\(source)\n\(verdict.tried)")
    guard let condition = verdict.condition else { return }
    for value in [r, s, r + 1, s - 1, r + s, .zero, draw.coefficient()] {
      let holds = condition.holds(at: [Symbol("a"): Expression(value)])
      #expect(holds == (value != r && value != s), "\(source) at a = \(value)")
    }
  }
}
