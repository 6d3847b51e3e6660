import Flows
import Foundation
import Tensors
import Testing

@Suite("The example in the README")
struct ReadmeTests {
  private static let values = (0..<400).map { Double($0 * 7919 % 1000) / 500 - 1 }

  /// The example itself, with `values` given.
  @Test func fitsScoresAndSamples() throws {
    let values = Self.values
    // The README's lines.
    var model = Model(Flow.splineCoupling(features: 2), key: RandomKey(seed: 1))
    try model.fit(Batch(features: 2, values), key: RandomKey(seed: 2))
    let logDensities = try model.logDensity(of: Batch(features: 2, [0.1, -0.2]))
    let samples = try model.samples(1000, key: RandomKey(seed: 3))
    // Up to here.
    #expect(logDensities.count == 1 && logDensities[0].isFinite)
    #expect(samples.rows == 1000 && samples.features == 2)
  }

  /// What is compiled here and what is printed there are the same lines.
  @Test func isWhatTheReadmeShows() throws {
    let file = URL(fileURLWithPath: #filePath)
    let root = file.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    let source = try String(contentsOf: file, encoding: .utf8)
    let shown = try #require(Self.part(of: readme, from: "```swift", to: "```"))
    let compiled = try #require(
      Self.part(of: source, from: "// The README's lines.", to: "// Up to here."))
    #expect(shown.filter { !$0.isEmpty && !$0.hasPrefix("import ") } == compiled)
    #expect(shown.filter { $0.hasPrefix("import ") } == ["import Flows", "import Tensors"])
  }

  /// The lines between two lines, without what they are indented by.
  private static func part(of text: String, from first: String, to last: String) -> [String]? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    guard let start = lines.firstIndex(of: first) else { return nil }
    let rest = lines[(start + 1)...]
    guard let end = rest.firstIndex(of: last) else { return nil }
    return Array(rest[..<end])
  }
}
