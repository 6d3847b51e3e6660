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

  /// Limits inside of one with a deadline have it too, and what lies outside has not.
  @Test func aDeadlineSpendsAll() {
    EffortLimit.within(1_000, until: Deadline(after: .zero)) {
      #expect(!EffortLimit.spend(500))
      #expect(EffortLimit.isOutOfTime && EffortLimit.isSpent)
      EffortLimit.within(500, until: Deadline(after: .seconds(3600))) {
        #expect(EffortLimit.isOutOfTime && EffortLimit.remaining == 0)
      }
    }
    EffortLimit.within(1_000, until: Deadline(after: .seconds(3600))) {
      #expect(EffortLimit.spend(1_000) && !EffortLimit.isOutOfTime && !EffortLimit.spend())
    }
    #expect(!EffortLimit.isOutOfTime && EffortLimit.spend(1_000_000))
  }

  /// Work brings a deadline nearer, and so small a part of it as one unit is enough for it to be seen.
  @Test func workEndsATime() {
    EffortLimit.within(.max, until: Deadline(after: .milliseconds(5))) {
      let start = ContinuousClock.now
      while EffortLimit.spend(), ContinuousClock.now - start < .seconds(60) {}
      #expect(EffortLimit.isOutOfTime)
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
