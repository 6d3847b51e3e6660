import Flows
public import Formats
import FoundationEssentials
import Tensors

extension FitCheckpoint {
  static let format = "diffeo-checkpoint"
  private static let version = "1"

  /// What a file holds besides arrays.
  private struct Description: Codable {
    let identity: FitIdentity
    let trials: [SearchTrial]
    let members: [Member]
    let loop: FitLoop.State?
    /// The steps of the run and of its optimiser.
    let steps: [Int]

    struct Member: Codable {
      let architecture: Architecture
      let step: Int
      let steps: Int
      let validation: Double?
    }
  }

  /// The checkpoint as a safetensors file: arrays of all numbers that were computed, the rest as JSON in its
  /// metadata, and a checksum of both.
  public var file: SafetensorsFile {
    let description = Description(
      identity: identity, trials: trials,
      members: members.map {
        .init(
          architecture: $0.architecture, step: $0.step, steps: $0.steps, validation: $0.validation)
      },
      loop: loop?.state, steps: loop.map { [$0.run.steps, $0.run.optimizer.steps] } ?? [])
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    // With infinities as texts, all of it has a JSON form.
    let text = String(decoding: try! encoder.encode(description), as: UTF8.self)
    var file = SafetensorsFile(
      metadata: ["format": Self.format, "version": Self.version, "state": text],
      arrays: arrays.mapValues { StoredArray(shape: [$0.count], doubles: $0) })
    file.metadata["checksum"] = file.checksum
    return file
  }

  /// All numbers that were computed, by name.
  private var arrays: [String: [Double]] {
    var arrays: [String: [Double]] = [:]
    for (number, member) in members.enumerated() { arrays["member.\(number)"] = member.values }
    guard let loop else { return arrays }
    arrays["loop.values"] = loop.run.values
    arrays["loop.average"] = loop.run.average
    arrays["loop.best"] = loop.best
    for (number, moments) in loop.run.optimizer.moments.enumerated() {
      arrays["loop.moments.\(number)"] = moments
    }
    return arrays
  }

  /// Reads the checkpoint in a file.
  ///
  /// - Parameters:
  ///   - path: what ``file`` was written to.
  ///   - formulas: makes the flow of a formula; without it, a checkpoint of one is refused.
  /// - Throws: a `FormatError` for a file that is missing, cut off, damaged or of another kind.
  public init(contentsOf path: String, formulas: FlowReader? = nil) throws(FormatError) {
    let file: SafetensorsFile
    do {
      file = try SafetensorsFile(contentsOf: path)
    } catch {
      guard error.reason == .badContent else { throw error }
      throw FormatError(
        .badContent, file: path, found: error.found, expected: error.expected,
        hint: FitCheckpoint.hint)
    }
    try self.init(file, name: path, formulas: formulas)
  }

  private static let hint = "remove the file to start from the beginning"

  /// Takes a checkpoint out of a file.
  ///
  /// - Parameters:
  ///   - file: what ``file`` gives.
  ///   - name: what errors call it.
  ///   - formulas: makes the flow of a formula; without it, a checkpoint of one is refused.
  public init(
    _ file: SafetensorsFile, name: String, formulas: FlowReader? = nil
  ) throws(FormatError) {
    func wrong(_ found: String, _ expected: String? = nil) -> FormatError {
      FormatError(
        .badContent, file: name, found: found, expected: expected,
        hint: Self.hint)
    }
    guard file.metadata["format"] == Self.format else {
      throw wrong("another kind of file", "a checkpoint of diffeo fit")
    }
    guard file.metadata["version"] == Self.version else {
      throw wrong("a checkpoint of another release of diffeo", "version \(Self.version)")
    }
    guard file.metadata["checksum"] == file.checksum else {
      throw wrong("the checksum does not fit the content")
    }
    let text = file.metadata["state"] ?? ""
    try JSONFields.requireDistinct(in: text, file: name)
    let decoder = JSONDecoder(formulas: formulas)
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard
      let description = try? decoder.decode(
        Description.self, from: Data(text.utf8)),
      let checkpoint = FitCheckpoint(description, try Self.numbers(file, wrong))
    else { throw wrong("a state that makes no sense") }
    self = checkpoint
  }

  /// The arrays of a file.
  private static func numbers(
    _ file: SafetensorsFile, _ wrong: (String, String?) -> FormatError
  ) throws(FormatError) -> [String: [Double]] {
    var arrays: [String: [Double]] = [:]
    for (name, array) in file.arrays {
      guard let values = array.doubles, values.allSatisfy(\.isFinite) else {
        throw wrong("array \(FormatError.quote(name.utf8))", "finite numbers as F64")
      }
      arrays[name] = values
    }
    return arrays
  }

  /// Puts together what a file holds; nil where parts are missing.
  private init?(_ description: Description, _ arrays: [String: [Double]]) {
    self.init(of: description.identity)
    trials = description.trials
    for (number, member) in description.members.enumerated() {
      guard let values = arrays["member.\(number)"] else { return nil }
      members.append(
        FittedFlow(
          architecture: member.architecture, values: values, step: member.step,
          steps: member.steps, validation: member.validation))
    }
    guard let state = description.loop else { return }
    let moments = (0..<2).compactMap { arrays["loop.moments.\($0)"] }
    guard let values = arrays["loop.values"], description.steps.count == 2 else { return nil }
    loop = FitLoop.Snapshot(
      state: state,
      run: TrainingRun.Snapshot(
        steps: description.steps[0], values: values, average: arrays["loop.average"],
        optimizer: .init(steps: description.steps[1], moments: moments)),
      best: arrays["loop.best"])
  }
}
