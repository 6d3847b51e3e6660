import Tensors
import Symbolics

extension RegisterFile {
  /// result = name(a), row by row.
  func unary(
    _ name: UnaryOperation, _ a: Int, _ result: UnsafeMutablePointer<Double>, _ rows: Int
  ) {
    switch name {
    case .function(let function): apply(function, a, result, rows)
    case .squareRoot: map(a, result, rows) { $0.squareRoot() }
    case .erfc: map(a, result, rows) { Elementary.erfc($0) }
    case .logNormcdf: map(a, result, rows) { StandardNormal.logCdf($0) }
    case .logCosh: map(a, result, rows) { Elementary.logCosh($0) }
    }
  }

  /// result = name(a, b), row by row.
  func binary(
    _ name: BinaryOperation, _ a: Int, _ b: Int, _ result: UnsafeMutablePointer<Double>, _ rows: Int
  ) {
    switch name {
    case .atan2: map(a, b, result, rows) { Elementary.atan2($0, $1) }
    case .maximum: map(a, b, result, rows) { $0 > $1 ? $0 : $1 >= $0 ? $1 : .nan }
    case .minimum: map(a, b, result, rows) { $0 < $1 ? $0 : $1 <= $0 ? $1 : .nan }
    case .remainder: map(a, b, result, rows) { Elementary.remainder($0, $1) }
    }
  }

  private func apply(
    _ function: Function, _ a: Int, _ result: UnsafeMutablePointer<Double>, _ rows: Int
  ) {
    switch function {
    case .exp: map(a, result, rows) { Elementary.exp($0) }
    case .log: map(a, result, rows) { Elementary.log($0) }
    case .expm1: map(a, result, rows) { Elementary.expm1($0) }
    case .log1p: map(a, result, rows) { Elementary.log1p($0) }
    case .abs: map(a, result, rows) { $0.magnitude }
    case .sign: map(a, result, rows) { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 == 0 ? 0 : .nan }
    case .floor: map(a, result, rows) { $0.rounded(.down) }
    case .realRoot(let degree): map(a, result, rows) { Elementary.realRoot($0, degree: degree) }
    case .sin: map(a, result, rows) { Elementary.sin($0) }
    case .cos: map(a, result, rows) { Elementary.cos($0) }
    case .tan: map(a, result, rows) { Elementary.tan($0) }
    case .asin: map(a, result, rows) { Elementary.asin($0) }
    case .acos: map(a, result, rows) { Elementary.acos($0) }
    case .atan: map(a, result, rows) { Elementary.atan($0) }
    case .sinh: map(a, result, rows) { Elementary.sinh($0) }
    case .cosh: map(a, result, rows) { Elementary.cosh($0) }
    case .tanh: map(a, result, rows) { Elementary.tanh($0) }
    case .asinh: map(a, result, rows) { Elementary.asinh($0) }
    case .acosh: map(a, result, rows) { Elementary.acosh($0) }
    case .atanh: map(a, result, rows) { Elementary.atanh($0) }
    case .erf: map(a, result, rows) { Elementary.erf($0) }
    case .erfinv: map(a, result, rows) { StandardNormal.erfinv($0) }
    case .normcdf: map(a, result, rows) { StandardNormal.cdf($0) }
    case .norminv: map(a, result, rows) { StandardNormal.quantile($0) }
    case .sigmoid: map(a, result, rows) { Elementary.sigmoid($0) }
    case .logit: map(a, result, rows) { Elementary.logit($0) }
    case .softplus: map(a, result, rows) { Elementary.softplus($0) }
    case .lambertw(let branch): map(a, result, rows) { LambertW.value($0, branch: branch) }
    case .atan2, .max, .min, .mod: preconditionFailure("\(function) takes more than one argument")
    }
  }
}
