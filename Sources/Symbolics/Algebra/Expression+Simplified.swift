extension Expression {
  /// The tidier of the formula as it stands and its normal form.
  ///
  /// The result equals self wherever both are defined and the assumptions hold.
  public func simplified(under assumptions: Assumptions = Assumptions()) -> Expression {
    let normal = normalForm(under: assumptions)
    return normal.size <= size ? normal : self
  }

  /// The normal form, whose factors are as far apart as it makes them.
  public func factored(under assumptions: Assumptions = Assumptions()) -> Expression {
    normalForm(under: assumptions)
  }
}

/// log|u|, with the logarithms of products and exponentials taken apart.
public func logAbs(of u: Expression, under assumptions: Assumptions = Assumptions()) -> Expression {
  .sum(
    u.factors.map { factor in
      let (base, exponent) = factor.baseAndExponent
      if case .call(.exp, let arguments) = factor.form { return arguments[0] }
      let size = assumptions.signs(of: base) == .positive ? base : .abs(base)
      return exponent * .log(size)
    })
}
