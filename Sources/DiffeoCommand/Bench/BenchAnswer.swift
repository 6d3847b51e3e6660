import Formats
import Learning

/// The figures, as JSON or as a table for people.
struct BenchAnswer {
  private let subject: BenchSubject
  private let options: BenchOptions
  private let work: BenchWork
  private let found: BenchMeasurement
  private let threads: Int

  init(
    _ subject: BenchSubject, _ options: BenchOptions, _ work: BenchWork, _ found: BenchMeasurement,
    threads: Int
  ) {
    self.subject = subject
    self.options = options
    self.work = work
    self.found = found
    self.threads = threads
  }

  private var rowsPerSecond: Double { Double(subject.batch) / found.times.median }

  /// 10⁹ operations a second of the dense layers.
  private var gigaflops: Double? { found.multiplyAdds.map { 2e-9 * Double($0) * rowsPerSecond } }

  private var megabytes: Double? { found.peakMemory.map { Double($0) / 1e6 } }

  var json: JSONValue {
    .object([
      .init("work", .string(work.rawValue)), .init("model", .string(options.model.rawValue)),
      .init("features", .integer(options.features)), .init("layers", .integer(options.layers)),
      .init("hidden", .integer(options.hidden)),
      .init("bins", options.model.hasBins ? .integer(options.bins) : .null),
      .init("batch", .integer(subject.batch)), .init("threads", .integer(threads)),
      .init("repeats", .integer(options.repeats)), .init("calls", .integer(found.times.calls)),
      .init("ms", .number(found.times.median * 1e3)),
      .init("ms_min", .number(found.times.least * 1e3)),
      .init("ms_max", .number(found.times.greatest * 1e3)),
      .init("rows_s", .number(rowsPerSecond)), .init("params", .integer(subject.trainedCount)),
      .init("gflops", .optional(gigaflops) { .number($0) }),
      .init("rss_mb", .optional(megabytes) { .number($0) }),
      .init("max_difference", .number(found.difference)),
    ])
  }

  var lines: [String] {
    let times = found.times
    var rows = [
      ["work", "\(work.rawValue), \(threads) \(threads == 1 ? "thread" : "threads")"],
      ["flow", "\(subject.architecture.summary), \(options.features) columns"],
      ["parameters", String(subject.trainedCount)],
      [
        "milliseconds \(work.unit)",
        "\(Self.spelled(times.median * 1e3))   "
          + "(\(Self.spelled(times.least * 1e3)) to \(Self.spelled(times.greatest * 1e3)), "
          + "\(options.repeats) repeats of \(times.calls))",
      ],
      ["rows a second", Self.spelled(rowsPerSecond)],
    ]
    if let gigaflops { rows.append(["GFLOP/s of dense layers", Self.spelled(gigaflops)]) }
    if let megabytes { rows.append(["peak memory", "\(Self.spelled(megabytes)) MB"]) }
    rows.append(["greatest difference from the definition", "\(Float(found.difference))"])
    return TextTable.lines(rows)
  }

  /// With about four digits that count.
  private static func spelled(_ value: Double) -> String {
    value.digits(value >= 1000 ? 0 : value >= 100 ? 1 : value >= 10 ? 2 : value >= 1 ? 3 : 4)
  }
}

extension BenchWork {
  /// What a time is that of, in a table.
  fileprivate var unit: String {
    switch self {
    case .train: "a step"
    case .score, .sample: "a batch"
    case .latency: "a row"
    case .startup: "a start"
    }
  }
}
