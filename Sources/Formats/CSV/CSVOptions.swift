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

  /// Which columns hold words. A word is read as its number, from 0, in the list of the words of its column.
  public enum Words: Sendable {
    /// None
    case none
    /// Those of these columns whose first cell is no number; the list is in the order of the rows.
    case found(in: Set<String>)
    /// These, with all the words that they may hold.
    case known([String: [String]])
  }

  /// The byte between fields; nil for the one that the first line shows: the first of comma, tab, semicolon and bar that
  /// it has outside of quotes.
  public var delimiter: UInt8?
  /// Whether the first record names the columns.
  public var header: Header
  /// Whether `inf`, `-inf` and `nan` are accepted as numbers.
  public var acceptsNonFinite: Bool
  /// Whether an empty cell, `NA`, `N/A`, `null` and `nan` are accepted, as NaN.
  public var acceptsMissing = false
  /// The columns whose cells are looked at; others are NaN where they hold no number. All where it is nil.
  public var columns: Set<String>?
  /// Which columns hold words instead of numbers.
  public var words = Words.none
  /// The most bytes in one field.
  public var maximumFieldBytes: Int
  /// The most bytes in one record.
  public var maximumRecordBytes: Int
  /// The most columns.
  public var maximumColumns: Int

  /// Options for a usual file: a usual delimiter, a header if there is one, finite numbers.
  public init(
    delimiter: UInt8? = nil, header: Header = .automatic,
    acceptsNonFinite: Bool = false, maximumFieldBytes: Int = 1 << 16,
    maximumRecordBytes: Int = 1 << 24, maximumColumns: Int = 1 << 16
  ) {
    if let delimiter {
      precondition(Self.canSeparate(delimiter), "byte \(delimiter) cannot separate fields")
    }
    self.delimiter = delimiter
    self.header = header
    self.acceptsNonFinite = acceptsNonFinite
    self.maximumFieldBytes = maximumFieldBytes
    self.maximumRecordBytes = maximumRecordBytes
    self.maximumColumns = maximumColumns
  }
}

extension CSVOptions {
  /// Whether a byte can stand between fields: one that no number, quote, end of a line or longer character holds.
  public static func canSeparate(_ byte: UInt8) -> Bool {
    byte < 0x80 && !"\"\r\n+-.eE0123456789".utf8.contains(byte)
  }

  /// Whether a number may stand in the table.
  func accepts(_ value: Double) -> Bool {
    value.isFinite || acceptsNonFinite || (value.isNaN && acceptsMissing)
  }

  /// Whether the cells of a column are looked at.
  func needs(_ column: String) -> Bool { columns?.contains(column) ?? true }
}
