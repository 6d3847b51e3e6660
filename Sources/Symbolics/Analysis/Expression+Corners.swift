extension Expression {
  /// The formulas at whose zeros an operation inside has a corner or a vertical tangent as a function
  /// of `t`: u for |u| and the odd roots of u, u - v for the larger or smaller of u and v.
  public func corners(in t: Symbol) -> [Expression] {
    var found: [Expression] = []
    forEachPart { part in
      switch part.form {
      case .call(.abs, let arguments), .call(.realRoot, let arguments): found.append(arguments[0])
      case .call(.max, let arguments) where arguments.count == 2,
        .call(.min, let arguments) where arguments.count == 2:
        found.append(arguments[0] - arguments[1])
      default: break
      }
    }
    return found.filter { $0.contains(t) }
  }
}

extension Assumptions {
  /// The one zero of a formula that is affine in `t`, -u(0)/u'; nil when its slope is not known to be
  /// free of `t` and other than 0, and when it may jump, as floor(t) does, whose slope is 0.
  public func affineRoot(of u: Expression, in t: Symbol) -> Expression? {
    guard u.isContinuousWhereDefined(in: [t]) else { return nil }
    let slope = u.derivative(by: t).simplified(under: self)
    guard !slope.contains(t), signs(of: slope).isNonzero else { return nil }
    let root = (-u.substituting(t, by: .zero) / slope).simplified(under: self)
    return isDefined(root) ? root : nil
  }
}
