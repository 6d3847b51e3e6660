internal import CKernels

/// What one worker writes to.
final class WorkerMemory {
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
final class PackedMatrices {
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
      Staircase.withRanges(pack.nonzero) { nonzero in
        if forFew, let target = matricesForFew[number] {
          diffeo_run_pack_few(
            kernels, pack.out, pack.width, address(pack.weights), nonzero, target)
        } else {
          diffeo_run_pack(
            kernels, pack.isTransposed ? 1 : 0, pack.out, pack.width, address(pack.weights),
            nonzero, matrices[number])
        }
      }
    }
  }
}
