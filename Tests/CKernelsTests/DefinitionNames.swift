import CKernels
import Tensors

/// The name of the case that a function of programs is compared with; nil where none is needed.
func caseName(_ function: UnaryFunction) -> String? {
  switch function {
  case .squareRoot: "sqrt"
  case .cubeRoot: "cbrt"
  case .exponential: "exp"
  case .logarithm: "log"
  case .log1p: "log1p"
  case .expm1: "expm1"
  case .tanh: "tanh"
  case .sigmoid: "sigmoid"
  case .softplus: "softplus"
  case .sine: "sin"
  case .cosine: "cos"
  case .tangent: "tan"
  case .arcsine: "asin"
  case .arccosine: "acos"
  case .arctangent: "atan"
  case .sinh: "sinh"
  case .cosh: "cosh"
  case .asinh: "asinh"
  case .acosh: "acosh"
  case .atanh: "atanh"
  case .erf: "erf"
  case .erfc: "erfc"
  case .inverseErf: "erfinv"
  case .normalCDF: "ndtr"
  case .logNormalCDF: "log_ndtr"
  case .normalQuantile: "ndtri"
  case .logGamma: "lgamma"
  case .polygamma(0): "digamma"
  case .logBesselI0: "log_i0"
  case .polygamma(1): "trigamma"
  case .besselRatio: "bessel_ratio"
  case .lambertW(branch: 0): "lambert_w0"
  case .lambertW(branch: -1): "lambert_w-1"
  case .wrightOmega: "wright_omega"
  default: nil
  }
}
