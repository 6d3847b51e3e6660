public import Flows
public import Tensors

/// An unnormalised density p̃ on a box, as a formula gives it.
public struct Target: Sendable {
  /// The names of the coordinates, D of them
  public let names: [String]
  /// An open interval for each
  public let domain: [Interval]
  /// What it was made from: a text that a model keeps
  public let text: String
  private let logDensity: @Sendable (Tensor) -> Tensor

  /// A density on a product of intervals.
  ///
  /// - Parameters:
  ///   - names: the names of the coordinates.
  ///   - domain: an interval for each.
  ///   - text: what it was made from.
  ///   - logDensity: log p̃ of points of the domain, `[B, D]` → `[B]`, up to a constant.
  public init(
    names: [String], domain: [Interval], text: String,
    logDensity: @escaping @Sendable (Tensor) -> Tensor
  ) {
    precondition(
      names.count == domain.count && !names.isEmpty,
      "\(names.count) names for \(domain.count) intervals")
    (self.names, self.domain, self.text, self.logDensity) = (names, domain, text, logDensity)
  }

  /// The columns of a model of it: each with the exact map of its interval onto ℝ, and a shift and a scale there.
  func columns(_ scalings: [(shift: Double, scale: Double)]) -> Columns {
    Columns(
      names: names,
      scalings: zip(domain, scalings).map { interval, scaling in
        ColumnScaling(
          map: ColumnMap(onto: interval), mean: scaling.shift, deviation: scaling.scale)
      })
  }

  /// log p̃(x) + Σ log dx/dy as a function of y ∈ ℝᴰ, to which the flow leads.
  func onLine(_ y: Tensor) -> Tensor {
    let parts = domain.enumerated().map { index, interval in
      ColumnMap(onto: interval).inverse(y.column(index))
    }
    let x = Tensor.concatenated(parts.map { $0.x.reshaped(1) })
    return parts.reduce(logDensity(x)) { $0 + $1.logSlope }
  }

  /// log p̃ of each row.
  ///
  /// - Parameters:
  ///   - rows: points of the domain.
  ///   - pool: the workers.
  /// - Returns: a number for each row; NaN where the formula is not defined.
  public func logDensity(of rows: Batch, pool: WorkerPool = WorkerPool()) -> [Double] {
    precondition(rows.features == names.count, "\(rows.features) columns for \(names.count)")
    let trace = Trace()
    let x = trace.input("x", features: names.count)
    let program = Program(trace, outputs: [("logDensity", logDensity(x).spread(like: x))])
    return Executor(CompiledProgram(program, precision: .double), pool: pool)
      .values(rows: rows.rows, inputs: [rows.values]).outputs[0]
  }
}

extension ColumnMap {
  /// The map of an interval onto ℝ.
  fileprivate init(onto interval: Interval) {
    switch (interval.lower.isFinite, interval.upper.isFinite) {
    case (false, false): self = .identity
    case (true, false): self = .log(above: interval.lower)
    case (false, true): self = .reflectedLog(below: interval.upper)
    case (true, true): self = .logit(lower: interval.lower, upper: interval.upper)
    }
  }

  /// g⁻¹(y) with log dx/dy, for numbers y.
  fileprivate func inverse(_ y: Tensor) -> (x: Tensor, logSlope: Tensor) {
    switch self {
    case .identity: return (y, y.zeros)
    case .log(let lower): return (lower + exp(y), y)
    case .reflectedLog(let upper): return (upper - exp(-y), -y)
    case .logit(let lower, let upper):
      let logWidth = UnaryFunction.logarithm.value(upper - lower)
      return (lower + (upper - lower) * sigmoid(y), logWidth - softplus(y) - softplus(-y))
    case .asinh: preconditionFailure("no interval has this map")
    }
  }
}
