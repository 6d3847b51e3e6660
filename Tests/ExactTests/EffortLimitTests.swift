import Testing

@testable import Exact

@Suite("Limits on effort")
struct EffortLimitTests {
  @Test func withoutALimitThereIsAlwaysMore() {
    #expect(EffortLimit.spend(1_000_000_000))
    #expect(EffortLimit.remaining == .max)
  }

  @Test func aLimitIsSpentOnce() {
    EffortLimit.within(10) {
      #expect(EffortLimit.spend(4))
      #expect(EffortLimit.remaining == 6)
      #expect(!EffortLimit.spend(7))
      #expect(EffortLimit.isSpent)
    }
    #expect(!EffortLimit.isSpent)
  }

  /// What is spent inside is spent outside, and no more is given than is left there.
  @Test func limitsNest() {
    EffortLimit.within(10) {
      EffortLimit.within(100) {
        #expect(EffortLimit.remaining == 10)
        #expect(EffortLimit.spend(8))
      }
      #expect(EffortLimit.remaining == 2)
      EffortLimit.within(1) { #expect(!EffortLimit.spend(2)) }
      #expect(EffortLimit.remaining == 0)
    }
  }

  /// A product of polynomials beyond the limit is refused, and none without one.
  @Test func arithmeticGivesUp() throws {
    let ring = PolynomialRing(generatorCount: 2)
    let sum = try ring.generator(0) + ring.generator(1) + ring.constant(.one)
    let power = try sum.power(30)
    #expect(throws: ExactError.self) {
      try EffortLimit.within(1) { () throws(ExactError) in _ = try power * power }
    }
    #expect(try power * power == sum.power(60))
  }
}
