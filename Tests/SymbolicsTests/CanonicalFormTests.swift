import Exact
import Testing

@testable import Symbolics

@Suite("Canonical form")
struct CanonicalFormTests {
  let z = Expression.symbol("z")
  let y = Expression.symbol("y")

  @Test func likeTermsAreCollected() {
    #expect(z + z == 2 * z)
    #expect(z - z == 0)
    #expect(z + y == y + z)
    #expect(z * y * z == y * z.power(2))
    #expect(2 * z * .rational(1, 2) == z)
    #expect(z / z == 1)
  }

  @Test func exponentialsMerge() {
    #expect(Expression.exp(z) * .exp(-z) == 1)
    #expect(Expression.exp(z).power(3) == .exp(3 * z))
    #expect(Expression.exp(2 * .log(z) + y) == z.power(2) * .exp(y))
    #expect(Expression.log(.exp(z)) == z)
  }

  @Test func casesThatChangeNothingGo() {
    let isPositive = Predicate.compare(z, .greater, 0)
    let isNegative = Predicate.compare(z, .less, 0)
    #expect(Expression.piecewise([Branch(z, if: isPositive), Branch(z, if: .always)]) == z)
    // The second case goes; the first one differs from the last.
    let cases = Expression.piecewise([
      Branch(y, if: isPositive), Branch(z, if: isNegative), Branch(z, if: .always),
    ])
    #expect(cases == .piecewise([Branch(y, if: isPositive), Branch(z, if: .always)]))
    // An equal case before another one takes points from that one.
    let kept = Expression.piecewise([
      Branch(z, if: isPositive), Branch(y, if: .compare(y, .greater, 0)), Branch(z, if: .always),
    ])
    guard case .piecewise(let branches) = kept.form else {
      Issue.record("\(kept.text) has cases")
      return
    }
    #expect(branches.count == 3)
  }

  @Test func rootsAreReal() {
    #expect(Expression.cbrt(-8) == -2)
    #expect(Expression.cbrt(z).power(3) == z)
    #expect(Expression.cbrt(z.power(3)) == z)
    #expect(z.power(2).squareRoot == .abs(z))
    #expect(z.squareRoot.power(2) == z)
    #expect(Expression(8).squareRoot == 2 * Expression(2).squareRoot)
    #expect(Expression.rational(1, 2).squareRoot == .rational(1, 2) * Expression(2).squareRoot)
    #expect((-z).power(2) == z.power(2))
  }

  @Test func inversePairsThatAreNotIdentitiesStay() {
    #expect(Expression.call(.atan, [.call(.tan, [z])]) != z)
    #expect(Expression.call(.asin, [.call(.sin, [z])]) != z)
    #expect(Expression.call(.tan, [.call(.atan, [z])]) == z)
  }

  @Test func parity() {
    #expect(Expression.call(.sin, [-z]) == -Expression.call(.sin, [z]))
    #expect(Expression.call(.cosh, [-z - y]) == .call(.cosh, [z + y]))
    #expect(Expression.abs(-2 * z) == .abs(2 * z))
  }

  @Test func finiteSumsExpandAndPullFactorsOut() {
    let k = Symbol("k")
    let squares = Expression.finiteSum(Expression(k).power(2), over: k, from: 1, to: 4)
    #expect(squares == 30)
    let symbolic = Expression.finiteSum(y * Expression(k), over: k, from: 1, to: z)
    #expect(symbolic == y * .finiteSum(Expression(k), over: k, from: 1, to: z))
    #expect(symbolic.substituting(Symbol("z"), by: 3) == 6 * y)
    #expect(!symbolic.contains(k))
  }

  @Test func substitutionRenamesBoundIndices() {
    let k = Symbol("k")
    let sum = Expression.finiteSum(
      Expression(k) * z + z.power(2) * Expression(k).power(2), over: k, from: 1,
      to: .symbol("N"))
    let captured = sum.substituting(Symbol("z"), by: Expression(k))
    #expect(captured.contains(k))
    let direct = captured.substituting([k: 5, Symbol("N"): 3])
    #expect(direct == sum.substituting([Symbol("z"): 5, Symbol("N"): 3]))
  }
}
