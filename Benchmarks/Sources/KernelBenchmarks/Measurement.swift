import Foundation

/// One figure with its spread over the repetitions.
struct Measurement {
  var name: String
  var unit: String
  var values: [Double]
  /// What is aimed at, and whether more is better; nil where there is no aim.
  var target: Target?

  enum Target {
    case atLeast(Double)
    case below(Double)
  }

  var minimum: Double { values.min()! }
  var maximum: Double { values.max()! }

  var median: Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2)
      ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }

  /// Whether the median reaches the target; nil where there is none.
  var isReached: Bool? {
    switch target {
    case .atLeast(let bound): median >= bound
    case .below(let bound): median < bound
    case nil: nil
    }
  }
}

/// How often each figure is measured.
let repetitions = 11

/// What a time is taken of.
enum Clock {
  /// The processor time of the calling thread, which others on the machine do not lengthen.
  case thread
  /// The time that passes, for work on several threads.
  case wall

  /// Seconds that `body` takes.
  func seconds(_ body: () -> Void) -> Double {
    let start = now
    body()
    return now - start
  }

  private var now: Double {
    var time = timespec()
    clock_gettime(self == .thread ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

/// How often `body` must be called for about a millisecond: long for a clock, and short enough that many samples are
/// not interrupted.
private func callsForOneSample(_ clock: Clock, _ body: () -> Void) -> Int {
  body()
  var calls = 1
  while true {
    let time = clock.seconds { for _ in 0..<calls { body() } }
    if time > 5e-4 { return max(1, Int(Double(calls) * 1e-3 / time)) }
    calls *= 2
  }
}

/// Seconds a call, once for each repetition.
func secondsPerCall(_ body: () -> Void) -> [Double] {
  let clock = Clock.thread
  let calls = callsForOneSample(clock, body)
  return (0..<repetitions).map { _ in
    clock.seconds { for _ in 0..<calls { body() } } / Double(calls)
  }
}

/// Operations a second of `body`, as a fraction of the processor's just before: so that both are
/// slowed alike by what else the machine does.
func fractionsOfPeak(
  _ clock: Clock, operations: Double, peak: () -> Double, _ body: () -> Void
) -> [Double] {
  let calls = callsForOneSample(clock, body)
  return (0..<repetitions).map { _ in
    let limit = peak()
    let time = clock.seconds { for _ in 0..<calls { body() } }
    return operations * Double(calls) / time / limit
  }
}
