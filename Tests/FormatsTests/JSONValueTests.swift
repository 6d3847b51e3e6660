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

  @Test("What is written is read back, fields in the order of their names")
  func reading() throws {
    let value = JSONValue.object([
      .init("a", .array([.integer(-7), .number(0.5), .null, .boolean(true), .array([])])),
      .init("b", .object([.init("c", .string("quote \" ∛ \u{7}"))])),
    ])
    for text in [value.line, value.page] {
      #expect(try JSONValue(reading: text, file: "test") == value)
    }
    let lines = try JSONValue.documents(in: "\(value.line)\n\n\(value.line)\n", file: "test")
    #expect(lines.map(\.value) == [value, value] && lines.map(\.line) == [1, 3])
    #expect(try JSONValue.documents(in: value.page, file: "test").map(\.line) == [nil])
  }

  @Test("Errors name the file, the line and the way to the value")
  func errors() throws {
    let error = #expect(throws: FormatError.self) {
      try JSONValue.documents(in: "{\"a\": 1}\n{\"a\": }\n", file: "test")
    }
    #expect(error?.line == 2 && error?.expected == "JSON")
    let value = try JSONValue(reading: #"{"a": [1, {"b": "x"}]}"#, file: "test")
    let place = try JSONPlace(value, file: "test").field("a").entries()[1].field("b")
    #expect(try place.text() == "x")
    let wrong = #expect(throws: FormatError.self) { try place.integer() }
    #expect(wrong?.found == "a[1].b: found 'x'" && wrong?.expected == "a whole number")
  }

  @Test("Depth is limited before anything is read", arguments: [64, 65, 1_000_000])
  func depth(_ depth: Int) {
    let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect(((try? JSONValue(reading: text, file: "test")) != nil) == (depth == 64))
  }
}
