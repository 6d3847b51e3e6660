import Foundation
import Symbolics
import Testing

@Suite("The published rules")
struct RewriteRuleTests {
  private static let article = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
    .appending(path: "Sources/Symbolics/Symbolics.docc/RewriteRules.md")

  @Test("The article has a row for each rule, in their order, and no other")
  func article() throws {
    let text = try String(contentsOf: Self.article, encoding: .utf8)
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }.map(String.init)
    let expected = RewriteRule.table.map { rule in
      let statement = rule.statement.replacingOccurrences(of: "|", with: "\\|")
      let condition = rule.sideCondition.isEmpty ? "always" : rule.sideCondition
      return "| `\(rule.name.rawValue)` | `\(statement)` | \(condition) |"
    }
    #expect(rows == expected)
  }
}
