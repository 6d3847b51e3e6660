extension TrendSearch {
  /// The direction of a function on the range of its argument, where it is strict and continuous.
  func direction(of function: Function, on u: Expression) -> Trend? {
    let halfPi = Expression.pi * .rational(1, 2)
    func lies(_ lower: Expression, _ upper: Expression, open: Bool = false) -> Bool {
      known.decide(.compare(u, open ? .greater : .greaterOrEqual, lower)) == true
        && known.decide(.compare(u, open ? .less : .lessOrEqual, upper)) == true
    }
    switch function {
    case .exp, .log, .expm1, .log1p, .realRoot, .asin, .atan, .sinh, .tanh, .asinh, .acosh, .atanh,
      .erf, .erfinv, .normcdf, .norminv, .sigmoid, .logit, .softplus:
      return .increasing
    case .lambertw(let branch): return branch == 0 ? .increasing : .decreasing
    case .acos: return .decreasing
    case .abs, .cosh:
      let sign = known.signs(of: u)
      if !sign.contains(.negative) { return .increasing }
      return sign.contains(.positive) ? nil : .decreasing
    case .sin: return lies(-halfPi, halfPi) ? .increasing : nil
    case .cos:
      if lies(.zero, .pi) { return .decreasing }
      return lies(-.pi, .zero) ? .increasing : nil
    case .tan: return lies(-halfPi, halfPi, open: true) ? .increasing : nil
    case .sign, .floor, .atan2, .max, .min, .mod: return nil
    }
  }
}
