import Exact
import Testing

@testable import Symbolics

@Suite("Sign calculus")
struct SignCalculusTests {
  static let z = Expression.symbol("z")
  static let y = Expression.symbol("y")
  static let big = Expression.symbol("K")
  static let none = Assumptions()

  static func call(_ function: Function, _ u: Expression) -> Expression { .call(function, [u]) }

  static let provable: [(Expression, SignSet)] = [
    (.exp(z) + 1, .positive),
    (.exp(-z) * -2, .negative),
    (z.power(2) + 1, .positive),
    (z.power(2), .nonnegative),
    (.abs(z) + call(.cosh, z), .positive),
    (3 - call(.sin, z), .positive),
    (1 - call(.cos, z), .nonnegative),
    (1 + call(.tanh, z), .positive),
    (1 - call(.sigmoid, z), .positive),
    (call(.sigmoid, z) * (1 - call(.sigmoid, z)), .positive),
    (.pi * .rational(1, 2) - call(.atan, z), .positive),
    (.log(2 + z.power(2)), .positive),
    (.log(1 + z.power(2)), .nonnegative),
    (2 * .e - 2, .positive),
    (.exp(.log(2)) - 2, .zero),
    (1 - call(.tanh, z).power(2), .positive),
    (call(.softplus, z), .positive),
    (z.squareRoot + 1, .positive),
    (.abs(z) - z.power(2).squareRoot, .zero),
    (.cbrt(z).power(-2), .positive),
    (.piecewise([Branch(z, if: .compare(z, .greater, 0)), Branch(1 - z, if: .always)]), .positive),
    (call(.floor, z.power(2) + 1), .positive),
    (.call(.max, [z, 1]), .positive),
  ]

  static let algebraic: [(Expression, SignSet)] = [
    (z.power(2) - z + 1, .positive),
    (z.power(2) - 2 * z + 1, .nonnegative),
    (z.power(4) - 3 * z.power(3) + 4 * z.power(2) - 2 * z + 1, .positive),
    (1 + 2 * z / (1 + z.power(2)), .nonnegative),
    (1 - 4 * call(.sigmoid, z) * (1 - call(.sigmoid, z)), .nonnegative),
    (3 + 2 * call(.cos, 2 * z) - call(.sin, z), .nonnegative),
    (3 + 2 * call(.cos, 2 * z) + call(.cos, z) + .rational(1, 10), .positive),
    (3 + call(.sin, z) + 2 * call(.cos, z), .positive),
    (.exp(2 * z) - .exp(z) + 1, .positive),
    (.exp(z) + .exp(-z) - 2, .nonnegative),
    (.exp(z) + .exp(-z) - 1, .positive),
    (z.power(2) + z * y + y.power(2), .nonnegative),
    (z.power(2) + z * y + y.power(2) + 1, .positive),
    (call(.cosh, z) - call(.sinh, z), .positive),
    (call(.cosh, z) - 1, .nonnegative),
    (call(.tanh, z) + 1 - call(.sigmoid, z), .all),
    (call(.sigmoid, z) * 2 - 1 - call(.tanh, .rational(1, 2) * z), .zero),
    (z + .abs(z), .nonnegative),
    (1 + z / (1 + .abs(z)), .positive),
    (.abs(z) - z / 2, .nonnegative),
    (z.power(2) * y.power(2) + z.power(4) + 3, .positive),
    ((z + y).power(2) + 1, .positive),
    (z.power(3) * y + z * y.power(3) + (z.power(2) + y.power(2)).power(2), .nonnegative),
  ]

  @Test(arguments: algebraic)
  func polynomialsInKernels(expression: Expression, signs: SignSet) {
    #expect(Self.none.signs(of: expression) == signs)
  }

  static let transcendental: [(Expression, SignSet)] = [
    (.exp(z) - 1 - z, .nonnegative),
    (.exp(z) - z, .positive),
    (1 + z * .exp(-z), .all),
    (.exp(z) + z * .exp(z) + 1, .positive),
    (z.power(2) + 1 - call(.cos, z), .nonnegative),
    (call(.softplus, z) - z, .positive),
    (2 - call(.tanh, z) - z / (1 + z.power(2)), .positive),
  ]

  @Test(arguments: transcendental)
  func transcendentalSigns(expression: Expression, signs: SignSet) {
    #expect(Self.none.signs(of: expression) == signs)
  }

  @Test func monotoneOnAnInterval() {
    let positive = Assumptions().adding(Symbol("z"), in: .positive)
    let z = Self.z
    #expect(positive.signs(of: z - Self.call(.tanh, z)) == .positive)
    #expect(positive.signs(of: z - Self.call(.atan, z)) == .positive)
    #expect(positive.signs(of: .log(1 + z) - z) == .negative)
    #expect(positive.signs(of: z - Self.call(.sin, z)).contains(.positive))
    // Below 1/2 the sine is larger than the line.
    #expect(positive.signs(of: z / 2 - Self.call(.sin, z)) == .all)
    // A pole between two branches is no monotone function.
    let punctured = Assumptions().adding(.compare(z, .unequal, 0))
    #expect(punctured.signs(of: z - 1 / z) == .all)
    let unit = Assumptions().adding(Symbol("z"), in: Interval(.open(0), .closed(1)))
    #expect(unit.range(of: z + .log(z)) == Interval(.minusInfinity, .closed(1)))
    #expect(unit.range(of: z + Self.call(.tanh, z)).lower == .open(0))
  }

  @Test func parametersAreEliminatedAtTheEndsOfRanges() {
    let (w, u) = (Expression.symbol("w"), Expression.symbol("u"))
    let slope = Expression.call(.tanh, [w * Self.z + Self.y]).power(2)
    let planar = 1 + w * u * (1 - slope)
    let edge = Assumptions().adding(.compare(w * u, .greaterOrEqual, -1))
    #expect(edge.signs(of: planar) == .nonnegative)
    let inner = Assumptions().adding(.compare(w * u, .greater, -1))
    #expect(inner.signs(of: planar) == .positive)
    #expect(Assumptions().signs(of: planar) == .all)
    let residual = Assumptions()
      .adding(Symbol("u"), in: Interval(.open(-1), .open(1)))
    #expect(residual.signs(of: 1 + u * Self.call(.cos, Self.z)) == .positive)
    #expect(residual.signs(of: 1 + 2 * u * Self.call(.cos, Self.z)) == .all)
    let inside = Assumptions(parameters: [Parameter(Symbol("K"), in: .positive)])
      .adding(Symbol("z"), in: Interval(.open(0), .open(Self.big)))
    #expect(inside.signs(of: Self.big - Self.z) == .positive)
    #expect(inside.signs(of: Self.z * (Self.big - Self.z)) == .positive)
    #expect(inside.signs(of: Self.big - 2 * Self.z) == .all)
  }

  @Test(arguments: provable)
  func isProvenOnTheWholeLine(expression: Expression, signs: SignSet) {
    #expect(Self.none.signs(of: expression) == signs)
  }

  /// Both signs occur, or the sign 0 does: these must never be claimed to have a better one.
  static let traps: [(Expression, SignSet)] = [
    (z, .all),
    (z.power(3), .all),
    (1 - call(.cos, z), .nonnegative),
    (1 + (1 + .rational(1, 1_000_000_000_000)) * call(.cos, z), .all),
    (z.power(2) - .rational(1, 1_000_000_000_000), .all),
    (call(.sin, z), .all),
    (z / (1 + z.power(2)), .all),
    (1 / z, .nonzero),
    (call(.floor, z), .all),
    (z.power(2) * call(.sin, z), .all),
    (.abs(z) - 1, .all),
  ]

  @Test(arguments: traps)
  func isNotOverstated(expression: Expression, signs: SignSet) {
    #expect(Self.none.signs(of: expression).isSuperset(of: signs))
  }

  @Test func symbolicSumOfSigmoidSlopesIsPositive() {
    let k = Expression.symbol("k")
    let sigmoid = Self.call(.sigmoid, k * Self.z)
    let slope = Expression.finiteSum(
      k * sigmoid * (1 - sigmoid), over: Symbol("k"), from: 1, to: Self.big)
    let positive = Assumptions(parameters: [
      Parameter(Symbol("K"), in: Interval(.closed(.one), .plusInfinity), isInteger: true)
    ])
    #expect(positive.signs(of: slope) == .positive)
    let maybeEmpty = Assumptions(parameters: [
      Parameter(Symbol("K"), in: .nonnegative, isInteger: true)
    ])
    #expect(maybeEmpty.signs(of: slope) == .nonnegative)
    // With an unknown sign in front of z nothing may be claimed of the sum itself.
    let values = Expression.finiteSum(k * Self.z, over: Symbol("k"), from: 1, to: Self.big)
    #expect(positive.signs(of: values) == .all)
  }

  @Test func factsAreUsed() {
    let (y, z) = (Self.y, Self.z)
    let ordered = Assumptions().adding(.compare(y, .greater, z))
    #expect(ordered.signs(of: y - z) == .positive)
    #expect(ordered.signs(of: 2 * z - 2 * y) == .negative)
    #expect(ordered.signs(of: y - z + 1) == .positive)
    #expect(ordered.signs(of: y - z - 1) == .all)
    #expect(ordered.decide(.compare(z, .less, y)) == true)
    let chain = ordered.adding(.compare(z, .greaterOrEqual, Self.big))
    #expect(chain.decide(.compare(y, .greater, Self.big)) == true)
    let determinant = Assumptions().adding(.compare(y * z, .unequal, 1))
    #expect(determinant.signs(of: 3 - 3 * y * z) == .nonzero)
    let nonzero = Assumptions().adding(.compare(y * z, .unequal, 0))
    #expect(nonzero.signs(of: z) == .nonzero)
    #expect(nonzero.signs(of: z.power(2)) == .positive)
  }

  @Test func equationsAreUsed() {
    let (y, z) = (Self.y, Self.z)
    let circle = Assumptions().adding(Symbol("y"), in: Interval(.open(-.pi), .open(.pi)))
      .adding(.compare(.exp(z) * Self.call(.sin, y), .equal, 0))
    #expect(circle.signs(of: Self.call(.cos, y)) == .positive)
    let turns = Assumptions().adding(Symbol("y"), in: Interval(.open(0), .open(1)))
      .adding(.compare(Self.call(.sin, 2 * .pi * y), .equal, 0))
    #expect(turns.signs(of: Self.call(.cos, 2 * .pi * y)) == .negative)
    let whole = Assumptions().adding(.compare(Self.call(.sin, y), .equal, 0))
    #expect(whole.signs(of: Self.call(.cos, y)).isSuperset(of: .nonzero))
    let origin = Assumptions().adding(.compare(z.power(2) + y.power(2), .equal, 0))
    #expect(origin.signs(of: z - y + 1) == .positive)
  }

  @Test func intervalsOfSymbols() {
    let unit = Assumptions().adding(Symbol("z"), in: Interval(.open(0), .closed(1)))
    #expect(unit.signs(of: Self.z) == .positive)
    #expect(unit.signs(of: 1 - Self.z) == .nonnegative)
    #expect(unit.signs(of: .log(Self.z)) == .nonpositive)
    let integer = Assumptions().adding(
      Symbol("K"), in: Interval(.open(0), .plusInfinity), isInteger: true)
    #expect(integer.signs(of: Self.big - 1) == .nonnegative)
    #expect(integer.signs(of: 2 * Self.big - 1) == .positive)
    let halfTurn = Assumptions().adding(Symbol("z"), in: Interval(.open(0), .open(.pi)))
    #expect(halfTurn.signs(of: Self.call(.sin, Self.z)) == .positive)
    #expect(halfTurn.signs(of: Self.call(.cos, Self.z)) == .all)
  }

  @Test func predicatesAreDecided() {
    let z = Self.z
    let always = Predicate.any([.compare(z, .less, 1), .compare(z, .greater, 0)])
    #expect(Self.none.decide(.compare(z.power(2), .greaterOrEqual, 0)) == true)
    #expect(Self.none.decide(.compare(.exp(z), .lessOrEqual, 0)) == false)
    #expect(Self.none.decide(.compare(z, .greater, 0)) == nil)
    #expect(Self.none.decide(always) == true)
    let never = Predicate.all([.compare(z, .less, 0), .compare(z, .greater, 1)])
    #expect(Self.none.decide(never) == false)
    #expect(Self.none.decide(.not(never)) == true)
  }
  /// |z| > 1 excludes the points of [-1, 1]; floor jumps, and z + floor(z) has no
  /// zero where a slope of 1 would lead to.
  @Test func factsExcludeZeros() {
    let outside = Self.none.adding(.compare(Self.call(.abs, Self.z), .greater, 1))
    #expect(outside.decide(.compare(Self.z, .unequal, 0)) == true)
    #expect(outside.decide(.compare(2 * Self.z, .equal, 1)) == false)
    #expect(outside.decide(.compare(Self.z, .unequal, 2)) == nil)
    #expect(outside.decide(.compare(Self.z, .unequal, 1)) == true)
    #expect(
      Self.none.affineRoot(of: Self.z + Self.call(.floor, Self.z) - 3, in: Symbol("z")) == nil)
  }
}
