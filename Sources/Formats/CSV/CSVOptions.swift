/// How a CSV file is written and how much of it is accepted.
public struct CSVOptions: Sendable {
  /// Whether the first record names the columns.
  public enum Header: Sendable {
    /// It does if none of its fields is a number; if only some are, that is an error.
    case automatic
    /// It does.
    case present
    /// It does not: the columns are called x1, x2, …
    case absent
  }

  /// The byte between fields.
  public var delimiter: UInt8
  /// Whether the first record names the columns.
  public var header: Header
  /// Whether `inf`, `-inf` and `nan` are accepted as numbers.
  public var acceptsNonFinite: Bool
  /// Whether empty fields and `nan` are accepted, as NaN: a number that is missing.
  public var acceptsMissing = false
  /// The most bytes in one field.
  public var maximumFieldBytes: Int
  /// The most bytes in one record.
  public var maximumRecordBytes: Int
  /// The most columns.
  public var maximumColumns: Int

  /// Options for a usual file: commas, a header if there is one, finite numbers.
  public init(
    delimiter: UInt8 = UInt8(ascii: ","), header: Header = .automatic,
    acceptsNonFinite: Bool = false, maximumFieldBytes: Int = 1 << 16,
    maximumRecordBytes: Int = 1 << 24, maximumColumns: Int = 1 << 16
  ) {
    precondition(
      !"\"\r\n+-.eE0123456789".utf8.contains(delimiter), "byte \(delimiter) cannot separate fields")
    self.delimiter = delimiter
    self.header = header
    self.acceptsNonFinite = acceptsNonFinite
    self.maximumFieldBytes = maximumFieldBytes
    self.maximumRecordBytes = maximumRecordBytes
    self.maximumColumns = maximumColumns
  }
}
