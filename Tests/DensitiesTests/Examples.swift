import Certificates
import Exact
import Symbolics

/// Problems built by hand, with verdicts stated rather than proven: these tests are about densities.
enum Examples {
  static let z = (1...8).map { Expression.symbol("z\($0)") }
  static let x = (1...8).map { Expression.symbol("x\($0)") }

  /// R^n → R^m with the given formulas.
  static func problem(
    _ formulas: [Expression], inputs: Int, from domain: [Interval]? = nil,
    onto codomain: [Interval]? = nil, parameters: [Parameter] = [], base: BaseDistribution
  ) -> Problem {
    let zs = inputs == 1 ? [Symbol("z")] : (1...inputs).map { Symbol("z\($0)") }
    let xs = formulas.count == 1 ? [Symbol("x")] : formulas.indices.map { Symbol("x\($0 + 1)") }
    let reals = { (count: Int) in [Interval](repeating: .reals, count: count) }
    return Problem(
      name: "example", parameters: parameters,
      domain: Region(coordinates: zs, intervals: domain ?? reals(inputs)),
      stages: [
        Stage(
          inputs: zs, formulas: formulas, source: formulas.map(\.text),
          codomain: Region(coordinates: xs, intervals: codomain ?? reals(formulas.count)),
          isCodomainStated: codomain != nil, obligations: [])
      ], base: base)
  }

  /// The verdict "bijective" with the given inverse.
  static func bijective(_ inverse: [Expression]?) -> Verdict {
    var verdict = Verdict(kind: .bijective, injective: .yes, surjective: .yes, strategy: "stated")
    verdict.inverse = inverse
    return verdict
  }

  static func standardNormal(_ n: Int) -> BaseDistribution {
    .normal(
      mean: [Expression](repeating: 0, count: n), deviation: [Expression](repeating: 1, count: n))
  }

  static func box(_ lower: Expression, _ upper: Expression, _ n: Int) -> BaseDistribution {
    .uniform([Interval](repeating: Interval(.closed(lower), .closed(upper)), count: n))
  }

  /// x = (z1, e^z1 z2, cbrt(e^-z1 z3 + z1²)), z uniform on [0, 2]³.
  static func cubeRoot() -> (Problem, Verdict) {
    let formulas: [Expression] = [
      z[0], .exp(z[0]) * z[1], .cbrt(.exp(-z[0]) * z[2] + z[0].power(2)),
    ]
    var verdict = bijective([
      x[0], x[1] * .exp(-x[0]), (x[2].power(3) - x[0].power(2)) * .exp(x[0]),
    ])
    verdict.regularity = .bijectionNotSmooth(
      Verdict.SingularSet(
        points: .compare(.exp(-z[0]) * z[2] + z[0].power(2), .equal, .zero), failure: .map))
    return (problem(formulas, inputs: 3, base: box(0, 2, 3)), verdict)
  }

  /// x = Σ σ(k z), k = 1…K, onto (0, K), z standard normal; K symbolic or a number.
  static func sigmoids(_ count: Expression) -> (Problem, Verdict) {
    let (z, k) = (Expression.symbol("z"), Symbol("k"))
    let formula = Expression.finiteSum(
      .call(.sigmoid, [Expression(k) * z]), over: k, from: 1, to: count)
    let parameters =
      count.symbolValue.map {
        [Parameter($0, in: Interval(.closed(1), .plusInfinity), isInteger: true)]
      } ?? []
    let image = Interval(.open(0), .open(count))
    let problem = problem(
      [formula], inputs: 1, onto: [image], parameters: parameters, base: standardNormal(1))
    var verdict = bijective(nil)
    verdict.certificate = .triangular(
      TriangularEvidence(
        steps: [monotoneStep(formula, onto: image)], image: problem.codomain))
    return (problem, verdict)
  }

  /// x = g(z) determines z, g increasing on R.
  static func monotoneStep(_ formula: Expression, onto image: Interval) -> EliminationStep {
    EliminationStep(
      output: Symbol("x"), variable: Symbol("z"), equation: formula,
      map: ScalarBijection(
        variable: Symbol("z"), formula: formula, domain: .reals, image: image,
        solvable: image.membership(of: .symbol("y")), direction: .increasing, inverse: nil,
        value: Symbol("y"),
        justification: .monotone(derivative: formula.derivative(by: Symbol("z")))),
      isSubstituted: false)
  }
}
