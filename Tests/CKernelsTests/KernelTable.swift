import CKernels

/// The kernels of one level and scalar type that have no common entry for both types.
protocol KernelTable {
  associatedtype Scalar: KernelScalar

  func softmax(_ x: Tile<Scalar>, _ y: Tile<Scalar>)
  func softmaxPullback(_ y: Tile<Scalar>, _ dy: Tile<Scalar>, _ dx: Tile<Scalar>)
  func logsumexp(_ x: Tile<Scalar>, _ y: Tile<Scalar>)
  func logsumexpPullback(
    _ x: Tile<Scalar>, _ y: Tile<Scalar>, _ dy: Tile<Scalar>, _ dx: Tile<Scalar>)
  func cumsum(_ x: Tile<Scalar>, _ y: Tile<Scalar>)
  func cumsumExclusive(_ x: Tile<Scalar>, _ y: Tile<Scalar>)
  func cumsumReversed(_ x: Tile<Scalar>, _ y: Tile<Scalar>)
  func cumsumReversedExclusive(_ x: Tile<Scalar>, _ y: Tile<Scalar>)
  func affine(
    _ n: Int, _ x: Tile<Scalar>, _ s: Tile<Scalar>, _ t: Tile<Scalar>, _ y: Tile<Scalar>)
  func affineInverse(
    _ n: Int, _ y: Tile<Scalar>, _ s: Tile<Scalar>, _ t: Tile<Scalar>, _ x: Tile<Scalar>)
  func affinePullback(
    _ n: Int, _ x: Tile<Scalar>, _ s: Tile<Scalar>, _ dy: Tile<Scalar>, _ dx: Tile<Scalar>,
    _ ds: Tile<Scalar>)
  func affineInversePullback(
    _ n: Int, _ x: Tile<Scalar>, _ s: Tile<Scalar>, _ dx: Tile<Scalar>, _ dy: Tile<Scalar>,
    _ ds: Tile<Scalar>)
  func adam(
    _ n: Int, _ rates: diffeo_adam, _ step: UInt64, _ scale: Double, _ g: Tile<Scalar>,
    _ m: Tile<Scalar>, _ v: Tile<Scalar>, _ p: Tile<Scalar>)
}

struct FloatTable: KernelTable {
  private let table: diffeo_kernels_f32

  init(_ level: Level) { table = diffeo_kernels_f32_level(level.level)!.pointee }

  func softmax(_ x: Tile<Float>, _ y: Tile<Float>) {
    table.softmax_features(x.features, x.ld, x.start, y.start)
  }
  func softmaxPullback(_ y: Tile<Float>, _ dy: Tile<Float>, _ dx: Tile<Float>) {
    table.softmax_features_pullback(y.features, y.ld, y.start, dy.start, dx.start)
  }
  func logsumexp(_ x: Tile<Float>, _ y: Tile<Float>) {
    table.logsumexp_features(x.features, x.ld, x.start, y.start)
  }
  func logsumexpPullback(
    _ x: Tile<Float>, _ y: Tile<Float>, _ dy: Tile<Float>, _ dx: Tile<Float>
  ) {
    table.logsumexp_features_pullback(x.features, x.ld, x.start, y.start, dy.start, dx.start)
  }
  func cumsum(_ x: Tile<Float>, _ y: Tile<Float>) {
    table.cumsum_features(x.features, x.ld, x.start, y.start)
  }
  func cumsumExclusive(_ x: Tile<Float>, _ y: Tile<Float>) {
    table.cumsum_features_exclusive(x.features, x.ld, x.start, y.start)
  }
  func cumsumReversed(_ x: Tile<Float>, _ y: Tile<Float>) {
    table.cumsum_features_reversed(x.features, x.ld, x.start, y.start)
  }
  func cumsumReversedExclusive(_ x: Tile<Float>, _ y: Tile<Float>) {
    table.cumsum_features_reversed_exclusive(x.features, x.ld, x.start, y.start)
  }
  func affine(_ n: Int, _ x: Tile<Float>, _ s: Tile<Float>, _ t: Tile<Float>, _ y: Tile<Float>) {
    table.affine_forward(n, x.start, s.start, t.start, y.start)
  }
  func affineInverse(
    _ n: Int, _ y: Tile<Float>, _ s: Tile<Float>, _ t: Tile<Float>, _ x: Tile<Float>
  ) {
    table.affine_inverse(n, y.start, s.start, t.start, x.start)
  }
  func affinePullback(
    _ n: Int, _ x: Tile<Float>, _ s: Tile<Float>, _ dy: Tile<Float>, _ dx: Tile<Float>,
    _ ds: Tile<Float>
  ) {
    table.affine_forward_pullback(n, x.start, s.start, dy.start, dx.start, ds.start)
  }
  func affineInversePullback(
    _ n: Int, _ x: Tile<Float>, _ s: Tile<Float>, _ dx: Tile<Float>, _ dy: Tile<Float>,
    _ ds: Tile<Float>
  ) {
    table.affine_inverse_pullback(n, x.start, s.start, dx.start, dy.start, ds.start)
  }
  func adam(
    _ n: Int, _ rates: diffeo_adam, _ step: UInt64, _ scale: Double, _ g: Tile<Float>,
    _ m: Tile<Float>, _ v: Tile<Float>, _ p: Tile<Float>
  ) {
    var rates = rates
    table.adam(n, &rates, step, Float(scale), g.start, m.start, v.start, p.start)
  }
}

struct DoubleTable: KernelTable {
  private let table: diffeo_kernels_f64

  init(_ level: Level) { table = diffeo_kernels_f64_level(level.level)!.pointee }

  func softmax(_ x: Tile<Double>, _ y: Tile<Double>) {
    table.softmax_features(x.features, x.ld, x.start, y.start)
  }
  func softmaxPullback(_ y: Tile<Double>, _ dy: Tile<Double>, _ dx: Tile<Double>) {
    table.softmax_features_pullback(y.features, y.ld, y.start, dy.start, dx.start)
  }
  func logsumexp(_ x: Tile<Double>, _ y: Tile<Double>) {
    table.logsumexp_features(x.features, x.ld, x.start, y.start)
  }
  func logsumexpPullback(
    _ x: Tile<Double>, _ y: Tile<Double>, _ dy: Tile<Double>, _ dx: Tile<Double>
  ) {
    table.logsumexp_features_pullback(x.features, x.ld, x.start, y.start, dy.start, dx.start)
  }
  func cumsum(_ x: Tile<Double>, _ y: Tile<Double>) {
    table.cumsum_features(x.features, x.ld, x.start, y.start)
  }
  func cumsumExclusive(_ x: Tile<Double>, _ y: Tile<Double>) {
    table.cumsum_features_exclusive(x.features, x.ld, x.start, y.start)
  }
  func cumsumReversed(_ x: Tile<Double>, _ y: Tile<Double>) {
    table.cumsum_features_reversed(x.features, x.ld, x.start, y.start)
  }
  func cumsumReversedExclusive(_ x: Tile<Double>, _ y: Tile<Double>) {
    table.cumsum_features_reversed_exclusive(x.features, x.ld, x.start, y.start)
  }
  func affine(_ n: Int, _ x: Tile<Double>, _ s: Tile<Double>, _ t: Tile<Double>, _ y: Tile<Double>)
  {
    table.affine_forward(n, x.start, s.start, t.start, y.start)
  }
  func affineInverse(
    _ n: Int, _ y: Tile<Double>, _ s: Tile<Double>, _ t: Tile<Double>, _ x: Tile<Double>
  ) {
    table.affine_inverse(n, y.start, s.start, t.start, x.start)
  }
  func affinePullback(
    _ n: Int, _ x: Tile<Double>, _ s: Tile<Double>, _ dy: Tile<Double>, _ dx: Tile<Double>,
    _ ds: Tile<Double>
  ) {
    table.affine_forward_pullback(n, x.start, s.start, dy.start, dx.start, ds.start)
  }
  func affineInversePullback(
    _ n: Int, _ x: Tile<Double>, _ s: Tile<Double>, _ dx: Tile<Double>, _ dy: Tile<Double>,
    _ ds: Tile<Double>
  ) {
    table.affine_inverse_pullback(n, x.start, s.start, dx.start, dy.start, ds.start)
  }
  func adam(
    _ n: Int, _ rates: diffeo_adam, _ step: UInt64, _ scale: Double, _ g: Tile<Double>,
    _ m: Tile<Double>, _ v: Tile<Double>, _ p: Tile<Double>
  ) {
    var rates = rates
    table.adam(n, &rates, step, scale, g.start, m.start, v.start, p.start)
  }
}
