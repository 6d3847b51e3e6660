import Exact

extension KernelField {
  /// asin, acos or atan: undone within its range, a generator elsewhere.
  func readInverseCircular(_ function: Function, _ argument: Expression)
    throws(ExactError) -> RationalFunction
  {
    if let angle = angleUndone(function, argument) {
      use(.inverseOfCircle)
      return try read(angle)
    }
    let u = try read(argument)
    if function == .acos, style == .proof {
      // acos u = π/2 - asin u
      return try read(.rational(1, 2) * .pi) - oddCall(.asin, u)
    }
    return function == .acos ? try call(.acos, u) : try oddCall(function, u)
  }

  /// v for asin(sin v), acos(cos v), atan(tan v) with v in the range of the inverse.
  private func angleUndone(_ function: Function, _ argument: Expression) -> Expression? {
    guard case .call(let inner, let arguments) = argument.form else { return nil }
    let v = arguments[0]
    let quarter = Expression.rational(1, 2) * .pi
    let range: Interval
    switch (function, inner) {
    case (.asin, .sin): range = Interval(.closed(-quarter), .closed(quarter))
    case (.acos, .cos): range = Interval(.closed(.zero), .closed(.pi))
    case (.atan, .tan): range = Interval(.open(-quarter), .open(quarter))
    default: return nil
    }
    return assumptions.decide(range.membership(of: v)) == true ? v : nil
  }

  /// g(u) for an odd function without relations: g(-u) = -g(u).
  private func oddCall(_ function: Function, _ u: RationalFunction)
    throws(ExactError) -> RationalFunction
  {
    if u.isZero { return zero }
    if u.numerator.scale.sign < 0 {
      use(.oddFunction)
      return try -call(function, -u)
    }
    return try call(function, u)
  }

  /// The generator g(u); equal arguments give the same one.
  func call(_ function: Function, _ u: RationalFunction) throws(ExactError) -> RationalFunction {
    for index in kernels.indices {
      guard case .call(function, let known) = kernels[index].meaning else { continue }
      if try areEqual(known, u) { return element(index) }
    }
    return element(try add(.call(function, u)))
  }

  /// erf or erfinv, which undo each other.
  func readErrorFunction(_ function: Function, _ u: RationalFunction)
    throws(ExactError) -> RationalFunction
  {
    let inverse: Function = function == .erf ? .erfinv : .erf
    for (candidate, sign) in [(u, 1), (-u, -1)] {
      guard let generator = generator(of: candidate),
        case .call(inverse, let inner) = kernels[generator].meaning
      else { continue }
      use(.inversePair)
      return try inner * constant(Rational(sign))
    }
    return try oddCall(function, u)
  }

  /// atan2(y, x): the angle v of y = r sin v, x = r cos v, r > 0, in (-π, π]; else a generator.
  func readAngle(_ y: Expression, _ x: Expression) throws(ExactError) -> RationalFunction {
    let (ordinate, abscissa) = (try read(y), try read(x))
    for angle in (y.anglesInside + x.anglesInside).prefix(4) {
      if let found = try angleOfPoint(ordinate, abscissa, angle, signs: assumptions.signs(of: y)) {
        use(.angleOfPoint)
        return try read(found)
      }
    }
    for index in kernels.indices {
      guard case .angle(let b, let a) = kernels[index].meaning else { continue }
      if try areEqual(a, abscissa), try areEqual(b, ordinate) { return element(index) }
    }
    return element(try add(.angle(ordinate, abscissa)))
  }

  /// v, v - 2π or v ± π, whichever is the angle in (-π, π], if v is one up to a half turn at all.
  private func angleOfPoint(
    _ y: RationalFunction, _ x: RationalFunction, _ v: Expression, signs: SignSet
  ) throws(ExactError) -> Expression? {
    let point = try circlePoint(at: read(v))
    guard try isZero(y * point.cosine - x * point.sine) else { return nil }
    let radius = assumptions.signs(of: try expression(of: x * point.cosine + y * point.sine))
    func lies(_ angle: Expression, _ interval: Interval) -> Bool {
      assumptions.decide(interval.membership(of: angle)) == true
    }
    let turn = Interval(.open(-.pi), .closed(.pi))
    if radius.isNegative { return [v - .pi, v + .pi].first { lies($0, turn) } }
    guard radius.isPositive else { return nil }
    if lies(v, turn) { return v }
    // On one full turn the sign of the ordinate tells the half.
    guard lies(v, Interval(.closed(.zero), .closed(2 * .pi))) else { return nil }
    return signs.isPositive ? v : signs.isNegative ? v - 2 * .pi : nil
  }

  /// W(u): w for u = w exp(w) on the right side of -1, else a generator.
  func readLambert(_ branch: Int, _ argument: Expression) throws(ExactError) -> RationalFunction {
    let u = try read(argument)
    for w in argument.lambertCandidates.prefix(12) {
      let signs = assumptions.signs(of: w + 1)
      guard branch == 0 ? signs.isNonnegative : signs.isNonpositive else { continue }
      let value = try read(w)
      if try areEqual(value * exponential(of: value), u) {
        use(.lambertOfProduct)
        return value
      }
    }
    let w = try call(.lambertw(branch: branch), u)
    if let generator = generator(of: w), !lamberts.contains(where: { $0.generator == generator }) {
      lamberts.append(LambertKernel(branch: branch, argument: u, generator: generator))
    }
    return w
  }
}

extension Expression {
  /// The arguments of sin and cos inside, without repetition.
  fileprivate var anglesInside: [Expression] {
    var found: [Expression] = []
    visitCalls { function, arguments in
      if function == .sin || function == .cos || function == .tan, !found.contains(arguments[0]) {
        found.append(arguments[0])
      }
    }
    return found
  }

  /// What w may be in self = w exp(w): exponents, their terms, and logarithms inside.
  fileprivate var lambertCandidates: [Expression] {
    var found: [Expression] = []
    visitCalls { function, arguments in
      var candidates: [Expression] = []
      if function == .exp { candidates = [arguments[0]] + arguments[0].terms }
      if function == .log { candidates = [.log(arguments[0])] }
      for candidate in candidates where !found.contains(candidate) { found.append(candidate) }
    }
    return found
  }

  /// Calls `visit` for every function call inside, outermost first, each shared subtree once.
  func visitCalls(_ visit: (Function, [Expression]) -> Void) {
    var seen: Set<Expression> = []
    func walk(_ expression: Expression) {
      guard seen.insert(expression).inserted else { return }
      if case .call(let function, let arguments) = expression.form { visit(function, arguments) }
      for child in expression.form.children { walk(child) }
    }
    walk(self)
  }
}
