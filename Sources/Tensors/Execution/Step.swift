internal import CKernels

/// One kernel call of a compiled program, with the places of its operands. Offsets and sizes count
/// features; the same steps run on tiles of any number of rows and on numbers shared by all rows.
enum Step: Sendable {
  /// Loads a tile of an input's rows.
  case load(input: Int, count: Int, y: Place)
  case unary(UnaryFunction, kernel: Int?, count: Int, x: Place, y: Place)
  case binary(kernel: Int, count: Int, a: Operand, b: Operand, y: Place)
  case select(count: Int, c: Place, a: Place, b: Place, y: Place)
  /// y = (relu > 0 ? gradient : 0)
  case reluPullback(count: Int, relu: Place, gradient: Place, y: Place)
  /// Elementwise steps on the same number of features, run on a few features at a time.
  case blocks(count: Int, [Step])
  /// Copies runs of features.
  case copy([Run], x: Place, y: Place)
  /// y = 0
  case zero(count: Int, y: Place)
  /// Adds runs of features.
  case add([Run], x: Place, y: Place)
  /// Repeats an operand over rows or features, into full storage.
  case broadcast(count: Int, x: Operand, y: Place)
  case reduce(Reduction, groups: Int, width: Int, x: Place, y: Place)
  case cumulativeSum(backward: Bool, groups: Int, width: Int, x: Place, y: Place)
  /// sums[i] += Σ over the rows; `sums` is an offset among the worker's sums in Double.
  case sumRows(count: Int, x: Place, sums: Int)
  case linear(LinearStep)
  /// A loop, and its body as steps.
  case loop(LoopStep)
  /// product += Σ over the rows of a bᵀ; `product` is an offset among the worker's products.
  case outerRows(m: Int, n: Int, a: Place, b: Place, product: Int, nonzero: Staircase?)
  case matrixProduct(m: Int, k: Int, n: Int, a: Place, b: Place, y: Place)
  case triangularSolve(Triangle, size: Int, matrix: Place, x: Place, y: Place)
  case spline(Spline, SplineDirection, features: Int, x: Place, parameters: Place, y: Place)
  case splinePullback(
    Spline, SplineDirection, features: Int, x: Place, parameters: Place, gradient: Place, y: Place)
}

/// How an operand of an elementwise step is read.
enum Operand: Hashable, Sendable {
  /// One value for each value of the result.
  case full(Place)
  /// One number for each feature, the same for all rows.
  case features(Place)
  /// One number.
  case number(Place)
  /// One value for each row, the same for all features.
  case rows(Place)

  var place: Place {
    switch self {
    case .full(let place), .features(let place), .number(let place), .rows(let place): place
    }
  }

  /// Whether it is read alike for all features.
  var isWhole: Bool {
    switch self {
    case .full, .number: true
    case .features, .rows: false
    }
  }
}

/// `count` features from `source` on go to `target` and on.
struct Run: Hashable, Sendable {
  var source: Int
  var target: Int
  var count: Int
}

/// y = act(W x + bias) for every row, with weights that were packed before.
struct LinearStep: Sendable {
  var out: Int
  var width: Int
  /// The number of the packed weights.
  var pack: Int
  var x: Place
  var bias: Place?
  var hasRelu: Bool
  var y: Place
}

/// Rounds of a loop.
struct LoopStep: Sendable {
  var limit: Int
  /// The states that the body reads, with the number of their features.
  var states: [(place: Place, count: Int)]
  /// Where the states start.
  var initial: [Place]
  /// What the body leaves as the next states.
  var next: [Place]
  /// What says that a row is done.
  var done: Place?
  var body: [Step]
  /// Where the final states go, one after the other.
  var y: Place
}

extension UnaryFunction {
  /// The kernel; nil for functions that are computed one by one.
  var kernel: Int? { cKernel.map { Int($0.rawValue) } }

  private var cKernel: diffeo_unary? {
    switch self {
    case .negate: DIFFEO_UNARY_NEG
    case .absolute: DIFFEO_UNARY_ABS
    case .sign: DIFFEO_UNARY_SIGN
    case .square: DIFFEO_UNARY_SQUARE
    case .squareRoot: DIFFEO_UNARY_SQRT
    case .cubeRoot: DIFFEO_UNARY_CBRT
    case .reciprocal: DIFFEO_UNARY_RECIP
    case .exponential: DIFFEO_UNARY_EXP
    case .logarithm: DIFFEO_UNARY_LOG
    case .log1p: DIFFEO_UNARY_LOG1P
    case .expm1: DIFFEO_UNARY_EXPM1
    case .tanh: DIFFEO_UNARY_TANH
    case .sigmoid: DIFFEO_UNARY_SIGMOID
    case .softplus: DIFFEO_UNARY_SOFTPLUS
    case .relu: DIFFEO_UNARY_RELU
    case .sine: DIFFEO_UNARY_SIN
    case .cosine: DIFFEO_UNARY_COS
    case .tangent: DIFFEO_UNARY_TAN
    case .arcsine: DIFFEO_UNARY_ASIN
    case .arccosine: DIFFEO_UNARY_ACOS
    case .arctangent: DIFFEO_UNARY_ATAN
    case .sinh: DIFFEO_UNARY_SINH
    case .cosh: DIFFEO_UNARY_COSH
    case .asinh: DIFFEO_UNARY_ASINH
    case .acosh: DIFFEO_UNARY_ACOSH
    case .atanh: DIFFEO_UNARY_ATANH
    case .erf: DIFFEO_UNARY_ERF
    case .erfc: DIFFEO_UNARY_ERFC
    case .inverseErf: DIFFEO_UNARY_ERFINV
    case .normalCDF: DIFFEO_UNARY_NDTR
    case .logNormalCDF: DIFFEO_UNARY_LOG_NDTR
    case .normalQuantile: DIFFEO_UNARY_NDTRI
    case .logGamma: DIFFEO_UNARY_LGAMMA
    case .polygamma(0): DIFFEO_UNARY_DIGAMMA
    case .logBesselI0: DIFFEO_UNARY_LOG_I0
    case .floor: DIFFEO_UNARY_FLOOR
    case .isFinite: DIFFEO_UNARY_IS_FINITE
    case .polygamma, .besselRatio, .besselRatioSlope, .lambertW, .wrightOmega: nil
    }
  }
}

extension BinaryFunction {
  /// The kernel.
  var kernel: Int { Int(cKernel.rawValue) }

  private var cKernel: diffeo_binary {
    switch self {
    case .add: DIFFEO_BINARY_ADD
    case .subtract: DIFFEO_BINARY_SUB
    case .multiply: DIFFEO_BINARY_MUL
    case .divide: DIFFEO_BINARY_DIV
    case .maximum: DIFFEO_BINARY_MAX
    case .minimum: DIFFEO_BINARY_MIN
    case .power: DIFFEO_BINARY_POW
    case .arctangent2: DIFFEO_BINARY_ATAN2
    case .less: DIFFEO_BINARY_LESS
    case .lessOrEqual: DIFFEO_BINARY_LESS_EQUAL
    case .equal: DIFFEO_BINARY_EQUAL
    case .excluding: DIFFEO_BINARY_EXCLUDING
    case .remainder: DIFFEO_BINARY_REMAINDER
    }
  }
}
