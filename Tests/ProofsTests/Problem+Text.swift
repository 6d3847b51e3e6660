import Certificates
import Proofs
import Symbolics
import Testing

/// The problem that a text states.
func parsed(_ text: String) throws -> Problem {
  try #require(try FlowParser.parse(text, file: "test").first)
}

/// The verdict on a problem given as text.
func verdict(_ text: String) throws -> Verdict { Prover.verdict(for: try parsed(text)) }
