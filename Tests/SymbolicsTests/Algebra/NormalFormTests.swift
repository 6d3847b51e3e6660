import Exact
import Testing

@testable import Symbolics

@Suite("Normal forms")
struct NormalFormTests {
  static let x = Expression.symbol("x")
  static let y = Expression.symbol("y")
  static func call(_ function: Function, _ u: Expression) -> Expression { .call(function, [u]) }

  /// Pairs that are equal wherever both are defined.
  static let identities: [(Expression, Expression)] = [
    ((x + y).power(3), x.power(3) + 3 * x.power(2) * y + 3 * x * y.power(2) + y.power(3)),
    ((x.power(2) - y.power(2)) / (x - y), x + y),
    (.exp(x + y) / .exp(x / 2), .exp(x / 2) * .exp(y)),
    (.log(x * .exp(y)), .log(x) + y),
    (.log(x.power(2)), 2 * .log(.abs(x))),
    (.exp(.log(x) / 2 + y), x.squareRoot * .exp(y)),
    (call(.sigmoid, x) + call(.sigmoid, -x), 1),
    (call(.softplus, x) - call(.softplus, -x), x),
    (call(.tanh, x), 2 * call(.sigmoid, 2 * x) - 1),
    (
      call(.sinh, call(.asinh, x) + y),
      x * call(.cosh, y) + (1 + x.power(2)).squareRoot * call(.sinh, y)
    ),
    (call(.asinh, call(.sinh, x)), x),
    (call(.cosh, call(.acosh, x)), x),
    (.power(.power(x, 2), y), .power(x, 2 * y)),
    (call(.atanh, call(.tanh, x / 3)), x / 3),
    (call(.sin, 2 * x), 2 * call(.sin, x) * call(.cos, x)),
    (call(.sin, x + .pi / 3), call(.sin, x) / 2 + call(.cos, x) * Expression(3).squareRoot / 2),
    (call(.cos, call(.atan, x)), 1 / (1 + x.power(2)).squareRoot),
    (call(.asin, x) + call(.acos, x), .pi / 2),
    (call(.normcdf, x) + call(.normcdf, -x), 1),
    (call(.normcdf, call(.norminv, y)), y),
    (call(.norminv, call(.normcdf, x)), x),
    (x.squareRoot * y.squareRoot, (x * y).squareRoot),
    (Expression(6).squareRoot * Expression(2).squareRoot, 2 * Expression(3).squareRoot),
    (.cbrt(x * y.power(3)), y * .cbrt(x)),
    (.power(x, .rational(1, 3)), .cbrt(x)),
    (.power(.power(x, .rational(1, 2)), .rational(1, 3)), .power(x, .rational(1, 6))),
    (.abs(x * y), .abs(x) * .abs(y)),
    (.abs(x) * call(.sign, x), x),
    ((x.power(2) * y.power(4)).squareRoot, .abs(x) * y.power(2)),
    (.call(.max, [x, y]) + .call(.min, [x, y]), x + y),
    (.call(.max, [x, -x]), .abs(x)),
    (call(.lambertw(branch: 0), x) * .exp(call(.lambertw(branch: 0), x)), x),
    (.call(.mod, [x, 1]), x - call(.floor, x)),
    (call(.floor, x + 3), call(.floor, x) + 3),
    (call(.log1p, call(.expm1, x) + y), .log(.exp(x) + y)),
    (1 / (1 + Expression(2).squareRoot), Expression(2).squareRoot - 1),
    (
      .cbrt(x + (x.power(2) + 1).squareRoot) * .cbrt(x - (x.power(2) + 1).squareRoot), -1
    ),
    (
      ((x.power(2) + 1).squareRoot + x).squareRoot * ((x.power(2) + 1).squareRoot - x).squareRoot, 1
    ),
  ]

  @Test(arguments: identities)
  func identitiesAreProven(_ left: Expression, _ right: Expression) {
    #expect(left.isIdentical(to: right))
    #expect(right.isIdentical(to: left))
    #expect(!left.isIdentical(to: right + 1))
  }

  /// Pairs that differ somewhere, or of which only one side is right on a part of R.
  static let traps: [(Expression, Expression)] = [
    (x.power(2).squareRoot, x),
    (call(.atan, call(.tan, x)), x),
    (call(.asin, call(.sin, x)), x),
    (call(.acos, call(.cos, x)), x),
    (.log(x.power(2)), x * 2),
    (.log(.abs(x)), .log(x.power(2))),
    (call(.sign, x).power(2), 1),
    (.abs(x), x),
    (.cbrt(x).power(2), .abs(x)),
    (.cbrt(x + (x.power(2) + 1).squareRoot) * .cbrt(x - (x.power(2) + 1).squareRoot), 1),
    (call(.lambertw(branch: 0), x * .exp(x)), x),
    (call(.lambertw(branch: -1), x), call(.lambertw(branch: 0), x)),
    (.call(.atan2, [call(.sin, x), call(.cos, x)]), x),
    (.call(.max, [x, y]), x),
    (.exp(x).power(2), .exp(x.power(2))),
    (call(.floor, 2 * x), 2 * call(.floor, x)),
    (call(.acosh, call(.cosh, x)), x),
    (.piecewise([Branch(x, if: .compare(x, .greater, 0)), Branch(0, if: .always)]), x),
  ]

  @Test(arguments: traps)
  func whatIsFalseIsNotProven(_ left: Expression, _ right: Expression) {
    #expect(!left.isIdentical(to: right))
  }

  @Test func knowledgeOfSignsResolvesRoots() {
    let (x, y) = (Self.x, Self.y)
    let root = ((x + y).power(2) - 4 * x * y).squareRoot
    let ordered = Assumptions().adding(.compare(x, .less, y))
    #expect(root.isIdentical(to: y - x, under: ordered))
    #expect(!root.isIdentical(to: x - y, under: ordered))
    #expect(root.isIdentical(to: .abs(x - y)))
    let positive = Assumptions().adding(Symbol("x"), in: .positive)
    #expect(x.power(2).squareRoot.isIdentical(to: x, under: positive))
    let near = Assumptions().adding(Symbol("x"), in: Interval(.open(-1), .open(1)))
    #expect(Self.call(.atan, Self.call(.tan, x)).isIdentical(to: x, under: near))
    #expect(Self.call(.lambertw(branch: 0), x * .exp(x)).isIdentical(to: x, under: near))
    #expect(!Self.call(.lambertw(branch: -1), x * .exp(x)).isIdentical(to: x, under: near))
  }

  @Test func piecewiseFormulasAreSplitIntoCases() {
    let x = Self.x
    let unit = Expression.piecewise([
      Branch(x, if: .compare(x, .greater, 0)), Branch(.exp(x) - 1, if: .always),
    ])
    let inverse = Expression.piecewise([
      Branch(x, if: .compare(x, .greater, 0)), Branch(.log(1 + x), if: .always),
    ])
    #expect(unit.substituting(Symbol("x"), by: inverse).isIdentical(to: x))
    #expect(inverse.substituting(Symbol("x"), by: unit).isIdentical(to: x))
    let magnitude = Expression.piecewise([
      Branch(-x, if: .compare(x, .less, 0)), Branch(x, if: .always),
    ])
    #expect(magnitude.isIdentical(to: .abs(x)))
  }

  @Test func hugeFormulasAreLeftAlone() {
    let symbols = (1...80).map { Expression(Symbol("a", $0)) }
    let wide = Expression.sum(symbols).power(40)
    #expect(!wide.isIdentical(to: .zero))
    #expect(wide.normalForm() == wide)
    let high = (Self.x + 1).power(100_000)
    #expect(!high.isIdentical(to: Self.x))
    var tower = Self.x
    for _ in 0..<60 { tower = Self.call(.sin, tower) + Self.call(.cos, 3 * tower) }
    #expect(!tower.isIdentical(to: Self.x))
  }

  @Test func everyRuleIsStated() {
    #expect(RewriteRule.table.count == RewriteRule.Name.allCases.count)
    #expect(RewriteRule.table.allSatisfy { !$0.statement.isEmpty })
    let square = Self.x.power(2) + 2 * Self.x + 1
    let used = square.squareRoot.identityProof(to: .abs(Self.x + 1))
    #expect(used?.map(\.name).contains(.absoluteValue) == true)
  }
}
