internal import CKernels

/// Runs a compiled program on batches of rows.
///
/// The rows are cut into tiles that fit the second-level cache; each worker takes its tiles through
/// the whole program and keeps its own sums, which are added up in the order of the workers: the
/// same rows, threads and instruction set give the same bytes. All memory is set aside when the
/// executor is made: a run allocates none.
public final class Executor {
  /// What is run.
  public let compiled: CompiledProgram
  let pool: WorkerPool
  let kernels: diffeo_kernel_set
  let fixed: AlignedMemory
  let noParameters: ParameterBuffer
  private(set) var workers: [WorkerMemory] = []
  let packs: PackedMatrices
  let tileRows: Int
  /// What the fixed values and packed matrices were made from.
  var prepared: Preparation?
  /// What the workers are to do; nil between runs.
  var call: Call?
  /// A worker's part of the call. A closure is memory, so there is one for all runs.
  private(set) var part: (_ worker: Int) -> Void = { _ in }
  /// Batches with fewer rows take products with vectors, on one worker.
  static let fewestRows = 16

  /// The arguments of a run.
  struct Call {
    let rows: Int
    /// How many workers share the rows.
    let share: Int
    let inputs: [BatchView]
    let parameters: ParameterBuffer
    let outputs: [OutputView]

    var isFew: Bool { rows < Executor.fewestRows }
  }

  struct Preparation {
    /// The buffer itself, so that no other can take its place in memory.
    let parameters: ParameterBuffer
    let version: Int
    let rows: Int
    let isFew: Bool

    func holds(_ other: Preparation) -> Bool {
      parameters === other.parameters && version == other.version && rows == other.rows
        && isFew == other.isFew
    }
  }

  /// An executor of `compiled` on the workers of `pool`.
  public convenience init(_ compiled: CompiledProgram, pool: WorkerPool) {
    self.init(compiled, pool: pool, level: diffeo_best_level())
  }

  init(_ compiled: CompiledProgram, pool: WorkerPool, level: diffeo_level) {
    self.compiled = compiled
    self.pool = pool
    let plan = compiled.plan
    let bytes = compiled.precision.bytes
    let kernels = diffeo_kernel_set(compiled.precision, level)
    self.kernels = kernels
    fixed = AlignedMemory(byteCount: plan.fixedCount * bytes)
    noParameters = ParameterBuffer(count: 0, precision: compiled.precision)
    tileRows = Executor.tileRows(features: plan.tileFeatures, bytes: bytes)
    packs = PackedMatrices(plan, kernels, bytes: bytes)
    let ld = Executor.pitch(tileRows, compiled.precision)
    let numbers = plan.tileFeatures * ld * pool.count + plan.fixedCount
    require(
      numbers * bytes <= Executor.mostMemory,
      "\(tileRows) rows at a time take \(numbers * bytes / 1_000_000_000) GB on \(pool.count) workers; there may be "
        + "\(Executor.mostMemory / 1_000_000_000): take fewer features, components or workers")
    let scratch = Executor.scratchCount(plan, kernels, ld: ld) * bytes
    workers = (0..<pool.count).map { _ in
      WorkerMemory(plan, ld: ld, bytes: bytes, scratchBytes: scratch)
    }
    for (offset, values) in plan.constants {
      for (i, value) in values.enumerated() { storeFixed(value, at: offset + i) }
    }
    part = { [unowned self] worker in work(worker) }
  }

  /// The most bytes for values of rows.
  private static let mostMemory = 16_000_000_000

  /// The rows of a tile: 64 to 256, so that a tile takes about half of a second-level cache; more
  /// where a row is so short that starting a kernel would take longer than its rows.
  private static func tileRows(features: Int, bytes: Int) -> Int {
    if features * bytes <= 256 { return 1024 }
    let budget = 1 << 20
    let fitting = budget / max(1, features * bytes)
    return min(256, max(64, fitting / 64 * 64))
  }

  /// The distance between features: a multiple of 16, an odd number of cache lines where there are
  /// many, so that features do not compete for the same lines.
  static func pitch(_ rows: Int, _ precision: Precision) -> Int {
    let parts = (rows + 15) / 16
    let isCrowded = parts * precision.bytes > 16 && parts.isMultiple(of: 2)
    return 16 * (isCrowded ? parts + 1 : parts)
  }

  /// The numbers of scratch that any step needs.
  private static func scratchCount(
    _ plan: CompiledProgram.Plan, _ kernels: diffeo_kernel_set, ld: Int
  ) -> Int {
    plan.tile.reduce(ld) { most, step in
      switch step {
      case .outerRows(let m, let n, _, _, _, _):
        max(most, diffeo_weights_gradient_scratch(kernels, m, n, ld))
      default: most
      }
    }
  }

  func storeFixed(_ value: Double, at offset: Int) {
    switch compiled.precision {
    case .float: fixed.base.assumingMemoryBound(to: Float.self)[offset] = Float(value)
    case .double: fixed.base.assumingMemoryBound(to: Double.self)[offset] = value
    }
  }
}
