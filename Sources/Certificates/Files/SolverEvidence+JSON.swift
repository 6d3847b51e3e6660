import Formats
import Symbolics

extension SolverEvidence {
  var fields: [JSONValue.Field] {
    [.init("query", .strings(query.split(separator: "\n").map(String.init)))]
  }

  init(reading place: JSONPlace) throws(FormatError) {
    try place.requireEvidence(["query"])
    var lines: [String] = []
    for line in try place.field("query").entries() { lines.append(try line.text()) }
    self.init(query: lines.joined(separator: "\n"))
  }
}

extension CoercivityEvidence {
  var fields: [JSONValue.Field] { [.init("matrix", .array(matrix.map { .formulas($0) }))] }

  init(reading place: JSONPlace, _ reader: FormulaReader) throws(FormatError) {
    try place.requireEvidence(["matrix"])
    self.init(matrix: try reader.matrix(place.field("matrix")))
  }
}
