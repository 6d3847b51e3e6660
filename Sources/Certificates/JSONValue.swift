/// A JSON document as data, for evidence whose shape depends on its kind.
public indirect enum JSONValue: Sendable, Equatable {
  /// Keys are encoded in the encoder's order (sorted, in Diffeo's answers).
  case object([String: JSONValue])
  /// `[…]`
  case array([JSONValue])
  /// `"…"`
  case string(String)
  /// `true` or `false`
  case bool(Bool)
  /// `null`
  case null
}

extension JSONValue: Encodable {
  /// Encodes the value as the JSON that it stands for.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .object(let members): try container.encode(members)
    case .array(let elements): try container.encode(elements)
    case .string(let text): try container.encode(text)
    case .bool(let value): try container.encode(value)
    case .null: try container.encodeNil()
    }
  }
}
