import Flows
import Formats
import Foundation
import Tensors
import Testing

@testable import Learning

@Suite struct ArchitectureTests {
  private static let table: Table = {
    let noise = RandomKey(seed: 2).normals(900)
    return Table(
      columnNames: ["x", "y", "c"],
      values: (0..<300).flatMap { row -> [Double] in
        let (x, y, c) = (noise[3 * row], noise[3 * row + 1], noise[3 * row + 2])
        return [x + c, 0.5 * x + y, c]
      })
  }()

  @Test(
    "each kind learns, scores, samples, and is the same from its file",
    arguments: Architecture.Kind.named, [[], ["c"]])
  func kinds(_ kind: Architecture.Kind, _ given: [String]) throws {
    var plan = FitPlan(
      rows: 300, features: 2, context: given.count,
      architecture: Architecture(kind, layers: 2, hidden: [12, 12], bins: 4))
    plan.steps = 150
    let learned = try TableFit(Self.table, columns: ["x", "y"], given: given, plan: plan).run()
    let back = try LearnedDistribution(
      SafetensorsFile(decoding: learned.file.encoded, name: "m"), name: "m")
    let scores = try back.logDensity(of: Self.table)
    #expect(try scores.map(\.bitPattern) == learned.logDensity(of: Self.table).map(\.bitPattern))
    // The entropy of these rows is about 3.1 nats, or 2.8 given c; a flow that learned nothing is far off.
    #expect(scores.reduce(0, +) / 300 > -3.6, "\(kind)")
    let samples = try back.samples(
      300, key: RandomKey(seed: 1), given: given.isEmpty ? nil : Self.table)
    #expect(samples.values.allSatisfy { $0.isFinite })
    let mean =
      try back.logDensity(
        of: Table(
          columnNames: ["x", "y", "c"],
          values: (0..<300).flatMap { Array(samples.row($0)) + [Self.table[$0, 2]] })
      ).reduce(0, +) / 300
    // Samples of a distribution are about as likely under it as the data that it was fitted to.
    #expect((mean - scores.reduce(0, +) / 300).magnitude < 0.6, "\(kind): \(mean)")
  }

  @Test("a description says what differs from the usual")
  func description() throws {
    let usual = Architecture(.nsfar, layers: 3, hidden: [32, 32], bins: 8, bound: 5)
    func read(_ text: String) throws -> Architecture {
      try Architecture(text, name: "f.json", usual: usual)
    }
    #expect(
      try read(#"{"kind": "naf"}"#) == Architecture(.naf, layers: 3, hidden: [32, 32], bins: 8))
    #expect(
      try read(
        #"{"bound": 7.5, "kind": "nsf", "layers": 6, "hidden": [128, 64, 32], "bins": 16}"#)
        == Architecture(.nsf, layers: 6, hidden: [128, 64, 32], bins: 16, bound: 7.5))
    #expect(try read(#"{"kind":"maf","hidden":[]}"#).hidden.isEmpty)
    #expect(try read(#"{"kind": "mixture"}"#).bins == 4)
    #expect(try read(#"{"kind": "mixture", "bins": 9}"#).bins == 9)
  }

  @Test(
    "what is wrong with a description is said",
    arguments: [
      ("", "no JSON object"), ("[1]", "no JSON object"), ("{", "no JSON object"),
      ("{}", "no 'kind'"), (#"{"kind": "nsff"}"#, "the kind 'nsff', expected nsf, nsfar"),
      (#"{"kind": 3}"#, "'kind' of another type, expected a name in quotes"),
      (#"{"kind": "nsf", "layer": 3}"#, "the field 'layer', expected kind, layers, hidden"),
      (#"{"kind": "nsf", "layers": "3"}"#, "'layers' of another type, expected a whole number"),
      (#"{"kind": "nsf", "layers": 2.5}"#, "'layers' of another type"),
      (#"{"kind": "nsf", "hidden": 64}"#, "'hidden' of another type, expected a list"),
      (#"{"kind": "nsf", "layers": 0}"#, "out of range"),
      (#"{"kind": "nsf", "bins": 1}"#, "out of range"),
      (#"{"kind": "nsf", "bound": -1}"#, "out of range"),
      (#"{"kind": "bnaf", "hidden": []}"#, "out of range"),
      (#"{"kind": "nsf", "hidden": [100000, 100000]}"#, "too large"),
    ])
  func wrong(_ text: String, _ message: String) {
    let error = #expect(throws: FormatError.self) {
      try Architecture(text, name: "f.json", usual: Architecture(.nsf))
    }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  @Test("changed bytes are a description or an error")
  func changedBytes() {
    let original = Array(
      #"{"kind": "nsf", "layers": 2, "hidden": [8, 8], "bins": 4, "bound": 5}"#.utf8)
    var seed: UInt64 = 1
    for _ in 0..<2000 {
      var bytes = original
      for _ in 0..<3 {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes[Int(seed >> 33) % bytes.count] = UInt8((seed >> 20) & 0x7F)
      }
      do {
        let read = try Architecture(
          String(decoding: bytes, as: UTF8.self), name: "f", usual: Architecture(.nsf))
        #expect(read.isSound(features: 1, context: 0))
      } catch {
        #expect(error.reason == .badContent)
      }
    }
  }

  /// Flows at the ends of what is allowed are built: nothing within them refuses their numbers.
  @Test("what is sound can be built", arguments: Architecture.Kind.named)
  func extremes(_ kind: Architecture.Kind) {
    for (bins, bound) in [(2, 1e-3), (Architecture.mostBins, 100)] {
      for features in [1, 3] {
        let architecture = Architecture(kind, layers: 1, hidden: [1], bins: bins, bound: bound)
        #expect(architecture.isSound(features: features, context: 2))
        let model = Model(
          architecture.flow(features: features, context: 2), key: RandomKey(seed: 1))
        #expect(model.parameters.values.allSatisfy { $0.isFinite })
      }
    }
  }

  @Test func normalDistributionsOfManyColumnsFitMemory() {
    let normal = Architecture(.normal)
    #expect(normal.isSound(features: 5000, context: 0))
    #expect(!normal.isSound(features: 20_000, context: 0))
    // With something given, there is a matrix for each row.
    #expect(!normal.isSound(features: 5000, context: 1))
  }

  @Test(
    "no flow that is sound has more parameters than the limit",
    arguments: [
      Architecture.Kind.nsf, .nsfar, .naf, .umnn, .mixture, .gmm, .normal, .glow, .bnaf, .sos,
    ])
  func size(_ kind: Architecture.Kind) {
    // The estimate is an upper bound: it is compared with what is built, at sizes that take no time.
    for (layers, hidden, bins) in [(1, [8], 2), (4, [32, 32, 32], 30), (2, [64, 5], 100)] {
      let architecture = Architecture(kind, layers: layers, hidden: hidden, bins: bins)
      let count = Model(architecture.flow(features: 9, context: 3), key: RandomKey(seed: 1))
        .parameters.values.count
      #expect(Double(count) <= architecture.parameterBound(features: 9, context: 3), "\(kind)")
      let joint = Model(architecture.flow(features: 9), key: RandomKey(seed: 1)).parameters.values
      #expect(
        Double(joint.count) <= architecture.parameterBound(features: 9, context: 0), "\(kind)")
    }
  }
}
