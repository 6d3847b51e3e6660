import Testing

@testable import DiffeoCommand

@Suite("Lists of columns and values in options")
struct ColumnListTests {
  @Test(
    "Names",
    arguments: [
      ("a,b", ["a", "b"]), (" a , b ", ["a", "b"]), ("", []), (",", []), ("a=b", ["a=b"]),
      ("\"a,b\",c", ["a,b", "c"]), ("\" a \"", [" a "]), ("\"a\"\"b\"", ["a\"b"]),
      ("5\",6\"", ["5\"", "6\""]), ("\"a", ["\"a"]), ("\"a\"b,c", ["\"a\"b", "c"]),
      ("\"a\" , c", ["a", "c"]),
    ])
  func names(_ list: String, _ expected: [String]) {
    #expect(ColumnList.names(list) == expected)
  }

  @Test("Pairs")
  func pairs() {
    func pairs(_ list: String) -> [[String]] {
      ColumnList.pairs(list).map { $0.sides.map { [$0.0, $0.1] } ?? [$0.text] }
    }
    #expect(pairs("u=26.7,type=spiral") == [["u", "26.7"], ["type", "spiral"]])
    #expect(pairs("u = 1 , \"a,b\" = \"c = d, e\"") == [["u", "1"], ["a,b", "c = d, e"]])
    #expect(pairs("u,v=") == [["u"], ["v="]])
    #expect(pairs("u=a=b") == [["u=a=b"]])
    #expect(ColumnList.pair("u=u_err").map { [$0.0, $0.1] } == ["u", "u_err"])
    #expect(ColumnList.pair("u=a,g=b") == nil && ColumnList.pair("u") == nil)
  }

  @Test(
    "What is quoted where it must be reads back", arguments: ["a", "a,b", "a=b", "a\"b", "\"a\""])
  func quotes(_ name: String) {
    let text = ColumnList.quotedIfNeeded(name)
    #expect(ColumnList.names("\(text),c") == [name, "c"])
    #expect(ColumnList.pair("\(text)=\(text)").map { [$0.0, $0.1] } == [name, name])
  }
}
