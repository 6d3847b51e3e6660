/// One named equality that normal forms use, with the condition under which it holds.
///
/// Every rule is an equality of real numbers wherever its left side is defined and the side
/// condition holds; a normal form is built from nothing else and the arithmetic of fractions.
public struct RewriteRule: Sendable, Hashable {
  /// The name by which traces and documents refer to the rule.
  public let name: Name
  /// The equality, in plain text.
  public let statement: String
  /// What must be known before the rule is used; empty when it always holds.
  public let sideCondition: String

  /// The rules' names.
  public enum Name: String, Sendable, Hashable, CaseIterable {
    case exponentialOfSum, exponentialOfLogarithm, logarithmOfProduct, logarithmOfExponential
    case logarithmOfRoot, powerAsExponential
    case absoluteValue, signOfProduct, knownSign, squareOfSign
    case rootOfProduct, realRootOfProduct, powerOfRoot, rootOfRoot, powerOfPower
    case definition, pythagoras, angleSum, specialAngle, circleOfInverse, inverseOfCircle
    case angleOfPoint, inversePair, oddFunction
    case lambertInverse, lambertOfProduct
    case piecewiseCases, integerShift, finiteSum
  }

  /// The rule called `name`.
  public init(_ name: Name) {
    self.name = name
    (statement, sideCondition) = Self.text(of: name)
  }

  /// All rules, in the order of their names' declaration.
  public static let table: [RewriteRule] = Name.allCases.map { RewriteRule($0) }

  private static func text(of name: Name) -> (String, String) {
    switch name {
    case .exponentialOfSum: ("exp(a u + b v) = exp(u)^a exp(v)^b", "")
    case .exponentialOfLogarithm: ("exp(c log|f|) = |f|^c", "")
    case .logarithmOfProduct: ("log(c f^j g^k) = log|c| + j log|f| + k log|g|", "")
    case .logarithmOfExponential: ("log|exp(u)| = u", "")
    case .logarithmOfRoot: ("log|f^(1/n)| = log|f| / n", "f != 0")
    case .powerAsExponential: ("u^v = exp(v log u)", "u > 0")
    case .absoluteValue: ("|u| = sign(u) u", "")
    case .signOfProduct: ("sign(c f^j g^k) = sign(c) sign(f)^j sign(g)^k", "")
    case .knownSign: ("sign(u) = 1, -1 or 0", "u > 0, u < 0 or u = 0")
    case .squareOfSign: ("sign(u)^2 u = u, sign(u)^3 = sign(u), sign(u)^2 = 1", "the last: u != 0")
    case .rootOfProduct:
      (
        "(f^j g^k)^(1/n) = |f|^(j/n) |g|^(k/n)",
        "n even; at most one factor without known sign has an odd exponent"
      )
    case .realRootOfProduct: ("root_n(f^j g^k) = root_n(f)^j root_n(g)^k", "n odd")
    case .powerOfRoot: ("(f^(1/n))^n = f", "")
    case .rootOfRoot: ("(f^(1/m))^(1/n) = f^(1/(m n))", "")
    case .powerOfPower: ("(u^a)^b = u^(a b)", "u >= 0, a > 0 and b > 0")
    case .definition:
      ("tan, tanh, sigmoid, asinh, normcdf, max, … written out by their definitions", "")
    case .pythagoras: ("sin(u)^2 = 1 - cos(u)^2", "")
    case .angleSum: ("cos(u + v) = cos u cos v - sin u sin v, and for sin", "")
    case .specialAngle: ("cos and sin at multiples of pi/4 and pi/6 are square roots", "")
    case .circleOfInverse:
      ("cos(atan w) = 1/sqrt(1 + w^2), sin(atan2(y, x)) = y/sqrt(x^2 + y^2), …", "")
    case .inverseOfCircle:
      (
        "atan(tan u) = u, asin(sin u) = u, acos(cos u) = u",
        "-pi/2 < u < pi/2, -pi/2 <= u <= pi/2, 0 <= u <= pi"
      )
    case .angleOfPoint: ("atan2(r sin u, r cos u) = u", "r > 0 and -pi < u <= pi")
    case .inversePair: ("g(h(u)) = u for g, h = erf, erfinv", "")
    case .oddFunction: ("g(-u) = -g(u) for asin, atan, erf, erfinv", "")
    case .lambertInverse: ("W(u) exp(W(u)) = u", "")
    case .lambertOfProduct: ("W(w exp(w)) = w", "w >= -1 on branch 0, w <= -1 on branch -1")
    case .piecewiseCases: ("piecewise(u if C, v) = u", "C")
    case .integerShift: ("floor(u + n) = floor(u) + n", "n an integer")
    case .finiteSum: ("sum(c u + v) = c sum(u) + sum(v), and powers of the index summed", "")
    }
  }
}
