import Testing

@testable import Densities

@Suite("Philox")
struct PhiloxTests {
  /// The known-answer vectors that Random123 publishes for philox4x32 with ten rounds.
  struct Answer: Sendable {
    let counter: SIMD4<UInt32>
    let seed: UInt64
    let block: SIMD4<UInt32>
  }

  @Test(arguments: [
    Answer(
      counter: SIMD4(repeating: 0), seed: 0,
      block: SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)),
    Answer(
      counter: SIMD4(repeating: 0xffff_ffff), seed: .max,
      block: SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)),
    Answer(
      counter: SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
      seed: 0x299f_31d0_a409_3822,
      block: SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)),
  ])
  func knownAnswers(answer: Answer) {
    #expect(Philox(seed: answer.seed).block(answer.counter) == answer.block)
  }

  @Test func uniformNumbersStayInside() {
    var stream = RandomStream(seed: 1, row: 0, coordinate: 0)
    let numbers = (0..<10_000).map { _ in stream.uniform() }
    #expect(numbers.allSatisfy { $0 > 0 && $0 < 1 })
    #expect(Set(numbers).count == numbers.count)
  }
}
