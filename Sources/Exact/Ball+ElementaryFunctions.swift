import CFlint

extension Ball {
  /// exp(x).
  public func exp(precision: Int) -> Ball {
    increasing(precision: precision) { arb_exp($0, $1, $2) }
  }

  /// exp(x) - 1, accurate near 0.
  public func expMinusOne(precision: Int) -> Ball {
    increasing(precision: precision) { arb_expm1($0, $1, $2) }
  }

  /// The natural logarithm, for x > 0; otherwise indeterminate.
  public func log(precision: Int) -> Ball {
    increasing(precision: precision) { arb_log($0, $1, $2) }
  }

  /// log(1 + x), for x > -1; otherwise indeterminate.
  public func logOnePlus(precision: Int) -> Ball {
    increasing(precision: precision) { arb_log1p($0, $1, $2) }
  }

  /// (exp(x) - exp(-x))/2.
  public func sinh(precision: Int) -> Ball {
    increasing(precision: precision) { arb_sinh($0, $1, $2) }
  }

  /// (exp(x) + exp(-x))/2.
  public func cosh(precision: Int) -> Ball {
    magnitude.increasing(precision: precision) { arb_cosh($0, $1, $2) }
  }

  /// sinh(x)/cosh(x).
  public func tanh(precision: Int) -> Ball {
    increasing(precision: precision) { arb_tanh($0, $1, $2) }.clamped(from: -1, to: 1)
  }

  /// The inverse of sinh.
  public func asinh(precision: Int) -> Ball {
    increasing(precision: precision) { arb_asinh($0, $1, $2) }
  }

  /// The non-negative inverse of cosh, for x ≥ 1; otherwise indeterminate.
  public func acosh(precision: Int) -> Ball {
    increasing(precision: precision) { arb_acosh($0, $1, $2) }
  }

  /// The inverse of tanh, for -1 < x < 1; otherwise indeterminate.
  public func atanh(precision: Int) -> Ball {
    increasing(precision: precision) { arb_atanh($0, $1, $2) }
  }
}
