import Exact
import Testing

@testable import Symbolics

@Suite("Continuity across cases")
struct ContinuityTests {
  @Test(arguments: [
    ("piecewise(z if z >= 0, a z otherwise)", true),
    ("piecewise(z if z >= 0, a z + b otherwise)", false),
    ("piecewise(z if z > 1, z^2 if z > 0, 0 otherwise)", true),
    ("piecewise(z if z > 1, z^2 if z > -1, 0 otherwise)", false),
    ("exp(piecewise(w if w < z, z otherwise)) + w", true),
    ("piecewise(w if w < z, z + 1 otherwise)", false),
    // Neither is defined up to the border.
    ("piecewise(1/z if z > 0, 0 otherwise)", false),
    ("piecewise(log(z) if z > 0, 0 otherwise)", false),
    ("piecewise(sqrt(z) if z > 0, 0 otherwise)", true),
    // Equal cases are one constant.
    ("piecewise(1 if z == 0, 1 otherwise)", true),
    ("piecewise(2 if z == 0, 1 otherwise)", false), ("sign(z)", false),
    ("abs(z) + max(z, w)", true),
    ("piecewise(sign(w) z if z > 0, 0 otherwise)", false),
  ])
  func cases(text: String, isContinuous: Bool) throws {
    let formula = try Formula.parse(text)
    #expect(Assumptions().isContinuous(formula, in: [Symbol("w"), Symbol("z")]) == isContinuous)
  }
}
