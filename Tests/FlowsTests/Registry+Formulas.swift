import FormulaFlows
import Proofs
import Symbolics

@testable import Flows

/// Formulas that are proven to be bijections, for the laws of all bijectors.
extension Registry {
  static let formulas: [BijectorCase] = closedForms + numericInverses + sets

  private static let closedForms: [BijectorCase] = [
    formula(
      "sheet, problem 1", isOntoLine: false, reach: 4,
      "z in R^3; x = (2 z1, exp(z1) z2, exp(-z1 - z2) z3) in R^3"),
    formula(
      "sheet, problem 3, with numbers",
      "learn b in R^2; z in R^2; x = (2 z1 + z2 + b1, z1 - 3 z2 + b2) in R^2"),
    formula(
      "sheet, problem 4", isOntoLine: false, reach: 4,
      "z in R^3; x = (z1, exp(z1) z2, cbrt(exp(-z1) z3 + z1^2)) in R^3"),
    formula(
      "triangular affine",
      "learn a > 0, c; learn d < 0; z in R^2; x = (a z1, c z1 + d z2) in R^2"),
    formula(
      "sinh", isOntoLine: false, "learn m; learn s > 0; z in R; x = m + s sinh(z) in R"),
    formula(
      "sinh-arcsinh", "learn c; learn d in (1/2, 2); z in R; x = sinh(d asinh(z) + c) in R"),
    formula(
      "cases with a kink of the slope",
      "z in R; x = piecewise(2 (sqrt(z + 1) - 1) if z >= 0, -2/3 ((1 - z)^(3/2) - 1) otherwise) in R"
    ),
  ]

  private static let numericInverses: [BijectorCase] = [
    formula(
      "sheet, problem 5, K = 3", isOntoLine: false,
      "z in R; x = sum(k in 1..3, sigmoid(k z)) in (0, 3)"),
    formula("a wave on a line", "learn a in (-1, 1); z in R; x = z + a sin(z) in R"),
    formula(
      "a falling quintic", isOntoLine: false,
      "learn a > 0, b > 0; z in R; x = -a z - b z^5 in R"),
    formula(
      "triangular in three dimensions", isOntoLine: false,
      """
      learn a > 0; z in R^3
      x = (z1 + z1^3, z2 + a sinh(z2) + z1^2, z3^5 + z3 exp(z2) - z1) in R^3
      """),
    formula(
      "two stages", isOntoLine: false,
      """
      learn a > 0; z in R^2
      h = (z1 + a z1^3, z2 - z1^2)
      x = (h1 + h2^2, h2 + sinh(h2)) in R^2
      """),
  ]

  private static let sets: [BijectorCase] = [
    formula(
      "a half-line", range: 0.1...4, isOntoLine: false, "z in (0, inf); x = z + log(z) in R"),
    formula(
      "between intervals", range: 0.05...0.95, isOntoLine: false,
      "z in (0, 1); x = 1 - z - 3 z^5 in (-3, 1)"),
    formula(
      "above a parabola", isOntoLine: false,
      "z in R^2; x = (z1, z1^2 + exp(z2)) in R^2 where x2 > x1^2"),
  ]

  private static func formula(
    _ name: String, range: ClosedRange<Double> = -2.5...2.5, isOntoLine: Bool = true,
    reach: Double = 1e6, _ text: String
  ) -> BijectorCase {
    let problem = try! FlowParser.parse(text, file: "problem").first!
    let verdict = Prover.verdict(for: problem)
    return BijectorCase(
      "formula: \(name)", range: range, isOntoLine: isOntoLine, reach: reach,
      takesLogOfDeterminant: true, dimensions: [problem.inputs.count]
    ) { _, context in
      context == 0 ? try! FormulaBijector(problem, verdict: verdict) : nil
    }
  }

  /// The base distributions that problems state.
  static let statedBases: [DistributionCase] = [
    stated("normal(1, 2)"), stated("logistic(-1, 1/2)"), stated("laplace(2, 3)"),
    stated("student_t(5)"), stated("exponential(1)", on: "(0, inf)", hasJumps: true),
    stated("beta(4, 3)", on: "(0, 1)"), stated("uniform([-1, 2])", hasJumps: true),
    stated("normal((1, -2), cov: [[4, 1], [1, 2]])", on: "R^2"),
  ]

  private static func stated(
    _ base: String, on domain: String = "R", hasJumps: Bool = false
  ) -> DistributionCase {
    let text = "z in \(domain); x = z in \(domain); z ~ \(base)"
    let problem = try! FlowParser.parse(text, file: "problem").first!
    return DistributionCase("stated \(base)", hasJumps: hasJumps) { features, context in
      features == problem.inputs.count && context == 0
        ? try! FormulaBase.distribution(of: problem) : nil
    }
  }
}
