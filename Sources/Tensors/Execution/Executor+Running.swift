internal import CKernels

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
    // A worker is not woken for less than a vector of rows.
    let share = min(pool.count, max(1, rows / Executor.fewestRows))
    let call = Call(
      rows: rows, share: share, inputs: inputs, parameters: parameters, outputs: outputs)
    let first = runner(0, call)
    prepare(call, first)
    self.call = call
    if share == 1 { part(0) } else { pool.run(part) }
    self.call = nil
    collect(share)
    first.run(compiled.plan.epilogue)
    storeSharedOutputs(outputs, first)
    if let gradients { storeGradients(gradients, first) }
  }

  private func check(
    _ inputs: [BatchView], _ parameters: ParameterBuffer, _ outputs: [OutputView],
    _ gradients: ParameterBuffer?
  ) {
    let program = compiled.program
    require(
      inputs.count == program.inputs.count,
      "\(program.inputs.count) inputs expected, got \(inputs.count)")
    require(
      outputs.count == program.outputs.count,
      "\(program.outputs.count) outputs expected, got \(outputs.count)")
    check(parameters)
    if let gradients { check(gradients) }
  }

  private func check(_ buffer: ParameterBuffer) {
    let count = compiled.program.parameterCount
    require(
      buffer.count == count && buffer.precision == compiled.precision,
      "\(count) \(compiled.precision) parameters expected, got \(buffer.count) "
        + "\(buffer.precision)")
  }

  /// Computes what rows do not change, unless it is there from the last run.
  private func prepare(_ call: Call, _ runner: StepRunner) {
    let wanted = Preparation(
      parameters: call.parameters, version: call.parameters.version, rows: call.rows,
      isFew: call.isFew)
    if let prepared, prepared.holds(wanted) { return }
    prepared = wanted
    for offset in compiled.plan.rowCounts { storeFixed(Double(call.rows), at: offset) }
    runner.run(compiled.plan.prologue)
    packs.pack(compiled.plan, kernels, forFew: call.isFew) { runner.address($0) }
  }

  private func runner(_ worker: Int, _ call: Call) -> StepRunner {
    let memory = workers[worker]
    return StepRunner(
      kernels: kernels, precision: compiled.precision, tile: memory.tile.base, fixed: fixed.base,
      parameters: call.parameters.memory.base, scratch: memory.scratch.base,
      packed: packs.matrices, packedForFew: packs.matricesForFew, isFew: call.isFew,
      sums: memory.sums.base.assumingMemoryBound(to: Double.self),
      products: memory.products.base, inputs: call.inputs)
  }

  /// Takes a worker's rows through the program, tile by tile.
  func work(_ worker: Int) {
    guard let call, worker < call.share else { return }
    let plan = compiled.plan
    let memory = workers[worker]
    memory.sums.clear(plan.sumCount * 8)
    memory.products.clear(plan.productCount * compiled.precision.bytes)
    var runner = runner(worker, call)
    let end = call.rows * (worker + 1) / call.share
    var first = call.rows * worker / call.share
    while first < end {
      runner.firstRow = first
      runner.rows = min(tileRows, end - first)
      runner.ld = Executor.pitch(runner.rows, compiled.precision)
      runner.run(plan.tile)
      store(call.outputs, runner)
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

  /// Adds up what the first `share` workers summed, in their order.
  private func collect(_ share: Int) {
    let plan = compiled.plan
    let bytes = compiled.precision.bytes
    for sum in plan.sums {
      for i in 0..<sum.count {
        var total = 0.0
        for worker in 0..<share {
          total += workers[worker].sums.base.assumingMemoryBound(to: Double.self)[sum.offset + i]
        }
        storeFixed(total, at: sum.target + i)
      }
    }
    for product in plan.products {
      let target = fixed.base + product.target * bytes
      let offset = product.offset * bytes
      target.copyMemory(
        from: workers[0].products.base + offset, byteCount: product.count * bytes)
      for worker in 1..<share {
        diffeo_run_accumulate(
          kernels, product.count, workers[worker].products.base + offset, target)
      }
    }
  }

  /// The results without rows, which may also be parameters or parts of them.
  private func storeSharedOutputs(_ outputs: [OutputView], _ runner: StepRunner) {
    for (number, view) in outputs.enumerated() {
      let place = compiled.plan.outputs[number]
      guard !place.isPerRow else { continue }
      let features = compiled.program.nodes[compiled.program.outputs[number].node].shape.count
      view.store(
        first: 0, rows: 1, features: features, ld: 1, from: runner.address(place),
        compiled.precision)
    }
  }

  private func storeGradients(_ gradients: ParameterBuffer, _ runner: StepRunner) {
    let bytes = compiled.precision.bytes
    gradients.markChanged()
    for (slot, place) in zip(compiled.program.parameters, compiled.plan.gradients) {
      guard let place else { continue }
      (gradients.memory.base + slot.offset * bytes).copyMemory(
        from: runner.address(place), byteCount: slot.shape.count * bytes)
    }
  }
}
