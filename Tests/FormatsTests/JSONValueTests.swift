import Formats
import Foundation
import Testing

@Suite("JSON")
struct JSONValueTests {
  @Test("What is written is read back by another parser")
  func roundTrip() throws {
    let text = "quote \" slash \\ line\nfeed tab\t bell\u{7} é ∛ \u{1F600} del\u{7F}"
    let value = JSONValue.object([
      .init("text", .string(text)), .init("null", .null), .init("yes", .boolean(true)),
      .init("numbers", .array([.number(0.1), .number(-1e300), .number(3), .integer(42)])),
      .init("empty", .array([])), .init("nothing", .object([])),
      .init("infinite", .number(.infinity)),
    ])
    for written in [value.line, value.page] {
      let read =
        try JSONSerialization.jsonObject(with: Data(written.utf8)) as? [String: Any] ?? [:]
      #expect(read["text"] as? String == text)
      #expect(read["null"] is NSNull)
      #expect(read["infinite"] is NSNull)
      #expect(read["numbers"] as? [Double] == [0.1, -1e300, 3, 42])
      #expect((read["nothing"] as? [String: Any])?.isEmpty == true)
    }
    #expect(!value.line.contains("\n"))
  }

  @Test("Fields keep their order")
  func order() {
    let value = JSONValue.object([.init("b", .integer(1)), .init("a", .array([.string("x")]))])
    #expect(value.line == #"{"b":1,"a":["x"]}"#)
    #expect(value.page == "{\n  \"b\": 1,\n  \"a\": [\"x\"]\n}")
  }
}
