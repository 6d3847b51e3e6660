import Certificates
import Exact
import Symbolics
import Testing

@testable import Densities

@Suite("Pushed points")
struct PushTests {
  @Test func symbolicNumberOfTerms() throws {
    let count = Expression.symbol("K")
    let (problem, verdict) = Examples.sigmoids(count)
    let pushed = try PushforwardDensity(problem, verdict: verdict).push([0])
    #expect(pushed.map.image[0].isIdentical(to: count / 2))
    let exact = try #require(pushed.density.exact)
    let expected = 8 / ((2 * Expression.pi).squareRoot * count * (count + 1))
    let known = Assumptions(parameters: problem.parameters)
    #expect(exact.isIdentical(to: expected, under: known))
    #expect(pushed.density.decimal(significantDigits: 6) == nil)
    #expect(!exact.text.contains("abs"))
  }

  @Test(arguments: [(1, "1.595769"), (2, "0.531923"), (3, "0.265962"), (7, "0.0569918")])
  func numbersOfTerms(count: Int, decimal: String) throws {
    let (problem, verdict) = Examples.sigmoids(Expression(Rational(count)))
    let pushed = try PushforwardDensity(problem, verdict: verdict).push([0])
    #expect(pushed.map.image == [.rational(count, 2)])
    let digits = decimal.filter(\.isNumber).drop { $0 == "0" }.count
    #expect(pushed.density.decimal(significantDigits: digits) == decimal)
  }

  @Test func thereAndBack() throws {
    let (problem, verdict) = Examples.cubeRoot()
    let density = try PushforwardDensity(problem, verdict: verdict)
    let pushed = try density.push([1, .rational(1, 2), 2])
    let again = try density.density(at: pushed.map.image)
    #expect(again.preimages[0].point == [1, .rational(1, 2), 2])
    let (a, b) = (try #require(pushed.density.exact), try #require(again.exact))
    #expect(ExactConstant.areEqual(a, b) == true)
  }

  @Test func pointsOutsideTheDomainAreRefused() throws {
    let z = Expression.symbol("z")
    let problem = Examples.problem(
      [.log(z)], inputs: 1, from: [.positive], base: .exponential(rate: [1]))
    let density = try PushforwardDensity(
      problem, verdict: Examples.bijective([.exp(.symbol("x"))]))
    #expect(throws: DensityError.outsideDomain([-1])) { try density.push([-1]) }
    #expect(try density.push([2]).density.exact == 2 * .exp(-2))
  }
}
