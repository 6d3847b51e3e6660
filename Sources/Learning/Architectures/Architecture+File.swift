public import Formats
import FoundationEssentials

extension Architecture {
  /// Reads a description such as `{"kind": "nsf", "layers": 6, "hidden": [128, 128], "bins": 16, "bound": 5}`.
  ///
  /// - Parameters:
  ///   - path: a file of one JSON object; all but the kind may be left out.
  ///   - usual: what is not said.
  /// - Throws: a `FormatError` for a file that is missing or no such description.
  public init(contentsOf path: String, usual: Architecture) throws(FormatError) {
    let text = try TextFile.read(path: path, maximumBytes: 1 << 16)
    try self.init(text, name: path, usual: usual)
  }

  /// Takes apart a description.
  ///
  /// - Parameters:
  ///   - text: one JSON object.
  ///   - name: what errors call it.
  ///   - usual: what is not said.
  public init(_ text: String, name: String, usual: Architecture) throws(FormatError) {
    let example = #"{"kind": "nsf", "layers": 4, "hidden": [64, 64], "bins": 8, "bound": 5}"#
    func wrong(_ found: String, _ expected: String) -> FormatError {
      FormatError(
        .badContent, file: name, found: found, expected: expected,
        hint: "a flow is described as in \(example)")
    }
    let fields: Fields
    do {
      fields = try JSONDecoder().decode(Fields.self, from: Data(text.utf8))
    } catch {
      throw (error as? Fields.Wrong).map { wrong($0.found, $0.expected) }
        ?? wrong("no JSON object", "a description of a flow")
    }
    try JSONFields.requireDistinct(in: text, file: name)
    guard let kind = fields.kind else { throw wrong("no 'kind'", Kind.list) }
    guard let known = Kind(rawValue: kind), known != .formula else {
      throw wrong("the kind \(FormatError.quote(kind.utf8))", Kind.list)
    }
    for (field, isGiven, isUsed) in [
      ("bins", fields.bins != nil, known.usesBins),
      ("layers", fields.layers != nil, known.hasLayers),
    ] where isGiven && !isUsed {
      throw wrong("'\(field)' for the kind '\(kind)', which has no use for it", "no such field")
    }
    let usual = usual.of(known)
    self.init(
      known, layers: fields.layers ?? usual.layers, hidden: fields.hidden ?? usual.hidden,
      bins: fields.bins ?? usual.bins, bound: fields.bound ?? usual.bound)
    guard isSound(features: 1, context: 0) else {
      throw wrong(
        "a flow that is too large, or a number out of range",
        "1 to 1000 layers, up to 16 hidden widths, 2 to \(Self.mostBins) bins, a bound up to 100")
    }
  }
}

extension Architecture.Kind {
  /// The kinds that a name is enough to choose: all but formulas.
  public static var named: [Self] { allCases.filter { $0 != .formula } }

  /// Their names.
  public static var list: String { named.map(\.rawValue).joined(separator: ", ") }
}

/// What a description says, before it is known to make sense.
private struct Fields: Decodable {
  var kind: String?
  var layers: Int?
  var hidden: [Int]?
  var bins: Int?
  var bound: Double?

  /// What is wrong with a field.
  struct Wrong: Error {
    let found: String
    let expected: String
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: FieldName.self)
    func field<Value: Decodable>(_ key: FieldName, _ expected: String) throws -> Value {
      do {
        return try container.decode(Value.self, forKey: key)
      } catch {
        throw Wrong(found: "'\(key.stringValue)' of another type", expected: expected)
      }
    }
    // In this order, so that of several errors always the same one is reported.
    for key in container.allKeys.sorted(by: { $0.stringValue < $1.stringValue }) {
      switch key.stringValue {
      case "kind": kind = try field(key, "a name in quotes")
      case "layers": layers = try field(key, "a whole number")
      case "hidden": hidden = try field(key, "a list of whole numbers")
      case "bins": bins = try field(key, "a whole number")
      case "bound": bound = try field(key, "a number")
      default:
        throw Wrong(
          found: "the field \(FormatError.quote(key.stringValue.utf8))",
          expected: "kind, layers, hidden, bins or bound")
      }
    }
  }
}
