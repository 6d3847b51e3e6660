import Exact
import Testing

@testable import Symbolics

@Suite("Witnesses, definedness and inclusion")
struct WitnessTests {
  static let z = Expression.symbol("z")
  static let line = Region.space([Symbol("z")])

  static func interval(_ lower: Endpoint, _ upper: Endpoint) -> Region {
    Region(coordinates: [Symbol("z")], intervals: [Interval(lower, upper)])
  }

  @Test func pointsAreInsideAndReadable() {
    let disc = Region(
      coordinates: [Symbol("z1"), Symbol("z2")], intervals: [.reals, .positive],
      where: .compare(
        Expression.symbol("z1").power(2) + Expression.symbol("z2").power(2), .less, 1))
    let points = WitnessSearch(in: disc).points(4)
    #expect(points.count == 4)
    #expect(points[0].point == [0, .rational(1, 2)])
    for witness in points { #expect(disc.membership(of: witness.point).holds(at: [:]) == true) }
    #expect(Set(points).count == 4)
    #expect(
      WitnessSearch(in: Self.interval(.open(5), .open(6))).points(1)[0].point == [.rational(11, 2)])
    #expect(WitnessSearch(in: Self.interval(.open(1), .open(0))).points(1).isEmpty)
  }

  @Test func parametersGetValues() {
    let parameters = Assumptions(parameters: [
      Parameter(Symbol("K"), in: Interval(.closed(2), .plusInfinity), isInteger: true)
    ])
    let region = Self.interval(.open(1), .open(.symbol("K")))
    let witness = WitnessSearch(in: region, under: parameters).points(1)[0]
    #expect(witness.parameters == [Symbol("K"): 2])
    #expect(witness.point == [.rational(3, 2)])
  }

  static func obligation(_ u: Expression, _ requirement: Obligation.Requirement) -> Obligation {
    Obligation(u, requirement, source: "test")
  }

  @Test func violationsAreExact() throws {
    func witness(_ obligation: Obligation, _ region: Region = Self.line) -> [Expression]? {
      if case .violated(let witness, _) = Definedness.check([obligation], over: region) {
        return witness.point
      }
      return nil
    }
    #expect(witness(Self.obligation(Self.z, .nonzero)) == [0])
    #expect(witness(Self.obligation(Self.z - 7, .nonzero)) == [7])
    #expect(witness(Self.obligation(.exp(Self.z) - 7, .nonzero)) == [.log(7)])
    #expect(witness(Self.obligation(Self.z.power(2) - 2, .nonzero)) != nil)
    #expect(witness(Self.obligation(Self.z, .positive)) == [0])
    #expect(witness(Self.obligation(Self.z, .cosineNonzero)) == [.rational(1, 2) * .pi])
    #expect(
      witness(
        Self.obligation(Self.z - .rational(3, 7), .nonnegative), Self.interval(.open(0), .open(1)))
        != nil)
  }

  @Test func definednessIsProven() {
    func holds(_ obligation: Obligation, _ region: Region = Self.line) -> Bool {
      if case .holds = Definedness.check([obligation], over: region) { return true }
      return false
    }
    #expect(holds(Self.obligation(1 + Self.z.power(2), .positive)))
    #expect(holds(Self.obligation(Self.z, .positive), Self.interval(.open(0), .plusInfinity)))
    #expect(!holds(Self.obligation(Self.z, .positive), Self.interval(.closed(0), .plusInfinity)))
    #expect(
      holds(
        Self.obligation(
          .call(.sigmoid, [Self.z]), .within(Interval(.open(0), .open(1))))))
    let guarded = Obligation(
      Self.z, .positive, if: .compare(Self.z, .greater, 1), source: "log(z)")
    #expect(holds(guarded))
    let indexed = Obligation(
      Expression.symbol("k") + Self.z.power(2), .positive, source: "log(k + z^2)",
      indices: [.init(Symbol("k"), from: 1, to: .symbol("K"))])
    #expect(holds(indexed))
  }

  @Test func mapsIntoTheCodomain() {
    let sigmoid = Expression.call(.sigmoid, [Self.z])
    let codomain = Region(
      coordinates: [Symbol("x")], intervals: [Interval(.open(0), .open(1))])
    func verdict(_ formula: Expression, _ codomain: Region = codomain) -> Inclusion {
      maps([formula], from: Self.line, into: codomain)
    }
    if case .holds = verdict(sigmoid) {} else { Issue.record("σ maps into (0, 1)") }
    if case .violated(let witness) = verdict(2 * sigmoid) {
      #expect(
        codomain.membership(of: [2 * Expression.call(.sigmoid, witness.point)]).holds(at: [:])
          == false)
    } else {
      Issue.record("2σ leaves (0, 1)")
    }
  }

  @Test func symbolicSumStaysBelowItsNumberOfTerms() {
    let k = Expression.symbol("k")
    let sum = Expression.finiteSum(
      .call(.sigmoid, [k * Self.z]), over: Symbol("k"), from: 1, to: .symbol("K"))
    let parameters = Assumptions(parameters: [
      Parameter(Symbol("K"), in: Interval(.closed(1), .plusInfinity), isInteger: true)
    ])
    func codomain(_ upper: Expression) -> Region {
      Region(coordinates: [Symbol("x")], intervals: [Interval(.open(0), .open(upper))])
    }
    let fits = maps([sum], from: Self.line, into: codomain(.symbol("K")), under: parameters)
    if case .holds = fits {} else { Issue.record("the sum lies in (0, K)") }
    let tight = maps([sum], from: Self.line, into: codomain(1), under: parameters)
    if case .violated(let witness) = tight {
      #expect(witness.parameters[Symbol("K")]?.rationalValue ?? 0 >= 2)
    } else {
      Issue.record("the sum leaves (0, 1)")
    }
  }
}
