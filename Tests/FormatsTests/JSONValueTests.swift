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

  /// Each has an object with two fields of one name; in the last ones the name is spelled differently.
  @Test(
    "A field that is there twice is named, with its object and its line",
    arguments: [
      (#"{"a": 1, "a": 1}"#, 1, "found the field 'a' twice"),
      (
        "{\"a\": {\n\"b\": [0, {\"c\": \"x\",\n\"c\": 2}]}}", 3,
        "a.b[1]: found the field 'c' twice"
      ),
      (#"[{"a": "a"}, {"b": {}, "b": []}]"#, 1, "[1]: found the field 'b' twice"),
      (#"{"a\"": 1, "b": "\\", "a\u0022": 1}"#, 1, "found the field 'a\"' twice"),
      (#"{"claim": 1, "\u0063laim": 2}"#, 1, "found the field 'claim' twice"),
      ("{\"\u{E9}\": 1, \"e\u{301}\": 2}", 1, "twice"),
    ])
  func doubles(_ text: String, _ line: Int, _ found: String) {
    let error = #expect(throws: FormatError.self) { try JSONValue(reading: text, file: "test") }
    #expect(error?.line == line && error?.found.hasSuffix(found) == true, "\(error!)")
  }

  @Test(
    "Equal names in different objects, and equal texts that are no names, are no doubles",
    arguments: [
      #"{"a": {"a": {"a": 1}}, "b": {"a": 1}}"#, #"[{"a": 1}, {"a": 1}]"#,
      #"{"a": "b", "b": "b", "c": ["a", "a"], "d": "a"}"#, #"{"a": "\",\"a\":", "b": 1}"#,
      #"{"a\\": 1, "a": 2, "A": 3, "": 4}"#,
    ])
  func singles(_ text: String) {
    #expect(throws: Never.self) { try JSONValue(reading: text, file: "test") }
  }

  @Test("A text that a decoder would take for UTF-16 is refused", arguments: [false, true])
  func zeros(isBigEndian: Bool) {
    let text = #"{"a": 1, "\u0061": 2}"#.unicodeScalars
      .map { isBigEndian ? "\u{0}\($0)" : "\($0)\u{0}" }.joined()
    #expect(throws: FormatError.self) { try JSONValue(reading: text, file: "test") }
  }

  @Test("Depth is limited before anything is read", arguments: [64, 65, 1_000_000])
  func depth(_ depth: Int) {
    let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect(((try? JSONValue(reading: text, file: "test")) != nil) == (depth == 64))
  }
}
