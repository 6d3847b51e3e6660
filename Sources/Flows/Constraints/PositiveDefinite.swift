public import Tensors

/// x = L Lᵀ with L lower triangular and Lᵢᵢ = log(1 + e^zᵢᵢ): from ℝᴰ onto the positive-definite matrices of
/// n rows, D = n (n + 1)/2; log|det J| = n log 2 + Σᵢ ((n + 1 - i) log Lᵢᵢ + log σ(zᵢᵢ)), i from 1
/// (Muirhead 1982).
///
/// z and x hold the triangle row by row: entries 11, 21, 22, 31, … The inverse is Cholesky's
/// factorisation. A matrix that rounding has made singular has no preimage.
public struct PositiveDefinite: Bijector {
  /// n
  public let size: Int

  /// Matrices of n rows.
  ///
  /// - Parameter size: n, at most 100.
  public init(size: Int) {
    requireSome("row", size, atMost: 100)
    self.size = size
  }

  /// n (n + 1)/2
  public var features: Int { size * (size + 1) / 2 }
  /// (0, ∞) for the diagonal, else ℝ
  public var codomain: [Interval] {
    pairs.map { $0 == $1 ? .positive : .line }
  }

  /// Rows and columns of the entries of the triangle.
  private var pairs: [(row: Int, column: Int)] {
    (0..<size).flatMap { row in (0...row).map { (row, $0) } }
  }

  private func place(_ row: Int, _ column: Int) -> Int { row * (row + 1) / 2 + column }

  /// L Lᵀ
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    let factor = Tensor.select(onDiagonal(z), softplus(z), z)
    // Entry ij is Σ Lᵢₖ Lⱼₖ over k ≤ j; sums are filled up with zeros.
    let padded = Tensor.concatenated([factor, z.trace.constant([0], [1])])
    func terms(_ index: ((row: Int, column: Int)) -> Int) -> Tensor {
      let indices = pairs.flatMap { pair in
        (0..<size).map { $0 <= pair.column ? place(index(pair), $0) : features }
      }
      return padded.selecting(indices).reshaped(features, size)
    }
    return Image(
      (terms { $0.row } * terms { $0.column }).sum(), logDet(logSoftplus(z), logSigmoid(z)))
  }

  /// Cholesky's factor with logarithms on the diagonal; log|det J| is -∞ where x is not positive definite
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    let one = x.trace.constant([1], [1])
    var factor: [Int: Tensor] = [:]
    var isDefinite = one.spread(like: x)
    for column in 0..<size {
      let pivot = rest(x, column, column, factor)
      let isPositive = pivot .> 0
      isDefinite = isDefinite * isPositive
      let root = sqrt(Tensor.select(isPositive, pivot, one))
      factor[place(column, column)] = root
      for row in column + 1..<max(size, column + 1) {
        factor[place(row, column)] = rest(x, row, column, factor) / root
      }
    }
    let all = Tensor.concatenated(factor.keys.sorted().map { factor[$0]! })
      .kept(where: isDefinite, otherwise: Array(repeating: 1, count: features))
    // Off the diagonal entries may be negative; what is made of them there is not used.
    let diagonal = Tensor.select(onDiagonal(x), all, one)
    let logSlope = log(-expm1(-diagonal))
    let z = Tensor.select(onDiagonal(x), diagonal + logSlope, all)
    return Image(z, (-logDet(log(diagonal), logSlope)).kept(where: isDefinite))
  }

  /// xᵢⱼ - Σ Lᵢₖ Lⱼₖ over k < j, `[B, 1]`
  private func rest(_ x: Tensor, _ row: Int, _ column: Int, _ factor: [Int: Tensor]) -> Tensor {
    let entry = x.slice(place(row, column)..<place(row, column) + 1)
    return (0..<column).reduce(entry) { rest, k in
      rest - factor[place(row, k)]! * factor[place(column, k)]!
    }
  }

  /// n log 2 and the sum over the diagonal of (n + 1 - i) log Lᵢᵢ + log σ(zᵢᵢ).
  private func logDet(_ logFactor: Tensor, _ logSlope: Tensor) -> LogDet {
    let trace = logFactor.trace
    let weights = trace.constant(pairs.map { Double(size - $0.row) }, [features])
    let terms = logFactor * weights + logSlope
    return LogDet(Tensor.select(onDiagonal(logFactor), terms, trace.constant(0)))
      + LogDet(trace.constant(Double(size) * UnaryFunction.logarithm.value(2)))
  }

  private func onDiagonal(_ x: Tensor) -> Tensor {
    x.trace.constant(pairs.map { $0 == $1 ? 1 : 0 }, [features])
  }

  /// log log(1 + eᶻ), which is z where 1 + eᶻ is 1.
  private func logSoftplus(_ z: Tensor) -> Tensor {
    let least = -40.0
    return Tensor.select(z .< least, z, log(softplus(max(z, z.trace.constant(least)))))
  }
}
