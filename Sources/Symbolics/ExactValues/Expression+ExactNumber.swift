import Exact

extension Expression {
  /// The value of a constant in `field`; nil when it has free symbols, uses a function that the
  /// field has no name for, is not certainly defined, or is larger than the limits allow.
  func exactNumber(in field: ExactField) -> ExactNumber? {
    guard size <= 400 else { return nil }
    var known: [ObjectIdentifier: ExactNumber] = [:]
    return exactNumber(in: field, known: &known)
  }

  private func exactNumber(
    in field: ExactField, known: inout [ObjectIdentifier: ExactNumber]
  ) -> ExactNumber? {
    if let number = known[ObjectIdentifier(node)] { return number }
    let result = computeExactNumber(in: field, known: &known)
    guard let result, !result.isUnknown else { return nil }
    known[ObjectIdentifier(node)] = result
    return result
  }

  private func computeExactNumber(
    in field: ExactField, known: inout [ObjectIdentifier: ExactNumber]
  ) -> ExactNumber? {
    switch form {
    case .rational(let value): return field.number(value)
    case .pi: return field.pi
    case .symbol, .finiteSum: return nil
    case .sum(let terms):
      var total = field.number(.zero)
      for term in terms {
        guard let number = term.exactNumber(in: field, known: &known) else { return nil }
        total = total + number
      }
      return total
    case .product(let factors):
      var total = field.number(.one)
      for factor in factors {
        guard let number = factor.exactNumber(in: field, known: &known) else { return nil }
        total = total * number
      }
      return total
    case .power(let base, let exponent):
      guard let number = base.exactNumber(in: field, known: &known) else { return nil }
      if let r = exponent.rationalValue { return number.power(r) }
      guard let v = exponent.exactNumber(in: field, known: &known) else { return nil }
      return number.log().map { ($0 * v).exp() }
    case .call(let function, let arguments):
      var numbers: [ExactNumber] = []
      for argument in arguments {
        guard let number = argument.exactNumber(in: field, known: &known) else { return nil }
        numbers.append(number)
      }
      return function.exactValue(numbers, in: field)
    case .piecewise(let branches):
      for branch in branches {
        guard let truth = branch.condition.holds(at: [:]) else { return nil }
        if truth { return branch.value.exactNumber(in: field, known: &known) }
      }
      return nil
    }
  }
}

extension Function {
  /// The value at exact numbers, through exp, log and the circular functions; nil where it is not
  /// certainly defined or has no such formula.
  func exactValue(_ arguments: [ExactNumber], in field: ExactField) -> ExactNumber? {
    guard let u = arguments.first else { return nil }
    let one = field.number(.one)
    let half = field.number(Rational(1, over: 2))
    switch self {
    case .exp: return u.exp()
    case .log: return u.log()
    case .expm1: return u.exp() - one
    case .log1p: return (u + one).log()
    case .abs: return u.magnitude
    case .sign: return u.sign().map { field.number(Rational($0)) }
    case .realRoot(let degree): return u.root(degree)
    case .sin: return u.sin()
    case .cos: return u.cos()
    case .tan: return u.tan()
    case .asin: return u.asin()
    case .acos: return u.acos()
    case .atan: return u.atan()
    case .sinh: return (u.exp() - (-u).exp()) * half
    case .cosh: return (u.exp() + (-u).exp()) * half
    case .tanh: return ((u + u).exp() - one).divided(by: (u + u).exp() + one)
    case .asinh: return (u * u + one).squareRoot().flatMap { (u + $0).log() }
    case .acosh:
      guard let sign = (u - one).sign(), sign >= 0 else { return nil }
      return (u * u - one).squareRoot().flatMap { (u + $0).log() }
    case .atanh:
      return (one + u).divided(by: one - u).flatMap { $0.log() }.map { $0 * half }
    case .erf: return u.erf()
    case .normcdf:
      return half.squareRoot().map { (one + ($0 * u).erf()) * half }
    case .sigmoid: return one.divided(by: one + (-u).exp())
    case .logit: return u.divided(by: one - u).flatMap { $0.log() }
    case .softplus: return (one + u.exp()).log()
    case .max: return Self.extreme(arguments, sign: 1)
    case .min: return Self.extreme(arguments, sign: -1)
    case .floor, .erfinv, .norminv, .lambertw, .atan2, .mod: return nil
    }
  }

  private static func extreme(_ arguments: [ExactNumber], sign: Int) -> ExactNumber? {
    var best = arguments[0]
    for other in arguments.dropFirst() {
      guard let order = (other - best).sign() else { return nil }
      if order == sign { best = other }
    }
    return best
  }
}
