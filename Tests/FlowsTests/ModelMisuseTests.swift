import Foundation
import Tensors
import Testing

@testable import Flows

@Suite("Misuse of models")
struct ModelMisuseTests {
  private static let (model, key) = (
    model(of: Flow.diagonalNormal(features: 2)), RandomKey(seed: 1)
  )
  private static let rows = Batch(features: 2, [1, 2, 3, 4])

  private static func model(of flow: Flow, _ precision: Precision = .float) -> Model {
    Model(flow, key: RandomKey(seed: 1), precision: precision)
  }

  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "no error"
    } catch { return "\(error)" }
  }

  @Test("parameters that are not finite are answered with their name and place")
  func parameters() {
    let (key, rows) = (Self.key, Self.rows)
    for (value, name) in [(Double.nan, "nan"), (.infinity, "inf"), (1e39, "1e+39")] {
      var bad = Self.model
      bad.parameters.values[3] = value
      let expected =
        "parameter 'bijector.0.parameters' holds \(name) at place 3, counted from 0; its values must be finite in "
        + "the model's number format"
      #expect(message { _ = try bad.logDensity(of: rows) } == expected)
      #expect(message { _ = try bad.samples(2, key: key) } == expected)
      #expect(message { _ = try FlowMap(bad)!.forward(rows) } == expected)
      #expect(message { _ = try FlowMap(bad)!.inverse(rows) } == expected)
      let scorer = Scorer(Self.model)
      #expect(message { _ = try scorer.logDensity(of: rows, with: bad.parameters) } == expected)
      #expect(
        message {
          var bad = bad
          try bad.fit(rows, key: key)
        } == expected)
    }
    var large = Self.model(of: Flow.diagonalNormal(features: 2), .double)
    large.parameters.values[0] = 1e39
    #expect(message { _ = try large.logDensity(of: rows) } == "no error")
  }

  /// What stops the program, with what is said before.
  private static let mistakes: [(name: String, says: String, make: @Sendable () -> Void)] = [
    (
      "a negative number of steps", "at least one step of one row expected, got -1 of 256",
      {
        var training = Training()
        training.steps = -1
      }
    ),
    (
      "no rows of a step", "at least one step of one row expected, got 1000 of 0",
      {
        var training = Training()
        training.batch = 0
      }
    ),
    (
      "a rate that is none", "a step of length nan is not in [0, ∞)",
      {
        var training = Training()
        training.rate = .nan
      }
    ),
    ("a row beyond the last", "row 2 of a batch of 2 rows", { _ = rows[2] }),
    ("rows beyond the last", "rows 1..<5 of a batch of 2 rows", { _ = rows.slice(1..<5) }),
    (
      "samples beyond any memory",
      "1000000000000 samples are too many; of 4 numbers each, random ones included, there may be 2500000000 at once",
      { _ = try? model.samples(1_000_000_000_000, key: key) }
    ),
    (
      "samples beyond all numbers", "a sample with the number 9223372036854775807; the last one is",
      { _ = try? Sampler(model).samples(Int.max - 1..<Int.max, key: key) }
    ),
    (
      "parameters of another model", "parameters of another model than the scorer's",
      {
        let other = Self.model(of: Flow.fullNormal(features: 2))
        _ = try? Scorer(model).logDensity(of: rows, with: other.parameters)
      }
    ),
  ]

  @Test("mistakes stop with a sentence that has both numbers", arguments: mistakes.indices)
  func mistake(number: Int) async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [number = number as Int] in
      Self.mistakes[number].make()
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    let mistake = Self.mistakes[number]
    #expect(text.contains(mistake.says), "\(mistake.name): \(text)")
  }

  @Test("a graph of 100,000 features, each of which depends on the next one, is ordered at once")
  func longGraph() {
    let count = 100_000
    let graph = DependencyGraph(parents: (0..<count).map { $0 == count - 1 ? [] : [$0 + 1] })
    #expect(graph.order == (0..<count).reversed())
  }
}
