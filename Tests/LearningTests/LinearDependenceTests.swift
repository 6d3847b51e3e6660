import Formats
import Tensors
import Testing

@testable import Learning

@Suite struct LinearDependenceTests {
  private static let noise = RandomKey(seed: 4).normals(3 * 500)

  private static func table(
    _ names: String..., row: (_ a: Double, _ b: Double, _ c: Double) -> [Double]
  ) -> Table {
    Table(
      columnNames: names,
      values: (0..<500).flatMap { row(noise[3 * $0], noise[3 * $0 + 1], noise[3 * $0 + 2]) })
  }

  @Test func sumsAreFoundWithTheirFactors() throws {
    let table = Self.table("a", "b", "sum", "c") { a, b, c in
      [100 + a, 1e-3 * b, 2 * (100 + a) - 5 * 1e-3 * b + 7, c]
    }
    let found = table.linearDependences(of: table.columnNames)
    #expect(found.map(\.column) == ["sum"])
    let only = try #require(found.first)
    #expect(only.residual < 1e-12)
    #expect(only.terms.map(\.column) == ["a", "b"])
    // Numbers of 200 are rounded by 2^-46; a thousandth as a deviation magnifies that.
    #expect((only.terms[0].factor - 2).magnitude < 1e-10)
    #expect((only.terms[1].factor + 5).magnitude < 1e-8)
    #expect((only.constant - 7).magnitude < 1e-8)
  }

  @Test func whatFollowsFromGivenColumnsIsFound() {
    let table = Self.table("a", "b", "c") { a, b, _ in [a, b, a - b] }
    let found = table.linearDependences(of: ["a"], after: ["b", "c"])
    #expect(found.map(\.column) == ["a"])
    #expect(found[0].terms.map(\.column) == ["b", "c"] && found[0].constant == 0)
    #expect(table.linearDependences(of: ["a"], after: ["b"]).isEmpty)
    #expect(table.linearDependences(of: [], after: ["a", "b", "c"]).isEmpty)
  }

  @Test(arguments: [(1e-5, true), (1e-3, false)])
  func roundedSumsAreFoundToo(_ noise: Double, _ isFound: Bool) {
    let table = Self.table("a", "b") { a, b, _ in [a, a + noise * b] }
    let found = table.linearDependences(of: ["a", "b"])
    #expect(found.count == (isFound ? 1 : 0))
    for one in found { #expect((0.8e-5...1.2e-5).contains(one.residual)) }
  }

  @Test func fewRowsAndConstantsSayNothing() {
    let few = Table(columnNames: ["a", "b", "c"], values: [1, 2, 3, 4, 5, 6, 7, 8, 0])
    #expect(few.linearDependences(of: ["a", "b", "c"]).isEmpty)
    let constant = Self.table("a", "b", "c") { a, _, c in [a, 4, a * a + 0 * c] }
    #expect(constant.linearDependences(of: ["a", "b", "c"]).isEmpty)
    let gaps = Self.table("a", "b") { a, b, _ in [a, b > 0 ? 3 * a : .nan] }
    #expect(gaps.linearDependences(of: ["a", "b"]).map(\.column) == ["b"])
  }
}
