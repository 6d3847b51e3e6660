import Flows
public import Formats
import FoundationEssentials
import Tensors

extension LearnedDistribution {
  /// What a file holds besides the arrays of the parameters.
  fileprivate struct Description: Codable {
    let columns: Columns
    let givenColumns: Columns
    let architecture: Architecture
    /// Not in version 1, which knew single flows only.
    let members: Int?
    let precision: String
    let provenance: Provenance
  }

  private static let format = "diffeo-model"
  private static let version = "2"
  private static let readVersions: Set = ["1", "2"]

  /// The model as a safetensors file: the parameters by name, the rest as JSON in its metadata, and a checksum
  /// of both.
  public var file: SafetensorsFile {
    let description = Description(
      columns: columns, givenColumns: givenColumns, architecture: architecture,
      members: members,
      precision: model.precision == .float ? "float" : "double", provenance: provenance)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // All numbers of a model are finite, so that they have a JSON form.
    let text = String(decoding: try! encoder.encode(description), as: UTF8.self)
    let arrays = model.parameters.arrays.map { array in
      (
        array.name,
        model.precision == .float
          ? StoredArray(shape: array.dims, floats: array.values.map(Float.init))
          : StoredArray(shape: array.dims, doubles: array.values)
      )
    }
    var file = SafetensorsFile(
      metadata: ["format": Self.format, "version": Self.version, "model": text],
      arrays: Dictionary(uniqueKeysWithValues: arrays))
    file.metadata["checksum"] = file.checksum
    return file
  }

  /// Reads the model in a file. Nothing in it is executed.
  ///
  /// - Parameters:
  ///   - path: what ``file`` was written to.
  ///   - formulas: makes the flow of a formula; without it, a model of one is refused.
  /// - Throws: a `FormatError` for a file that is missing, cut off, damaged, of another kind or of a later
  ///   version.
  public init(contentsOf path: String, formulas: FlowReader? = nil) throws(FormatError) {
    try self.init(SafetensorsFile(contentsOf: path), name: path, formulas: formulas)
  }

  /// Takes a model out of a file.
  ///
  /// - Parameters:
  ///   - file: what ``file`` gives.
  ///   - name: what errors call it.
  ///   - formulas: makes the flow of a formula; without it, a model of one is refused.
  public init(
    _ file: SafetensorsFile, name: String, formulas: FlowReader? = nil
  ) throws(FormatError) {
    func wrong(_ found: String, _ expected: String? = nil, _ hint: String? = nil) -> FormatError {
      FormatError(.badContent, file: name, found: found, expected: expected, hint: hint)
    }
    guard file.metadata["format"] != FitCheckpoint.format else {
      throw wrong(
        "the checkpoint of an interrupted fit", "a model",
        "go on with the same 'diffeo fit' command and --resume; it writes the model")
    }
    guard file.metadata["format"] == Self.format else {
      throw wrong(
        "a safetensors file of another program", "a model written by diffeo",
        "fit a model with 'diffeo fit DATA.csv -o MODEL'")
    }
    guard Self.readVersions.contains(file.metadata["version"] ?? "") else {
      throw wrong(
        "version \(FormatError.quote((file.metadata["version"] ?? "").utf8)) of the format",
        "version 1 or \(Self.version)", "use the release of diffeo that wrote it, or fit it again")
    }
    guard file.metadata["checksum"] == file.checksum else {
      throw wrong("the checksum does not fit the content", nil, "copy the file again")
    }
    let text = file.metadata["model"] ?? ""
    try JSONFields.requireDistinct(in: text, file: name)
    let description: Description?
    do {
      description = try JSONDecoder(formulas: formulas).decode(
        Description.self, from: Data(text.utf8))
    } catch {
      if let failure = error as? FlowReader.Failure { throw wrong(failure.message) }
      description = nil
    }
    guard let description, let precision = description.checkedPrecision else {
      throw wrong("a description of the model that makes no sense")
    }
    self.init(
      columns: description.columns, givenColumns: description.givenColumns,
      architecture: description.architecture, members: description.members ?? 1,
      provenance: description.provenance, precision: precision)
    let arrays = try file.arrays.map { entry throws(FormatError) in
      guard let values = entry.value.doubles, values.allSatisfy(\.isFinite) else {
        throw wrong("array \(FormatError.quote(entry.key.utf8))", "finite numbers as F32 or F64")
      }
      return NamedArray(name: entry.key, dims: entry.value.shape, values: values)
    }
    do {
      try model.parameters.restore(arrays)
    } catch {
      throw wrong("\(error)")
    }
  }
}

extension LearnedDistribution.Description {
  /// Far more than any ensemble has.
  fileprivate static let mostMembers = 100

  /// The number format, if all that is described has a sense and a bounded size.
  fileprivate var checkedPrecision: Precision? {
    guard columns.isSound, givenColumns.isSound, columns.count > 0, !columns.haveWords,
      (1...Self.mostMembers).contains(members ?? 1),
      architecture.isSound(
        features: columns.count, context: givenColumns.contextWidth, members: members ?? 1),
      provenance.maximum?.isSound ?? true, provenance.target?.isSound ?? true
    else { return nil }
    switch precision {
    case "float": return .float
    case "double": return .double
    default: return nil
    }
  }
}

extension JSONDecoder {
  /// A decoder that can read stated flows.
  convenience init(formulas: FlowReader?) {
    self.init()
    if let formulas { userInfo[FlowReader.key] = formulas }
  }
}

extension String {
  /// Whether it can be a name or a word of a table: no longer than a field of one may be.
  fileprivate var isOfTable: Bool { utf8.count <= 1 << 16 }
}

extension Columns {
  /// Whether names are names and differ, and scalings are increasing maps.
  fileprivate var isSound: Bool {
    names.count == scalings.count && names.count == kinds.count
      && names.count == mayBeMissing.count && Set(names).count == names.count
      && names.allSatisfy(\.isOfTable)
      && kinds.allSatisfy(\.isSound)
      && scalings.allSatisfy {
        $0.deviation > 0 && $0.deviation.isFinite && $0.mean.isFinite && $0.map.isSound
      }
  }
}

extension Columns {
  /// Whether a column holds words.
  fileprivate var haveWords: Bool {
    kinds.contains { if case .words = $0 { true } else { false } }
  }
}

extension ColumnKind {
  /// Whether words, if these are what it holds, differ.
  fileprivate var isSound: Bool {
    guard case .words(let words) = self else { return true }
    return !words.isEmpty && words.count <= 1000 && Set(words).count == words.count
      && words.allSatisfy(\.isOfTable)
  }
}

extension ColumnMap {
  fileprivate var isSound: Bool {
    switch self {
    case .identity: true
    case .log(let lower): lower.isFinite
    case .reflectedLog(let upper): upper.isFinite
    case .logit(let lower, let upper): lower.isFinite && upper.isFinite && lower < upper
    case .asinh(let center, let width): center.isFinite && width.isFinite && width > 0
    }
  }
}
