import CKernels
import CPeak
import Tensors

/// The most operations a second that the processor does with the vectors in use.
struct Peak {
  private let bytes: Int32
  private let rounds: UInt64 = 200_000

  init(_ level: diffeo_level) {
    switch level {
    case DIFFEO_LEVEL_AVX512: bytes = 64
    case DIFFEO_LEVEL_AVX2: bytes = 32
    default: bytes = 16
    }
  }

  /// Of the calling thread.
  func onOneThread() -> Double {
    var operations: UInt64 = 0
    let time = Clock.thread.seconds { operations = peak_multiply_adds(bytes, rounds) }
    return Double(operations) / time
  }

  /// Of all workers of a pool together.
  func onAll(_ pool: WorkerPool) -> Double {
    let (bytes, rounds) = (bytes, rounds)
    let time = Clock.wall.seconds { pool.run { _ in _ = peak_multiply_adds(bytes, rounds) } }
    return Double(peakOperations(rounds)) * Double(pool.count) / time
  }

  private func peakOperations(_ rounds: UInt64) -> UInt64 {
    peak_multiply_adds(bytes, 1) * rounds
  }

  func measurements(_ pool: WorkerPool) -> [Measurement] {
    [
      Measurement(
        name: "FMA, 1 thread", unit: "GFLOP/s",
        values: (0..<repetitions).map { _ in onOneThread() / 1e9 }),
      Measurement(
        name: "FMA, \(pool.count) threads", unit: "GFLOP/s",
        values: (0..<repetitions).map { _ in onAll(pool) / 1e9 }),
    ]
  }
}
