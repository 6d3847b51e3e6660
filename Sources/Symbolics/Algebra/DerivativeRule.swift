/// g'(u) as a formula in the argument u: one row of the table of derivatives.
///
/// A row holds wherever g is differentiable. At the points where g is defined and not
/// differentiable (u = 0 for |u|, sign and roots, the integers for floor) its value means nothing.
public struct DerivativeRule: Sendable {
  /// The placeholder for the argument; the name is one that no formula can spell.
  public static let argument = Symbol("⟨u⟩")

  /// g
  public let function: Function
  /// g'(u), in ``argument``.
  public let derivative: Expression

  /// The row for a function of one argument, or nil for `atan2`, `max`, `min` and `mod`, which take
  /// several.
  public init?(for function: Function) {
    let u = Expression(Self.argument)
    guard let derivative = Self.derivative(of: function, at: u) else { return nil }
    self.function = function
    self.derivative = derivative
  }

  /// g'(u)
  static func derivative(of function: Function, at u: Expression) -> Expression? {
    func g(_ other: Function) -> Expression { .call(other, [u]) }
    let value = g(function)
    let half = Expression.rational(1, 2)
    return switch function {
    case .exp, .expm1: .exp(u)
    case .log: 1 / u
    case .log1p: 1 / (1 + u)
    case .abs: g(.sign)
    case .sign, .floor: .zero
    case .realRoot(let degree): 1 / (.rational(degree) * value.power(degree - 1))
    case .sin: g(.cos)
    case .cos: -g(.sin)
    case .tan: 1 + value.power(2)
    case .asin: 1 / (1 - u.power(2)).squareRoot
    case .acos: -1 / (1 - u.power(2)).squareRoot
    case .atan: 1 / (1 + u.power(2))
    case .sinh: g(.cosh)
    case .cosh: g(.sinh)
    case .tanh: 1 - value.power(2)
    case .asinh: 1 / (1 + u.power(2)).squareRoot
    case .acosh: 1 / (u.power(2) - 1).squareRoot
    case .atanh: 1 / (1 - u.power(2))
    case .erf: 2 / Expression.pi.squareRoot * .exp(-u.power(2))
    case .erfinv: half * Expression.pi.squareRoot * .exp(value.power(2))
    case .normcdf: 1 / (2 * Expression.pi).squareRoot * .exp(-half * u.power(2))
    case .norminv: (2 * Expression.pi).squareRoot * .exp(half * value.power(2))
    case .sigmoid: value * (1 - value)
    case .logit: 1 / (u * (1 - u))
    case .softplus: g(.sigmoid)
    case .lambertw: .exp(-value) / (1 + value)
    case .atan2, .max, .min, .mod: nil
    }
  }
}
