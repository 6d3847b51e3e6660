import CKernels
import Foundation
import Testing

@Suite("Levels of kernels")
struct LevelTests {
  @Test("each that the machine has is found by its name", arguments: Level.available)
  func named(_ level: Level) {
    #expect(diffeo_level_named(level.name) == level.level)
  }

  @Test("without a name, or with one that is none, the best is taken")
  func best() {
    let best = Level.available.last!.level
    for name in [nil, "", "avx", "AVX2", "sse9"] { #expect(diffeo_level_named(name) == best) }
  }

  @Test("the environment decides for the whole process")
  func environment() {
    let name = ProcessInfo.processInfo.environment["DIFFEO_ISA"]
    #expect(diffeo_best_level() == diffeo_level_named(name))
  }
}
