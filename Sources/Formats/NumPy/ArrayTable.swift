/// Tables from NumPy's arrays.
enum ArrayTable {
  /// A larger file, or one that unpacks to more, is refused.
  private static let maximumBytes = 1 << 31

  /// The table in a `.npy` file: one column of an array with one extent, D of one with the extents N and
  /// D, or a column for each field of a structured one.
  static func table(of source: ByteSource, _ options: CSVOptions) throws(FormatError) -> Table {
    let bytes = try source.readAll(atMost: maximumBytes, expected: "an array")
    let array = try NumPyArray(decoding: bytes, name: source.name)
    return try columns(of: array, file: source.name, options).table(source.name, options)
  }

  /// The table in a `.npz` archive: arrays with one extent are columns with their names, or the only array
  /// is a table.
  static func table(
    ofArchive source: ByteSource, _ options: CSVOptions
  ) throws(FormatError) -> Table {
    let bytes = try source.readAll(atMost: maximumBytes, expected: "an archive of arrays")
    let archive = try ZipArchive(bytes, name: source.name)
    let entries = archive.entries.filter { $0.name.hasSuffix(".npy") }
    guard !entries.isEmpty else {
      throw FormatError(
        .badContent, file: source.name, found: "a zip archive without arrays",
        expected: "one of numpy.savez", hint: "is this a spreadsheet? export the sheet as CSV")
    }
    guard entries.reduce(0, { $0 + $1.byteCount }) <= maximumBytes else {
      throw FormatError(
        .badContent, file: source.name, found: "arrays of more than \(maximumBytes) bytes",
        expected: "a table that fits into memory")
    }
    var all = Columns()
    for entry in entries {
      let name = String(entry.name.dropLast(4))
      let file = "\(source.name) (\(name))"
      let array = try NumPyArray(decoding: archive.content(of: entry), name: file)
      if entries.count == 1, array.shape.count == 2 || array.item.isStructured {
        return try columns(of: array, file: file, options).table(file, options)
      }
      try all.add(array, name: name, file: file)
    }
    return try all.table(source.name, options)
  }

  private static func columns(
    of array: NumPyArray, file: String, _ options: CSVOptions
  ) throws(FormatError) -> Columns {
    let shape = array.shape
    guard shape.count == 1 || (shape.count == 2 && !array.item.isStructured) else {
      throw FormatError(
        .badContent, file: file, found: "an array with the extents \(shape.prefix(8))",
        expected: "one extent, or two: rows and columns")
    }
    let rows = shape[0]
    let width = shape.count == 2 ? shape[1] : 1
    let count = max(width, array.item.fields.count)
    guard width > 0, count > 0, count <= options.maximumColumns else {
      throw FormatError(
        .badContent, file: file, found: "\(min(width, count)) columns",
        expected: "1 to \(options.maximumColumns)")
    }
    var columns = Columns()
    for column in 0..<width {
      for field in array.item.fields {
        let name = array.item.isStructured ? field.name : "x\(column + 1)"
        let values = (0..<rows).map { row in
          array.value(array.isColumnMajor ? column * rows + row : row * width + column, field)
        }
        try columns.add(values, name: name, file: file)
      }
    }
    return columns
  }
}

extension ArrayTable {
  /// Columns of one length, with different names.
  private struct Columns {
    private var names: [String] = []
    private var values: [[Double]] = []

    mutating func add(_ array: NumPyArray, name: String, file: String) throws(FormatError) {
      guard array.shape.count == 1, !array.item.isStructured else {
        throw FormatError(
          .badContent, file: file, found: "an array with the extents \(array.shape.prefix(8))",
          expected: "arrays with one extent, one for each column",
          hint: "save a single table, or its columns: numpy.savez(file, a=…, b=…)")
      }
      let field = array.item.fields[0]
      try add((0..<array.shape[0]).map { array.value($0, field) }, name: name, file: file)
    }

    mutating func add(_ column: [Double], name: String, file: String) throws(FormatError) {
      if let first = values.first, first.count != column.count {
        throw FormatError(
          .badContent, file: file, found: "\(column.count) numbers",
          expected: "\(first.count), as in '\(names[0])'")
      }
      guard !name.isEmpty, !names.contains(name) else {
        throw FormatError(
          .badContent, file: file, found: "a second column '\(name)', or one without a name",
          expected: "different column names")
      }
      names.append(name)
      values.append(column)
    }

    func table(_ file: String, _ options: CSVOptions) throws(FormatError) -> Table {
      guard !values[0].isEmpty else {
        throw FormatError(
          .badContent, file: file, found: "arrays without numbers", expected: "rows of numbers")
      }
      for (column, name) in names.enumerated() where options.needs(name) {
        let row = values[column].firstIndex { !options.accepts($0) }
        if let row {
          throw FormatError(
            .badContent, file: file, found: "\(values[column][row]) in row \(row + 1)",
            expected: "a finite number in column '\(name)'",
            hint: "remove the row, or replace the value")
        }
      }
      let rows = values[0].count
      var all: [Double] = []
      all.reserveCapacity(rows * names.count)
      for row in 0..<rows {
        for column in values { all.append(column[row]) }
      }
      return Table(columnNames: names, values: all)
    }
  }
}
