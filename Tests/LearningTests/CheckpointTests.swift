import Formats
import Foundation
import Tensors
import Testing

@testable import Learning

/// How often the fuzz test tries; a long run sets `DIFFEO_FUZZ_ITERATIONS`.
private let iterations =
  min(
    20_000,
    ProcessInfo.processInfo.environment["DIFFEO_FUZZ_ITERATIONS"].flatMap { Int($0) } ?? 300)

@Suite struct CheckpointTests {
  private static func table(_ rows: Int = 200, shift: Double = 0) -> Table {
    let noise = RandomKey(seed: 3).normals(2 * rows)
    return Table(
      columnNames: ["x", "y"],
      values: (0..<rows).flatMap { row -> [Double] in
        let x = noise[2 * row]
        return [x, x * x + 0.3 * noise[2 * row + 1] + (row == 7 ? shift : 0)]
      })
  }

  private static func fit(
    _ table: Table = table(), given: [String] = [], _ change: (inout FitPlan) -> Void = { _ in }
  ) throws -> TableFit {
    var plan = FitPlan(
      rows: table.rowCount, features: 2 - given.count, context: given.count,
      architecture: Architecture(.nsf, layers: 2, hidden: [8], bins: 4))
    plan.steps = 110
    change(&plan)
    let names = ["x", "y"].filter { !given.contains($0) }
    return try TableFit(table, columns: names, given: given, plan: plan)
  }

  /// What a fit saves when it is asked to after every so many steps, as bytes of files.
  private static func saved(
    _ fit: TableFit, every steps: Int, from checkpoint: FitCheckpoint? = nil
  ) throws -> (checkpoints: [[UInt8]], model: [UInt8]) {
    var count = 0
    var files: [[UInt8]] = []
    let observer = FitObserver(
      afterStep: {
        count += 1
        return count.isMultiple(of: steps) ? .save : .goOn
      },
      save: { files.append($0.file.encoded) })
    let model = try fit.run(pool: WorkerPool(count: 1), from: checkpoint, observer: observer)
    return (files, model.file.encoded)
  }

  private static func decoded(_ bytes: [UInt8]) throws -> FitCheckpoint {
    try FitCheckpoint(SafetensorsFile(decoding: bytes, name: "c"), name: "c")
  }

  @Test(
    "a fit in pieces, each from the bytes of a file, ends in the same bytes", arguments: [1, 3])
  func pieces(_ members: Int) throws {
    let fit = try Self.fit { $0.members = members }
    let whole = try fit.run(pool: WorkerPool(count: 1)).file.encoded
    // 7 divides neither the steps to a report nor those of a member.
    var (checkpoints, model) = try Self.saved(fit, every: 7)
    #expect(model == whole, "saving changes nothing")
    var pieces = 0
    while checkpoints.count > 2 {
      pieces += 1
      let next = try Self.saved(fit, every: 7, from: Self.decoded(checkpoints[2]))
      #expect(next.model == whole)
      checkpoints = next.checkpoints
    }
    #expect(pieces > 2)
  }

  @Test("draws of what was not observed exactly go on as well")
  func draws() throws {
    let noise = RandomKey(seed: 4).normals(600)
    let table = Table(
      columnNames: ["x", "n", "c", "e", "w"],
      values: (0..<150).flatMap { row -> [Double] in
        let (x, y) = (noise[4 * row], noise[4 * row + 1])
        return [
          row.isMultiple(of: 7) ? .nan : x, (3 * y).rounded(),
          row.isMultiple(of: 5) ? .nan : noise[4 * row + 2], 0.2, row.isMultiple(of: 2) ? 1 : 2,
        ]
      })
    var roles = ColumnRoles(["x", "n"], given: ["c"])
    roles.errors = ["x": "e"]
    roles.weights = "w"
    roles.modelsMissing = true
    func fit(_ error: Double) throws -> TableFit {
      var plan = FitPlan(
        rows: 150, features: 2, context: 1,
        architecture: Architecture(.nsf, layers: 2, hidden: [8], bins: 4))
      plan.steps = 60
      plan.members = 2
      var values = table.values
      values[5 * 3 + 3] = error
      return try TableFit(Table(columnNames: table.columnNames, values: values), roles, plan: plan)
    }
    let whole = try fit(0.2).run(pool: WorkerPool(count: 1)).file.encoded
    let (checkpoints, model) = try Self.saved(fit(0.2), every: 13)
    #expect(model == whole && checkpoints.count > 4)
    for bytes in checkpoints {
      let checkpoint = try Self.decoded(bytes)
      #expect(try fit(0.2).run(pool: WorkerPool(count: 1), from: checkpoint).file.encoded == whole)
    }
    let checkpoint = try Self.decoded(checkpoints[1])
    #expect(throws: LearningError.self) {
      try fit(0.3).run(pool: WorkerPool(count: 1), from: checkpoint)
    }
  }

  @Test("a stopped fit gives its best, and goes on to the same bytes")
  func stopped() throws {
    let fit = try Self.fit(given: ["x"])
    let whole = try fit.run(pool: WorkerPool(count: 1)).file.encoded
    for stop in [1, 20, 33] {
      var steps = 0
      var kept: FitCheckpoint?
      let observer = FitObserver(
        afterStep: {
          steps += 1
          return steps == stop ? .stop : .goOn
        }, save: { kept = $0 })
      let early = try fit.run(pool: WorkerPool(count: 1), observer: observer)
      #expect(early.provenance.steps > 0 && early.provenance.steps <= stop)
      let checkpoint = try #require(kept)
      #expect(checkpoint.step == stop)
      let resumed = try fit.run(pool: WorkerPool(count: 1), from: checkpoint)
      #expect(resumed.file.encoded == whole)
    }
  }

  @Test("the time of all pieces counts")
  func timeBudget() throws {
    let fit = try Self.fit {
      $0.timeBudget = 0.4
      // Without validation rows a fit does not end before its time.
      $0.validationShare = 0
    }
    var kept: FitCheckpoint?
    let observer = FitObserver(
      save: { kept = $0 }, report: { $0.seconds > 0.2 ? .stop : .goOn })
    _ = try fit.run(pool: WorkerPool(count: 1), observer: observer)
    let checkpoint = try Self.decoded(#require(kept).file.encoded)
    #expect(checkpoint.seconds > 0.2)
    var last: FitProgress?
    let start = ContinuousClock.now
    _ = try fit.run(
      pool: WorkerPool(count: 1), from: checkpoint,
      observer: FitObserver(report: {
        last = $0
        return .goOn
      }))
    let progress = try #require(last)
    #expect(progress.step > checkpoint.step)
    // What the first piece has used is part of what a report says.
    #expect(progress.seconds >= checkpoint.seconds)
    #expect(progress.seconds - checkpoint.seconds <= (ContinuousClock.now - start) / .seconds(1))
  }

  @Test("a checkpoint of another fit is refused, and it says what differs")
  func differences() throws {
    let checkpoint = try Self.decoded(Self.saved(Self.fit(), every: 50).checkpoints[0])
    func message(_ fit: TableFit, threads: Int = 1) -> String {
      do {
        _ = try fit.run(pool: WorkerPool(count: threads), from: checkpoint)
        return ""
      } catch { return "\(error)" }
    }
    #expect(message(try Self.fit()) == "")
    #expect(message(try Self.fit { $0.seed = 1 }).contains("seed: 0, now 1"))
    #expect(message(try Self.fit { $0.steps = 120 }).contains("number of steps: 110, now 120"))
    #expect(message(try Self.fit { $0.architecture.bins = 5 }).contains("4 bins, now nsf"))
    #expect(message(try Self.fit { $0.members = 2 }).contains("number of members: 1, now 2"))
    #expect(message(try Self.fit { $0.timeBudget = 2 }).contains("in seconds: none, now 2.0"))
    #expect(message(try Self.fit(given: ["x"])).contains("modelled columns: x, y, now y"))
    #expect(message(try Self.fit(Self.table(201))).contains("number of rows: 200, now 201"))
    #expect(message(try Self.fit(Self.table(shift: 1e-6))).contains("the numbers in the table"))
    #expect(message(try Self.fit(), threads: 2).contains("number of threads: 1, now 2"))
    #expect(message(try Self.fit { $0.architecture.bound = 4 }).contains("bound: 5.0, now 4.0"))
    #expect(message(try Self.fit { $0.decay = 0 }).contains("a setting of the training"))
  }

  @Test("damaged bytes are refused")
  func damage() throws {
    let original = try Self.saved(Self.fit(), every: 50).checkpoints[0]
    var seed: UInt64 = 1
    for _ in 0..<iterations {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      var bytes = original
      bytes[Int(seed >> 33) % bytes.count] ^= UInt8(1 << ((seed >> 20) & 7))
      #expect(throws: FormatError.self) { try Self.decoded(bytes) }
    }
    for count in stride(from: 0, to: original.count, by: 97) {
      #expect(throws: FormatError.self) { try Self.decoded(Array(original[..<count])) }
    }
  }

  /// Files whose checksum is right, but that no fit has written: they are refused, or training goes on from what
  /// they say; nothing crashes or takes long.
  @Test("hostile files do no harm")
  func hostile() throws {
    let fit = try Self.fit {
      $0.members = 2
      // Without validation rows no member ends before its last step.
      $0.validationShare = 0
    }
    let saved = try Self.saved(fit, every: 60).checkpoints
    let file = try SafetensorsFile(decoding: saved[2], name: "c")
    func outcome(_ change: (inout SafetensorsFile) -> Void) -> String {
      var changed = file
      change(&changed)
      changed.metadata["checksum"] = changed.checksum
      do {
        _ = try fit.run(
          pool: WorkerPool(count: 1), from: FitCheckpoint(changed, name: "c"),
          observer: FitObserver(afterStep: { .stop }))
        return "accepted"
      } catch { return "\(error)" }
    }
    func state(_ old: String, _ new: String) -> String {
      #expect(file.metadata["state"]!.contains(old))
      return outcome { $0.metadata["state"]!.replace(old, with: new) }
    }
    #expect(outcome { _ in } == "accepted")
    #expect(outcome { $0.metadata["format"] = "diffeo-model" }.contains("another kind of file"))
    #expect(outcome { $0.metadata["version"] = "9" }.contains("another release"))
    #expect(outcome { $0.metadata["state"] = "{}" }.contains("makes no sense"))
    #expect(outcome { $0.arrays["loop.values"] = nil }.contains("makes no sense"))
    #expect(outcome { $0.arrays["member.0"] = nil }.contains("makes no sense"))
    for name in ["member.0", "loop.values", "loop.average", "loop.best", "loop.moments.1"] {
      let short = outcome { $0.arrays[name] = StoredArray(shape: [2], doubles: [1, 2]) }
      #expect(short.contains("no state that this fit could be in"), "\(name): \(short)")
    }
    #expect(outcome { $0.arrays["loop.moments.0"] = nil }.contains("no state that"))
    #expect(
      outcome { $0.arrays["x"] = StoredArray(shape: [1], doubles: [.nan]) }.contains("finite"))
    #expect(state("\"stepsLeft\":", "\"stepsLeft\":-").contains("no state that"))
    #expect(state("\"stepsLeft\":", "\"stepsLeft\":9999999999999999").contains("no state that"))
    let place = "\"schedule\":{\"progress\":"
    #expect(state(place, place + "9").contains("no state that"))
    #expect(state("\"skippedInRow\":0", "\"skippedInRow\":-9").contains("no state that"))
    #expect(state("\"steps\":[", "\"steps\":[-").contains("no state that"))
    #expect(state("\"nextReport\":", "\"nextReport\":-").contains("no state that"))
    #expect(state("\"members\":2", "\"members\":-2").contains("number of members"))
  }
}
