import Exact
import Testing

@testable import Symbolics

@Suite("Formulas from text")
struct LanguageFormulaTests {
  static let z = Expression.symbol("z")
  static let a = Expression.symbol("a")
  static let b = Expression.symbol("b")

  static let readings: [(String, Expression)] = [
    ("-z^2", -(z.power(2))), ("2^-1", .rational(1, 2)), ("2^3^2", 512), ("2**3", 8),
    ("0.1", .rational(1, 10)), ("1.5e-2", .rational(3, 200)), ("2 a b", 2 * a * b),
    ("2a", 2 * a), ("(a)(b)", a * b), ("a (b + 1)", a * (b + 1)), ("a/b/2", a / b / 2),
    ("a - b - 1", a - b - 1), ("1/2 z", z / 2), ("e^z", .exp(z)), ("e^-z a", .exp(-z) * a),
    ("e", .exp(1)), ("2 pi", 2 * .pi), ("|a - |b||", .abs(a - .abs(b))),
    ("|a| |b|", .abs(a) * .abs(b)), ("sqrt(z)", z.squareRoot), ("cbrt(-8)", -2),
    ("root(z, 5)", .call(.realRoot(5), [z])), ("root(z, 4)", .power(z, .rational(1, 4))),
    ("log(z, 2)", .log(z) / .log(2)), ("ln(z)", .log(z)), ("sin^2(z)", .call(.sin, [z]).power(2)),
    ("max(a, b, z)", .call(.max, [.call(.max, [a, b]), z])), ("a % 3", .call(.mod, [a, 3])),
    ("sum(k in 1..3, k z)", 6 * z), ("sum(k*z, k, 1, 3)", 6 * z), ("log 2", .log(2)),
    ("z_1", .symbol("z1")), ("z_{12}", .symbol("z12")), ("z[3]", .symbol("z3")),
    ("z₂²", .symbol("z2").power(2)), ("lambertw(z)", .call(.lambertw(branch: 0), [z])),
    ("lambertw(z, -1)", .call(.lambertw(branch: -1), [z])), ("sigma(z)", .call(.sigmoid, [z])),
    (#"\frac{a}{b} z"#, a / b * z), (#"\sqrt[3]{z}"#, .cbrt(z)), (#"\sqrt{z}"#, z.squareRoot),
    (#"\left( a + b \right) \cdot z"#, (a + b) * z), (#"\frac12 z"#, z / 2),
    (#"\sin z \cos z"#, .call(.sin, [z]) * .call(.cos, [z])), (#"e^{-\frac{z}{2}}"#, .exp(-z / 2)),
    (#"\lvert z \rvert"#, .abs(z)), (#"\Phi^{-1}(z)"#, .call(.norminv, [z])),
    ("- - z", z), ("a*-b", -a * b), ("+z", z), (" ( z ) ", z),
  ]

  @Test(arguments: readings.indices) func means(_ index: Int) throws {
    let (text, expected) = Self.readings[index]
    #expect(try Formula.parse(text) == expected, "\(text)")
  }

  static let rejected = [
    "", "z +", "* z", "(z", "z)", "z 2", "1..2", "sin", "sin z a", "2 z (", "log(z, 2, 3)", "z = 1",
    "z > 1", "inf", "|z", "{a, b}", "sum(z)", "piecewise(z)", "sec(z)", "a,", "sin^-1(z)",
    "lambertw(z, 2)", "root(z, 1/2)", "1e9999", #"\frac{a}"#, #"\begin{bmatrix} a"#, #"\nope"#,
    "z^5000", "(a, b)", "z and a", "a ? b", "\u{0}",
  ]

  @Test(arguments: rejected) func isRejected(_ text: String) {
    #expect(throws: ParseFailure.self) { try Formula.parse(text) }
  }

  @Test func predicates() throws {
    let (a, b) = (Self.a, Self.b)
    #expect(
      try Formula.parsePredicate("0 < a < b or not a = 1 and b != 2")
        == .any([
          .all([.compare(0, .less, a), .compare(a, .less, b)]),
          .all([.compare(a, .unequal, 1), .compare(b, .unequal, 2)]),
        ]))
    #expect(try Formula.parsePredicate("True", syntax: .corpus) == .always)
    #expect(throws: ParseFailure.self) { try Formula.parsePredicate("a + 1") }
  }

  @Test func pointsAndAssignments() throws {
    #expect(try Formula.parsePoint("0, 1, 1/3") == [0, 1, .rational(1, 3)])
    #expect(try Formula.parsePoint("(0, e, pi)") == [0, .e, .pi])
    #expect(throws: ParseFailure.self) { try Formula.parsePoint("0, z") }
    #expect(throws: ParseFailure.self) { try Formula.parsePoint("1/0") }
    #expect(
      try Formula.parseAssignments("K=7, a=1/2")
        == [Symbol("K"): 7, Symbol("a"): .rational(1, 2)])
    #expect(throws: ParseFailure.self) { try Formula.parseAssignments("K=7, K=8") }
  }

  @Test func theCorpusSyntaxHasNoSilentProducts() {
    #expect(throws: ParseFailure.self) { try Formula.parse("2 z", syntax: .corpus) }
    #expect(throws: ParseFailure.self) { try Formula.parse("z(z+1)", syntax: .corpus) }
  }

  @Test func remarks() throws {
    func warnings(_ formula: String) throws -> [String] {
      try FlowParser.parseFile("param a, b; z in R; x = \(formula)", file: "t.flow").warnings
        .map(\.message)
    }
    #expect(try warnings("z^(1/3)").count == 1)
    #expect(try warnings("2^(1/3) z").isEmpty)
    #expect(try warnings("cbrt(z)").isEmpty)
    #expect(try warnings("z/a b").count == 1)
    #expect(try warnings("z/2 a").isEmpty)
    #expect(try warnings("1/2a + z").count == 1)
    #expect(try warnings("z/(a b)").isEmpty)
    #expect(try warnings("e^2z").count == 1)
  }
}

@Suite("What formulas need to be defined")
struct LanguageObligationTests {
  static let z = Expression.symbol("z")

  /// The obligations of a formula in z, without their sources.
  static func needs(_ formula: String, _ declarations: String = "") throws -> [Obligation] {
    try problem("\(declarations)z in R; x = \(formula)").stages[0].obligations
  }

  static let single: [(String, Expression, Obligation.Requirement)] = [
    ("1/z", z, .nonzero), ("z/z", z, .nonzero), ("z^-2", z, .nonzero), ("log(z)", z, .positive),
    ("sqrt(z)", z, .nonnegative), ("z^(3/2)", z, .nonnegative), ("z^(-1/2)", z, .positive),
    ("z^0.5", z, .nonnegative),
    ("asin(z)", z, .within(Interval(.closed(-1), .closed(1)))),
    ("acosh(z)", z, .within(Interval(.closed(1), .plusInfinity))),
    ("atanh(z)", z, .within(Interval(.open(-1), .open(1)))),
    ("logit(z)", z, .within(Interval(.open(0), .open(1)))), ("tan(z)", z, .cosineNonzero),
    ("lambertw(z)", z, .within(Interval(.closed(-.exp(-1)), .plusInfinity))),
    ("atan2(z, 0)", z.power(2), .nonzero), ("2 % z", z, .positive), ("root(z, 4)", z, .nonnegative),
  ]

  @Test(arguments: single.indices) func one(_ index: Int) throws {
    let (formula, subject, requirement) = Self.single[index]
    #expect(try Self.needs(formula) == [Obligation(subject, requirement, source: formula)])
  }

  @Test(
    arguments: [
      "exp(z)", "cbrt(z)", "z^3", "log(2)", "1/(1 + z^2)", "1/2", "sqrt(1 + z^2)", "log(1 + e^z)",
      "z/e^z", "2^z", "sum(k in 1..3, k z)", "max(z, 0)", "|z|", "asin(1/2) z",
    ])
  func none(_ formula: String) throws {
    #expect(try Self.needs(formula).isEmpty)
  }

  @Test func branchesGuard() throws {
    let positive = Predicate.compare(Self.z, .greater, 0)
    #expect(
      try Self.needs("piecewise(log(z) if z > 0, 1/z if z < 0, 0 otherwise)")
        == [
          Obligation(Self.z, .positive, if: positive, source: "log(z)"),
          Obligation(
            Self.z, .nonzero,
            if: .all([.compare(Self.z, .lessOrEqual, 0), .compare(Self.z, .less, 0)]),
            source: "1/z"),
        ])
    let open = try Self.needs("piecewise(z if z > 0)")
    #expect(open.map(\.predicate) == [.compare(0, .unequal, 0)])
    #expect(open.map(\.guardCondition) == [.compare(Self.z, .lessOrEqual, 0)])
  }

  @Test func sumsKeepTheirIndices() throws {
    let (k, big) = (Symbol("k"), Expression.symbol("K"))
    let needs = try Self.needs("sum(k in 1..K, 1/(z - k))", "param K; ")
    #expect(needs.map(\.requirement) == [.integer, .nonnegative, .nonzero])
    #expect(needs[1].subject == big)
    #expect(needs[2].indices == [Obligation.IndexRange(k, from: 1, to: big)])
    #expect(
      try Self.needs("sum(k in 1..K, z^k)", "param K : integer >= 1; ").map(\.requirement)
        == [.nonnegative])
    #expect(try Self.needs("z^K", "param K : integer; ").map(\.requirement) == [.nonzero])
    #expect(try Self.needs("z^K", "param K : integer >= 0; ").isEmpty)
  }

  /// 0^v is 0 for v > 0 and has no sense otherwise.
  @Test(arguments: [("z^z", "z"), ("z^a", "a"), ("z^(1/a)", "1/a")])
  func symbolicExponents(formula: String, exponent: String) throws {
    let needs = try Self.needs(formula, "param a; ").filter { $0.source == formula }
    #expect(needs.map(\.requirement) == [.nonnegative, .nonzero])
    let notPositive = Predicate.compare(try Formula.parse(exponent), .lessOrEqual, 0)
    #expect(needs.map(\.guardCondition) == [.always, notPositive])
  }

  @Test func setsKeepOnlyPointsWhereTheirConditionsAreDefined() throws {
    let p = try problem("z in R where log(z) > 1; x = z")
    #expect(p.domain.predicate.conjuncts.contains(.compare(Self.z, .greater, 0)))
    let q = try problem("param a; z in R; x = z in (0, sqrt(a))")
    #expect(q.stages[0].obligations.map(\.source) == ["sqrt(a)"])
  }
}
