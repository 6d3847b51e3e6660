import Exact

/// A function of one argument that is continuous and strictly monotone on the interval where it is
/// defined.
struct MonotoneFunction {
  /// Where the function is defined.
  let domain: Interval
  /// The set of its values, end by end: `image.lower` is the limit at the lower end of the domain
  /// for an increasing function and at the upper one for a decreasing function.
  let image: Interval
  let isIncreasing: Bool
  /// Where the function is 0, if anywhere.
  let zero: Expression?

  init(
    from domain: Interval, onto image: Interval, isIncreasing: Bool = true, zero: Expression? = nil
  ) {
    self.domain = domain
    self.image = image
    self.isIncreasing = isIncreasing
    self.zero = zero
  }
}

extension Function {
  /// The facts that make the function a strictly monotone bijection of intervals; nil for one that
  /// is not monotone (or takes several arguments).
  var monotone: MonotoneFunction? {
    let half = Expression.rational(1, 2)
    let unit = Interval(.open(.zero), .open(.one))
    let symmetricUnit = Interval(.open(.minusOne), .open(.one))
    let quarterTurn = half * .pi
    switch self {
    case .exp: return MonotoneFunction(from: .reals, onto: .positive)
    case .log: return MonotoneFunction(from: .positive, onto: .reals, zero: .one)
    case .expm1:
      return MonotoneFunction(
        from: .reals, onto: Interval(.open(.minusOne), .plusInfinity), zero: .zero)
    case .log1p:
      return MonotoneFunction(
        from: Interval(.open(.minusOne), .plusInfinity), onto: .reals, zero: .zero)
    case .realRoot, .sinh, .asinh:
      return MonotoneFunction(from: .reals, onto: .reals, zero: .zero)
    case .tanh, .erf: return MonotoneFunction(from: .reals, onto: symmetricUnit, zero: .zero)
    case .atanh, .erfinv: return MonotoneFunction(from: symmetricUnit, onto: .reals, zero: .zero)
    case .sigmoid, .normcdf: return MonotoneFunction(from: .reals, onto: unit)
    case .logit, .norminv: return MonotoneFunction(from: unit, onto: .reals, zero: half)
    case .softplus: return MonotoneFunction(from: .reals, onto: .positive)
    case .atan:
      return MonotoneFunction(
        from: .reals, onto: Interval(.open(-quarterTurn), .open(quarterTurn)), zero: .zero)
    case .asin:
      return MonotoneFunction(
        from: Interval(.closed(.minusOne), .closed(.one)),
        onto: Interval(.closed(-quarterTurn), .closed(quarterTurn)), zero: .zero)
    case .acos:
      return MonotoneFunction(
        from: Interval(.closed(.minusOne), .closed(.one)),
        onto: Interval(.closed(.zero), .closed(.pi)), isIncreasing: false, zero: .one)
    case .acosh:
      return MonotoneFunction(
        from: Interval(.closed(.one), .plusInfinity), onto: .nonnegative, zero: .one)
    case .lambertw(let branch):
      let branchPoint = Endpoint.closed(-Expression.exp(.minusOne))
      return branch == 0
        ? MonotoneFunction(
          from: Interval(branchPoint, .plusInfinity),
          onto: Interval(.closed(.minusOne), .plusInfinity), zero: .zero)
        : MonotoneFunction(
          from: Interval(branchPoint, .open(.zero)),
          onto: Interval(.minusInfinity, .closed(.minusOne)), isIncreasing: false)
    case .abs, .sign, .floor, .sin, .cos, .tan, .cosh, .atan2, .max, .min, .mod: return nil
    }
  }
}
