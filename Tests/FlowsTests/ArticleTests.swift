import Foundation
import Testing

@Suite("Articles on one's own parts")
struct ArticleTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

  /// The lines of the tests that hold what the articles show.
  private static let compiled: Set<String> = Set(
    ["OwnTransformTests", "OwnNetworkTests", "PermutationTests"].flatMap { name in
      let source = try! String(contentsOf: folder.appending(path: name + ".swift"), encoding: .utf8)
      return source.split(separator: "\n").map { String($0.drop { $0 == " " }) }
    })

  private static let articles = [
    "WriteYourOwn", "NamedFlows", "Splines", "Networks", "Combinators",
  ]

  @Test("show code as tests compile it", arguments: articles)
  func article(name: String) throws {
    let article = try String(
      contentsOf: Self.folder.appending(path: "../../Sources/Flows/Flows.docc/\(name).md")
        .standardizedFileURL, encoding: .utf8)
    let snippets = article.split(separator: "```swift\n").dropFirst()
      .map { $0.prefix(upTo: $0.firstRange(of: "```")!.lowerBound) }
    #expect(!snippets.isEmpty)
    for line in snippets.joined().split(separator: "\n") {
      let code = String(line.drop { $0 == " " })
      #expect(Self.compiled.contains(code), "not compiled: \(line)")
    }
  }
}
