import Foundation

@testable import Symbolics

extension Function {
  func numericValue(_ arguments: [Double]) -> Double { value(of: self, at: arguments) }
}

// Outside the extension, where `exp` is the function of Foundation and not the case of the enum.
private func value(of function: Function, at a: [Double]) -> Double {
  let u = a[0]
  switch function {
  case .exp: return exp(u)
  case .log: return log(u)
  case .expm1: return expm1(u)
  case .log1p: return log1p(u)
  case .abs: return abs(u)
  case .sign: return u < 0 ? -1 : u > 0 ? 1 : u
  case .floor: return floor(u)
  case .realRoot(let degree):
    return u < 0 ? -pow(-u, 1 / Double(degree)) : pow(u, 1 / Double(degree))
  case .sin: return sin(u)
  case .cos: return cos(u)
  case .tan: return tan(u)
  case .asin: return asin(u)
  case .acos: return acos(u)
  case .atan: return atan(u)
  case .sinh: return sinh(u)
  case .cosh: return cosh(u)
  case .tanh: return tanh(u)
  case .asinh: return asinh(u)
  case .acosh: return acosh(u)
  case .atanh: return atanh(u)
  case .erf: return erf(u)
  case .erfinv: return inverse(of: erf, at: u, between: -6, and: 6)
  case .normcdf: return erfc(-u / 2.0.squareRoot()) / 2
  case .norminv:
    return inverse(of: { erfc(-$0 / 2.0.squareRoot()) / 2 }, at: u, between: -9, and: 9)
  case .sigmoid: return 1 / (1 + exp(-u))
  case .logit: return log(u / (1 - u))
  case .softplus: return max(u, 0) + log1p(exp(-abs(u)))
  case .lambertw(let branch):
    let g: (Double) -> Double = { $0 * exp($0) }
    return branch == 0
      ? inverse(of: g, at: u, between: -1, and: 100)
      : -inverse(of: { g(-$0) }, at: u, between: 1, and: 100)
  case .atan2: return atan2(a[0], a[1])
  case .max: return a.max()!
  case .min: return a.min()!
  case .mod: return a[0] - a[1] * floor(a[0] / a[1])
  }
}

/// The solution of g(w) = value for an increasing g, by bisection; NaN outside g's range.
private func inverse(
  of g: (Double) -> Double, at value: Double, between lower: Double, and upper: Double
) -> Double {
  var (a, b) = (lower, upper)
  guard g(a) <= value, value <= g(b) else { return .nan }
  while true {
    let middle = a + (b - a) / 2
    if middle <= a || middle >= b { return middle }
    if g(middle) < value { a = middle } else { b = middle }
  }
}

/// base^exponent for any base that allows it; NaN otherwise.
func realPower(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
