/// Takes the time of calls, after a warm-up, several times.
struct CallTimer {
  /// How often a figure is taken.
  let repeats: Int
  /// Told the number of each, from 1.
  let willRepeat: (Int) -> Void

  /// How a repeat sums up its calls.
  enum Summary {
    /// All of the time counts.
    case mean
    /// What seldom calls lose to others on the machine does not count.
    case median
  }

  /// A repeat lasts at least so long, and so does the warm-up.
  private static let shortest = 0.2

  init(repeats: Int, willRepeat: @escaping (Int) -> Void) {
    self.repeats = repeats
    self.willRepeat = willRepeat
  }

  /// Seconds a call takes, once for each repeat.
  func time(_ summary: Summary = .mean, _ body: () throws -> Void) throws -> CallTimes {
    let calls = try callsOfRepeat(body)
    var values: [Double] = []
    for number in 1...repeats {
      willRepeat(number)
      try Interruption.check()
      switch summary {
      case .mean:
        let start = ContinuousClock.now
        for _ in 0..<calls { try body() }
        values.append(seconds(since: start) / Double(calls))
      case .median:
        values.append(
          try (0..<calls).map { _ in
            let start = ContinuousClock.now
            try body()
            return seconds(since: start)
          }.median)
      }
    }
    return CallTimes(values: values, calls: calls)
  }

  /// How many calls last long enough, by those of the warm-up.
  private func callsOfRepeat(_ body: () throws -> Void) throws -> Int {
    try body()
    let start = ContinuousClock.now
    var (calls, elapsed) = (0, 0.0)
    repeat {
      try body()
      calls += 1
      elapsed = seconds(since: start)
    } while elapsed < Self.shortest
    return max(1, Int((Double(calls) * Self.shortest / elapsed).rounded(.up)))
  }

  private func seconds(since start: ContinuousClock.Instant) -> Double {
    (ContinuousClock.now - start) / .seconds(1)
  }
}

/// Seconds a call, one value a repeat.
struct CallTimes {
  let values: [Double]
  /// The calls of each repeat.
  let calls: Int

  var median: Double { values.median }
  var least: Double { values.min()! }
  var greatest: Double { values.max()! }
}

extension [Double] {
  /// The number in the middle, or the mean of the two there; of at least one number.
  var median: Double {
    let ordered = sorted()
    let middle = count / 2
    return count.isMultiple(of: 2) ? (ordered[middle - 1] + ordered[middle]) / 2 : ordered[middle]
  }
}
