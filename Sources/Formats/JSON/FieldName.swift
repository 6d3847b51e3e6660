/// The name of a field of a JSON object, whatever it is.
public struct FieldName: CodingKey {
  /// The name.
  public let stringValue: String
  /// Nil: fields have no numbers.
  public var intValue: Int? { nil }

  /// A field of this name.
  public init(stringValue: String) { self.stringValue = stringValue }

  /// Nil: fields have no numbers.
  public init?(intValue: Int) { nil }
}
