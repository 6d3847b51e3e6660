import Symbolics
import Testing

@Suite("Where formulas are analytic and continuous")
struct AnalyticityTests {
  private let t = Symbol("t")

  private func formula(_ text: String) throws -> Expression {
    let problem = try #require(
      try FlowParser.parse("t in R; x = \(text) in R", file: "test").first)
    return problem.composedFormulas[0]
  }

  private func onReals() -> Assumptions { Assumptions().adding(t, in: .reals) }

  @Test(arguments: [
    "sin(t) exp(t)", "t^3 - t", "sqrt(1 + t^2)", "asin(t/(2 + t^2))", "abs(1 + t^2)",
    "cbrt(2 + sin(t))", "max(t^2, -1)", "1/(1 + exp(t))", "(2 + cos(t))^t",
    "piecewise(t if t^2 + 1 > 0, -t otherwise)",
  ])
  func analytic(text: String) throws {
    #expect(onReals().isAnalytic(try formula(text), in: [t]))
  }

  /// Each has a kink or a jump of some derivative at a point of the line.
  @Test(arguments: [
    "sqrt(t^2)", "asin(sin(t))", "acosh(cosh(t))", "abs(t)", "cbrt(t)", "max(t, 0)", "sign(t)",
    "floor(t)", "(t^2)^(3/2)", "piecewise(t if t > 0, 2 t otherwise)", "acos(cos(t)) + t",
  ])
  func notAnalytic(text: String) throws {
    #expect(!onReals().isAnalytic(try formula(text), in: [t]))
  }

  @Test func kinksMatterOnlyWhereTheyAre() throws {
    let kinked = try formula("abs(t) + max(t, 1) + cbrt(t)")
    #expect(Assumptions().isAnalytic(kinked, at: [t: .rational(1, 2)]))
    #expect(!Assumptions().isAnalytic(kinked, at: [t: .zero]))
    #expect(!Assumptions().isAnalytic(kinked, at: [t: .one]))
    let positive = Assumptions().adding(t, in: Interval(.closed(.zero), .closed(.one)))
    #expect(positive.isAnalytic(kinked, in: [t]))
  }

  @Test(arguments: [
    ("abs(t) sin(t)", true), ("max(t, t^2)", true), ("sqrt(t^2) + cbrt(t)", true),
    ("sign(t)", false), ("floor(t) + t", false), ("mod(t, 2)", false),
    ("piecewise(t if t > 0, 1 otherwise)", false),
  ])
  func continuous(text: String, isContinuous: Bool) throws {
    #expect(try formula(text).isContinuousWhereDefined(in: [t]) == isContinuous)
  }

  /// Monotone around a kink, or flat on one side of it.
  @Test(arguments: [
    ("t abs(t)", Trend.increasing), ("t^3 + max(t, 0)", .increasing),
    ("-t - 2 max(t, 1)", .decreasing),
    ("t + abs(t)/2", .increasing), ("cbrt(t)^5", .increasing),
  ])
  func trendAroundKinks(text: String, trend: Trend) throws {
    #expect(onReals().trend(of: try formula(text), in: t) == trend)
  }

  @Test(arguments: [
    "t max(t, 0)", "t + abs(t)", "cbrt(t - abs(t))", "t + 2 abs(t)", "max(t, 0)", "sqrt(t^2)",
    "t - abs(t) + cbrt(t - abs(t))", "max(t, 0)^3 t",
  ])
  func noTrend(text: String) throws {
    #expect(onReals().trend(of: try formula(text), in: t) == nil)
  }
}
