import Exact

/// A generator of a ``KernelField``: a real quantity that is not a rational function of the others.
struct Kernel {
  /// What the generator stands for.
  enum Meaning {
    /// A symbol, π, or a formula that is not looked into.
    case atom(Expression)
    /// exp(u)
    case exponential(RationalFunction)
    /// log|f|
    case logarithm(Polynomial)
    /// u^(1/n): the real root for odd n, the root of u ≥ 0 for even n.
    case root(RationalFunction, degree: Int)
    /// sign(f)
    case sign(Polynomial)
    case cosine(RationalFunction)
    case sine(RationalFunction)
    /// A function of one argument without relations.
    case call(Function, RationalFunction)
    /// atan2(y, x)
    case angle(RationalFunction, RationalFunction)
  }

  let meaning: Meaning
  /// generator^degree = value; degree 1 when the generator was replaced by finer ones.
  var relation: (degree: Int, value: RationalFunction)?

  init(_ meaning: Meaning) { self.meaning = meaning }
}

/// exp(argument/divisor) is a generator.
struct ExponentialKernel {
  let argument: RationalFunction
  var divisor: Int
  var generator: Int
}

/// radicand^(1/degree) is a generator.
struct RootKernel {
  let radicand: RationalFunction
  var degree: Int
  var generator: Int
}

/// cos(argument/divisor) and sin(argument/divisor) are generators.
struct CircleKernel {
  let argument: RationalFunction
  var divisor: Int
  var cosine: Int
  var sine: Int
}

/// W(argument) is a generator.
struct LambertKernel {
  let branch: Int
  let argument: RationalFunction
  let generator: Int
}

/// The point (cos θ, sin θ) of the unit circle.
struct CirclePoint {
  var cosine: RationalFunction
  var sine: RationalFunction
}
