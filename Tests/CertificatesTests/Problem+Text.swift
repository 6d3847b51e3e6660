import Symbolics
import Testing

/// The problem that a text states.
func problem(_ text: String) throws -> Problem {
  try #require(try FlowParser.parse(text, file: "test").first)
}
