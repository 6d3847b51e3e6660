import CFlint

extension Rational {
  /// -x.
  public static prefix func - (value: Rational) -> Rational {
    if case .small(let numerator, let denominator) = value.storage {
      return Rational(lowestTerms: -numerator, denominator)
    }
    return value.withFraction { source in Rational { fmpq_neg($0, source) } }
  }

  /// x + y.
  public static func + (left: Rational, right: Rational) -> Rational {
    if case .small(let a, let b) = left.storage, case .small(let c, let d) = right.storage,
      let sum = smallSum(a, b, c, d)
    {
      return sum
    }
    return combine(left, right, with: fmpq_add)
  }

  /// x - y.
  public static func - (left: Rational, right: Rational) -> Rational {
    if case .small(let a, let b) = left.storage, case .small(let c, let d) = right.storage,
      let difference = smallSum(a, b, -c, d)
    {
      return difference
    }
    return combine(left, right, with: fmpq_sub)
  }

  /// x · y.
  public static func * (left: Rational, right: Rational) -> Rational {
    if case .small(let a, let b) = left.storage, case .small(let c, let d) = right.storage,
      let product = smallProduct(a, b, c, d)
    {
      return product
    }
    return combine(left, right, with: fmpq_mul)
  }

  /// x / y. Precondition: y is not 0.
  public static func / (left: Rational, right: Rational) -> Rational {
    precondition(!right.isZero, "division of \(left) by zero")
    if case .small(let a, let b) = left.storage, case .small(let c, let d) = right.storage,
      let quotient = c < 0 ? smallProduct(a, b, -d, -c) : smallProduct(a, b, d, c)
    {
      return quotient
    }
    return combine(left, right, with: fmpq_div)
  }

  /// x := x + y.
  public static func += (left: inout Rational, right: Rational) { left = left + right }
  /// x := x - y.
  public static func -= (left: inout Rational, right: Rational) { left = left - right }
  /// x := x · y.
  public static func *= (left: inout Rational, right: Rational) { left = left * right }
  /// x := x / y. Precondition: y is not 0.
  public static func /= (left: inout Rational, right: Rational) { left = left / right }

  /// a/b + c/d without leaving `Int`, or nil on overflow.
  private static func smallSum(_ a: Int, _ b: Int, _ c: Int, _ d: Int) -> Rational? {
    if b == d {
      let (sum, overflow) = a.addingReportingOverflow(c)
      if overflow || sum == .min { return nil }
      return b == 1 ? Rational(lowestTerms: sum, 1) : Rational(reducing: sum, over: b)
    }
    let (first, overflowFirst) = a.multipliedReportingOverflow(by: d)
    let (second, overflowSecond) = c.multipliedReportingOverflow(by: b)
    let (sum, overflowSum) = first.addingReportingOverflow(second)
    let (denominator, overflowBelow) = b.multipliedReportingOverflow(by: d)
    if overflowFirst || overflowSecond || overflowSum || overflowBelow || sum == .min { return nil }
    return Rational(reducing: sum, over: denominator)
  }

  /// a/b · c/d without leaving `Int`, or nil on overflow; dividing crosswise first keeps it lowest.
  private static func smallProduct(_ a: Int, _ b: Int, _ c: Int, _ d: Int) -> Rational? {
    let left = b == 1 && d == 1 ? 1 : Int(greatestCommonDivisor(a.magnitude, d.magnitude))
    let right = b == 1 && d == 1 ? 1 : Int(greatestCommonDivisor(c.magnitude, b.magnitude))
    let (above, overflowAbove) = (a / left).multipliedReportingOverflow(by: c / right)
    let (below, overflowBelow) = (b / right).multipliedReportingOverflow(by: d / left)
    if overflowAbove || overflowBelow || above == .min { return nil }
    return Rational(lowestTerms: above, below)
  }

  private static func combine(
    _ left: Rational, _ right: Rational,
    with operation: (UnsafeMutablePointer<fmpq>, UnsafePointer<fmpq>, UnsafePointer<fmpq>) -> Void
  ) -> Rational {
    left.withFraction { l in right.withFraction { r in Rational { operation($0, l, r) } } }
  }
}
