public import Tensors

/// y = arsinh x, from ℝ onto ℝ: like a logarithm for large |x|, the identity near 0.
///
/// Its inverse sinh is infinite beyond 89 in `Float` and 710 in `Double`.
public struct AsinhTransform: ElementwiseTransform {
  /// No settings.
  public init() {}

  /// 0
  public var parameterCount: Int { 0 }

  /// arsinh x with log-slope -log cosh y
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let y = x.map(.asinh)
    return ElementwiseImage(y, -logCosh(y))
  }

  /// sinh y with log-slope log cosh y
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    ElementwiseImage(y.map(.sinh), logCosh(y))
  }
}

/// y = sinh(d arsinh x + e): skewed by e, with tails heavier for d > 1 (Jones and Pewsey 2009);
/// parameters e and log d.
///
/// Both are bounded as in ``AffineTransform``, |e| by 4 and |log d| by 1, so that neither direction
/// overflows for |x| up to 10⁶.
public struct SinhArcsinhTransform: ElementwiseTransform {
  /// No settings.
  public init() {}

  /// 2
  public var parameterCount: Int { 2 }

  /// sinh(d arsinh x + e) with log-slope log d + log cosh(d a + e) - log cosh a, a = arsinh x
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let (skew, logTail) = bounded(parameters)
    let inner = x.map(.asinh)
    let outer = inner * exp(logTail) + skew
    return ElementwiseImage(outer.map(.sinh), logTail + logCosh(outer) - logCosh(inner))
  }

  /// sinh((arsinh y - e)/d)
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let (skew, logTail) = bounded(parameters)
    let outer = y.map(.asinh)
    let inner = (outer - skew) * exp(-logTail)
    return ElementwiseImage(inner.map(.sinh), logCosh(inner) - logTail - logCosh(outer))
  }

  private func bounded(_ parameters: Tensor) -> (skew: Tensor, logTail: Tensor) {
    (parameters.parameter(0).softlyBounded(4), parameters.parameter(1).softlyBounded(1))
  }
}
