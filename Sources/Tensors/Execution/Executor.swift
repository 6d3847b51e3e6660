internal import CKernels

/// Runs a compiled program on batches of rows.
///
/// The rows are cut into tiles that fit the second-level cache; each worker takes its tiles through
/// the whole program and keeps its own sums, which are added up in the order of the workers: the
/// same rows, threads and instruction set give the same bytes. All memory is set aside when the
/// executor is made, or when a batch is larger than those before.
public final class Executor {
  /// What is run.
  public let compiled: CompiledProgram
  private let pool: WorkerPool
  private let kernels: diffeo_kernel_set
  private let fixed: AlignedMemory
  private let noParameters: ParameterBuffer
  private var workers: [WorkerMemory] = []
  private let packs: PackedMatrices
  private let tileRows: Int
  /// What the fixed values and packed matrices were made from.
  private var prepared: Preparation?
  /// Batches with fewer rows take products with vectors, on one worker.
  private static let fewestRows = 16

  private struct Preparation {
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
    let scratch = Executor.scratchCount(plan, kernels, ld: ld) * bytes
    workers = (0..<pool.count).map { _ in
      WorkerMemory(plan, ld: ld, bytes: bytes, scratchBytes: scratch)
    }
    for (offset, values) in plan.constants { storeFixed(values, at: offset) }
  }

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
      case .outerRows(let m, let n, _, _, _):
        max(most, diffeo_weights_gradient_scratch(kernels, m, n, ld))
      default: most
      }
    }
  }

  private func storeFixed(_ values: [Double], at offset: Int) {
    switch compiled.precision {
    case .float:
      let target = fixed.base.assumingMemoryBound(to: Float.self) + offset
      for (i, value) in values.enumerated() { target[i] = Float(value) }
    case .double:
      let target = fixed.base.assumingMemoryBound(to: Double.self) + offset
      for (i, value) in values.enumerated() { target[i] = value }
    }
  }
}

/// What one worker writes to.
private final class WorkerMemory {
  let tile: AlignedMemory
  let scratch: AlignedMemory
  let sums: AlignedMemory
  let products: AlignedMemory

  init(_ plan: CompiledProgram.Plan, ld: Int, bytes: Int, scratchBytes: Int) {
    tile = AlignedMemory(byteCount: plan.tileFeatures * ld * bytes)
    scratch = AlignedMemory(byteCount: scratchBytes)
    sums = AlignedMemory(byteCount: plan.sumCount * 8)
    products = AlignedMemory(byteCount: plan.productCount * bytes)
  }
}

/// The matrices of dense layers as the kernels want them.
private final class PackedMatrices {
  private let memory: AlignedMemory
  private let memoryForFew: AlignedMemory
  let matrices: [UnsafeMutableRawPointer]
  /// Nil for transposed matrices, which only gradients need.
  let matricesForFew: [UnsafeMutableRawPointer?]

  init(_ plan: CompiledProgram.Plan, _ kernels: diffeo_kernel_set, bytes: Int) {
    let (offsets, total) = PackedMatrices.offsets(
      plan.packs.map {
        $0.isTransposed
          ? diffeo_packed_size(kernels, $0.width, $0.out, 0)
          : diffeo_packed_size(kernels, $0.out, $0.width, 0)
      }, bytes)
    let (offsetsForFew, totalForFew) = PackedMatrices.offsets(
      plan.packs.map { $0.isTransposed ? 0 : diffeo_packed_size(kernels, $0.out, $0.width, 1) },
      bytes)
    let (memory, memoryForFew) = (
      AlignedMemory(byteCount: total), AlignedMemory(byteCount: totalForFew)
    )
    (self.memory, self.memoryForFew) = (memory, memoryForFew)
    matrices = offsets.map { memory.base + $0 }
    matricesForFew = zip(plan.packs, offsetsForFew).map { pack, offset in
      pack.isTransposed ? nil : memoryForFew.base + offset
    }
  }

  /// Where pieces of the given sizes begin, each on a cache line.
  private static func offsets(_ counts: [Int], _ bytes: Int) -> ([Int], Int) {
    var next = 0
    let offsets = counts.map { count in
      defer { next += (count * bytes + 63) / 64 * 64 }
      return next
    }
    return (offsets, next)
  }

  func pack(
    _ plan: CompiledProgram.Plan, _ kernels: diffeo_kernel_set, forFew: Bool,
    _ address: (Place) -> UnsafeMutableRawPointer
  ) {
    for (number, pack) in plan.packs.enumerated() {
      if forFew, let target = matricesForFew[number] {
        diffeo_run_pack_few(kernels, pack.out, pack.width, address(pack.weights), nil, target)
      } else {
        diffeo_run_pack(
          kernels, pack.isTransposed ? 1 : 0, pack.out, pack.width, address(pack.weights), nil,
          matrices[number])
      }
    }
  }
}

// MARK: - Running

extension Executor {
  /// Runs the program on `rows` rows.
  ///
  /// - Parameters:
  ///   - rows: B.
  ///   - inputs: one batch an input.
  ///   - parameters: the values of the parameters, in the program's precision.
  ///   - outputs: where each output goes, `[B, features]` row after row, or `[features]` for one
  ///     without rows.
  ///   - gradients: where the gradients of the parameters go, laid out like the parameters; those
  ///     of parameters that have none are left alone.
  public func run(
    rows: Int, inputs: [BatchView] = [], parameters: ParameterBuffer? = nil,
    outputs: [OutputView] = [], gradients: ParameterBuffer? = nil
  ) {
    let parameters = parameters ?? noParameters
    check(inputs, parameters, outputs, gradients)
    let plan = compiled.plan
    let isFew = rows < Executor.fewestRows
    let first = runner(0, inputs, parameters, isFew)
    prepare(rows, parameters, isFew, first)
    // A worker is not woken for less than a vector of rows.
    let share = min(pool.count, max(1, rows / Executor.fewestRows))
    let body = { [self] (index: Int) in
      let range = index < share ? rows * index / share..<rows * (index + 1) / share : 0..<0
      work(index, range, inputs, parameters, outputs, isFew)
    }
    if share == 1 {
      for index in 0..<pool.count { body(index) }
    } else {
      pool.run(body)
    }
    collect()
    first.run(plan.epilogue)
    storeFixedOutputs(outputs)
    if let gradients { storeGradients(gradients) }
  }

  /// Computes what rows do not change, unless it is there from the last run.
  private func prepare(
    _ rows: Int, _ parameters: ParameterBuffer, _ isFew: Bool, _ runner: StepRunner
  ) {
    let wanted = Preparation(
      parameters: parameters, version: parameters.version, rows: rows, isFew: isFew)
    if let prepared, prepared.holds(wanted) { return }
    prepared = wanted
    for offset in compiled.plan.rowCounts { storeFixed([Double(rows)], at: offset) }
    runner.run(compiled.plan.prologue)
    packs.pack(compiled.plan, kernels, forFew: isFew) { runner.address($0) }
  }

  private func check(
    _ inputs: [BatchView], _ parameters: ParameterBuffer, _ outputs: [OutputView],
    _ gradients: ParameterBuffer?
  ) {
    let program = compiled.program
    precondition(
      inputs.count == program.inputs.count,
      "\(program.inputs.count) inputs expected, got \(inputs.count)")
    precondition(
      outputs.count == program.outputs.count,
      "\(program.outputs.count) outputs expected, got \(outputs.count)")
    for buffer in [parameters] + (gradients.map { [$0] } ?? []) {
      precondition(
        buffer.count == program.parameterCount && buffer.precision == compiled.precision,
        "\(program.parameterCount) \(compiled.precision) parameters expected, got \(buffer.count) "
          + "\(buffer.precision)")
    }
  }

  private func runner(
    _ index: Int, _ inputs: [BatchView], _ parameters: ParameterBuffer, _ isFew: Bool
  ) -> StepRunner {
    let memory = workers[index]
    return StepRunner(
      kernels: kernels, precision: compiled.precision, tile: memory.tile.base, fixed: fixed.base,
      parameters: parameters.memory.base, scratch: memory.scratch.base, packed: packs.matrices,
      packedForFew: packs.matricesForFew, isFew: isFew,
      sums: memory.sums.base.assumingMemoryBound(to: Double.self),
      products: memory.products.base, inputs: inputs)
  }

  /// Takes a worker's rows through the program, tile by tile.
  private func work(
    _ index: Int, _ range: Range<Int>, _ inputs: [BatchView], _ parameters: ParameterBuffer,
    _ outputs: [OutputView], _ isFew: Bool
  ) {
    let plan = compiled.plan
    let memory = workers[index]
    memory.sums.clear(plan.sumCount * 8)
    memory.products.clear(plan.productCount * compiled.precision.bytes)
    var runner = runner(index, inputs, parameters, isFew)
    var first = range.lowerBound
    while first < range.upperBound {
      runner.firstRow = first
      runner.rows = min(tileRows, range.upperBound - first)
      runner.ld = Executor.pitch(runner.rows, compiled.precision)
      runner.run(plan.tile)
      store(outputs, runner)
      first += runner.rows
    }
  }

  private func store(_ outputs: [OutputView], _ runner: StepRunner) {
    let bytes = compiled.precision.bytes
    for (number, view) in outputs.enumerated() {
      let place = compiled.plan.outputs[number]
      guard place.isPerRow else { continue }
      let features = compiled.program.nodes[compiled.program.outputs[number].node].shape.count
      view.store(
        first: runner.firstRow, rows: runner.rows, features: features, ld: runner.ld,
        from: runner.tile + place.offset * runner.ld * bytes, compiled.precision)
    }
  }

  /// Adds up what the workers summed, in their order.
  private func collect() {
    let plan = compiled.plan
    let bytes = compiled.precision.bytes
    for sum in plan.sums {
      let totals = (0..<sum.count).map { i in
        workers.reduce(0.0) {
          $0 + $1.sums.base.assumingMemoryBound(to: Double.self)[sum.offset + i]
        }
      }
      storeFixed(totals, at: sum.target)
    }
    for product in plan.products {
      let target = fixed.base + product.target * bytes
      let size = product.count * bytes
      target.copyMemory(
        from: workers[0].products.base + product.offset * bytes, byteCount: size)
      for worker in workers.dropFirst() {
        diffeo_run_accumulate(
          kernels, product.count, worker.products.base + product.offset * bytes, target)
      }
    }
  }

  private func storeFixedOutputs(_ outputs: [OutputView]) {
    for (number, view) in outputs.enumerated() {
      let place = compiled.plan.outputs[number]
      guard place.space == .fixed else { continue }
      let features = compiled.program.nodes[compiled.program.outputs[number].node].shape.count
      view.store(
        first: 0, rows: 1, features: features, ld: 1,
        from: fixed.base + place.offset * compiled.precision.bytes, compiled.precision)
    }
  }

  private func storeGradients(_ gradients: ParameterBuffer) {
    let bytes = compiled.precision.bytes
    gradients.markChanged()
    for (slot, place) in zip(compiled.program.parameters, compiled.plan.gradients) {
      guard let place else { continue }
      (gradients.memory.base + slot.offset * bytes).copyMemory(
        from: fixed.base + place.offset * bytes, byteCount: slot.shape.count * bytes)
    }
  }
}

// MARK: - Arrays

extension Executor {
  /// Runs the program on arrays, for uses that need no speed.
  ///
  /// - Parameters:
  ///   - rows: B.
  ///   - inputs: one array an input, `[B, features]` row after row.
  ///   - parameters: the values of all parameters.
  /// - Returns: the outputs, and the gradients of all parameters (0 where there is none).
  public func values(
    rows: Int, inputs: [[Double]] = [], parameters: [Double] = []
  ) -> (outputs: [[Double]], gradients: [Double]) {
    let program = compiled.program
    var results = program.outputs.map { output -> [Double] in
      let shape = program.nodes[output.node].shape
      return Array(repeating: 0, count: shape.count * (shape.isPerRow ? rows : 1))
    }
    let parameterBuffer = ParameterBuffer(parameters, precision: compiled.precision)
    let gradients = ParameterBuffer(count: parameters.count, precision: compiled.precision)
    func with(
      _ views: [BatchView], _ remaining: ArraySlice<[Double]>, _ body: ([BatchView]) -> Void
    ) {
      guard let next = remaining.first else { return body(views) }
      next.withUnsafeBufferPointer { buffer in
        let features = program.inputs[views.count].features
        precondition(buffer.count == rows * features, "\(rows) rows of \(features) values expected")
        let start = buffer.baseAddress ?? UnsafePointer(parameterBuffer.doubles)
        with(
          views + [BatchView(.double(start), stride: features)], remaining.dropFirst(), body)
      }
    }
    with([], inputs[...]) { views in
      withOutputs(&results) { outputs in
        run(
          rows: rows, inputs: views, parameters: parameterBuffer, outputs: outputs,
          gradients: program.parameterGradients.isEmpty ? nil : gradients)
      }
    }
    return (results, gradients.values)
  }

  private func withOutputs(_ results: inout [[Double]], _ body: ([OutputView]) -> Void) {
    let buffers = results.map { result in
      let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: max(1, result.count))
      buffer.initialize(repeating: 0)
      return buffer
    }
    body(buffers.map { .double($0.baseAddress!) })
    for (number, buffer) in buffers.enumerated() {
      results[number] = Array(buffer.prefix(results[number].count))
      buffer.deallocate()
    }
  }
}
