import Foundation
import Tensors
import Testing

@testable import Flows

@Suite("Sizes that no memory holds")
struct HostileSizeTests {
  /// Within these bounds a process must come to its sentence; otherwise the system ends it without one.
  private static func limitProcess() {
    // Of the system's library and the tests themselves, most of it; nothing of a size that is refused fits in.
    var memory = rlimit(rlim_cur: 1 << 30, rlim_max: 1 << 30)
    setrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &memory)
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    // Whole seconds: some two more than have been used.
    let seconds = rlim_t(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + 3)
    var time = rlimit(rlim_cur: seconds, rlim_max: seconds)
    setrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &time)
  }

  @Test(
    "are refused at once, with a sentence, and nothing is allocated",
    arguments: HostileSize.all.indices)
  func refused(number: Int) async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [number = number as Int] in
      Self.limitProcess()
      HostileSize.all[number].make()
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    let size = HostileSize.all[number]
    #expect(text.contains(size.says), "\(size.name): \(text.prefix(1000))")
  }

  @Test("below the limits are built")
  func built() {
    let wide = Model(Flow.diagonalNormal(features: 100_000), key: RandomKey(seed: 1))
    // A shift and a scale that are learned, the same of the standardisation, and whether it has begun.
    #expect(wide.parameters.values.count == 400_001)
  }
}
