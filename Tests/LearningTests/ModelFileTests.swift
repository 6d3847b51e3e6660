import Foundation
import Flows
import Formats
import Learning
import Tensors
import Testing

/// How often the fuzz test tries; a long run sets `DIFFEO_FUZZ_ITERATIONS`.
private let iterations =
  min(
    20_000,
    ProcessInfo.processInfo.environment["DIFFEO_FUZZ_ITERATIONS"].flatMap { Int($0) } ?? 300)

@Suite struct ModelFileTests {
  private static let table = Table(
    columnNames: ["a", "b", "c"],
    values: (0..<60).map { number -> Double in
      let fraction = Double(number * 37 % 61) / 61
      return fraction + Double(number % 3)
    })

  private static let learned = Result {
    var plan = FitPlan(
      rows: 20, features: 2, context: 1,
      architecture: Architecture(.nsf, layers: 2, hidden: [8], bins: 4))
    plan.steps = 25
    return try TableFit(
      table, columns: ["a", "c"], given: ["b"], maps: ["a": .logit(lower: -1, upper: 4)], plan: plan
    ).run()
  }

  @Test func aFileGivesTheSameAnswers() throws {
    let learned = try Self.learned.get()
    let path = FileManager.default.temporaryDirectory.path + "/diffeo-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: path) }
    try learned.file.write(to: path)
    let back = try LearnedDistribution(contentsOf: path)
    let (before, after) = (
      try learned.logDensity(of: Self.table), try back.logDensity(of: Self.table)
    )
    #expect(before.map(\.bitPattern) == after.map(\.bitPattern))
    #expect(
      try learned.samples(20, key: RandomKey(seed: 1), given: Self.table)
        == back.samples(20, key: RandomKey(seed: 1), given: Self.table))
    #expect(back.provenance == learned.provenance)
    #expect(back.file.encoded == learned.file.encoded)
  }

  @Test func aNumberFormatChangesRoundingAlone() throws {
    let learned = try Self.learned.get()
    let double = learned.computing(in: .double)
    let (short, long) = (
      try learned.logDensity(of: Self.table), try double.logDensity(of: Self.table)
    )
    for (a, b) in zip(short, long) { #expect((a - b).magnitude < 1e-4) }
    #expect(short != long)
    #expect(try double.computing(in: .float).logDensity(of: Self.table) == short)
  }

  @Test func damageIsNoticed() throws {
    let original = try Self.learned.get().file
    func message(_ change: (inout SafetensorsFile) -> Void, checksum: Bool = true) -> String {
      var file = original
      change(&file)
      if checksum { file.metadata["checksum"] = file.checksum }
      do {
        _ = try LearnedDistribution(file, name: "m")
        return ""
      } catch { return "\(error)" }
    }
    #expect(message({ _ in }) == "")
    #expect(message({ $0.metadata["format"] = nil }).contains("of another program"))
    #expect(
      message({ $0.metadata["format"] = "diffeo-checkpoint" }).contains("of an interrupted fit"))
    #expect(message({ $0.metadata["version"] = "3" }).contains("version '3' of the format"))
    #expect(message({ $0.metadata["model"] = "{}" }).contains("makes no sense"))
    #expect(
      message({ $0.metadata["model"]!.replace("\"layers\":2", with: "\"layers\":200000") })
        .contains("makes no sense"))
    #expect(
      message({ $0.metadata["model"]!.replace("\"hidden\":[8]", with: "\"hidden\":[9]") })
        .contains("has extents"))
    #expect(
      message({ $0.metadata["model"]!.replace("\"upper\":4", with: "\"upper\":-4") })
        .contains("makes no sense"))
    #expect(
      message({
        $0.metadata["model"]!
          .replace("\"names\":[\"", with: "\"names\":[\"" + String(repeating: "x", count: 70_000))
      }).contains("makes no sense"))
    #expect(message({ $0.arrays.removeValue(forKey: $0.arrays.keys.min()!) }).contains("missing"))
    #expect(
      message({ $0.metadata["note"] = "x" }, checksum: false).contains("the checksum does not fit"))
    let name = original.arrays.keys.min()!
    let shape = original.arrays[name]!.shape
    let wrong = [Float](repeating: .nan, count: shape.reduce(1, *))
    #expect(
      message({ $0.arrays[name] = StoredArray(shape: shape, floats: wrong) }).contains("finite"))
  }

  @Test func changedBytesAreRefused() throws {
    var seed: UInt64 = 1
    let original = try Self.learned.get().file.encoded
    for _ in 0..<iterations {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      var bytes = original
      bytes[Int(seed >> 33) % bytes.count] ^= UInt8(1 << ((seed >> 20) & 7))
      #expect(throws: FormatError.self) {
        try LearnedDistribution(SafetensorsFile(decoding: bytes, name: "m"), name: "m")
      }
    }
  }
}
