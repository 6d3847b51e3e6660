#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// One record of a corpus of maps: what is asked, and what the answer is said to be.
///
/// Only `id`, `dimension`, `domain`, `codomain`, `formulas` and `parameters` make the problem; the
/// other fields are the expected answers, for scoring.
public struct CorpusRecord: Sendable, Decodable {
  /// The numbers of inputs and outputs.
  public struct Dimension: Sendable, Decodable {
    /// Inputs.
    public let n: Int
    /// Outputs.
    public let m: Int
  }

  /// The name of the record.
  public let id: String
  /// The numbers of inputs z1…zn and outputs x1…xm.
  public let dimension: Dimension
  /// The domain, as in `R^2 where z1 < z2`.
  public let domain: String
  /// The codomain, in x1…xm.
  public let codomain: String
  /// One formula an output, in z1…zn.
  public let formulas: [String]
  /// The set of each parameter: `R`, `>0`, `int>=1`, `R\{0,2}`.
  public let parameters: [String: String]?

  /// The expected verdict.
  public let verdict: String?
  /// How hard the record is held to be, 1 to 5.
  public let difficulty: Int?
  /// The expected inverse, in x1…xm.
  public let inverse: [String]?
  /// The condition on the parameters that decides the verdict.
  public let condition: String?
  /// The verdict when the condition holds.
  public let verdictIfTrue: String?
  /// The verdict when it does not.
  public let verdictIfFalse: String?
  /// The expected image, as a predicate on x1…xm.
  public let image: String?
  /// The expected log|det Df|, in z1…zn.
  public let logAbsDet: String?
  /// Two points with one image.
  public let counterexample: [[String]]?
  /// A point of the codomain without preimage.
  public let missingPoint: [String]?

  private enum CodingKeys: String, CodingKey {
    case id, dimension, domain, codomain, formulas, parameters, verdict, difficulty, inverse
    case condition, image, counterexample
    case verdictIfTrue = "verdict_if_true"
    case verdictIfFalse = "verdict_if_false"
    case logAbsDet = "log_abs_det"
    case missingPoint = "missing_point"
  }
}

/// Why a corpus file could not be read at all.
public struct CorpusFailure: Error, Sendable, CustomStringConvertible {
  /// What is wrong, and where in the file.
  public let description: String
}

/// Reads corpora of maps: JSON records with formulas in a Python-like syntax.
public enum CorpusReader {
  private struct File: Decodable { let records: [CorpusRecord] }

  /// The records of a corpus file, `{"records": […]}` or a bare list.
  ///
  /// - Parameter json: the contents of the file.
  /// - Returns: the records in the order of the file.
  /// - Throws: what is missing or malformed, with the path to it.
  public static func records(_ json: Data) throws(CorpusFailure) -> [CorpusRecord] {
    do {
      let isList = json.first { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: "[")
      let decoder = JSONDecoder()
      return isList
        ? try decoder.decode([CorpusRecord].self, from: json)
        : try decoder.decode(File.self, from: json).records
    } catch let error as DecodingError {
      throw CorpusFailure(description: explanation(of: error))
    } catch {
      throw CorpusFailure(description: "the corpus cannot be read: \(error)")
    }
  }

  private static func explanation(of error: DecodingError) -> String {
    func place(_ context: DecodingError.Context) -> String {
      context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
        .joined(separator: ".")
    }
    return switch error {
    case .keyNotFound(let key, let context):
      "the corpus lacks '\(key.stringValue)' at '\(place(context))'"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "the corpus has a wrong type at '\(place(context))'"
    case .dataCorrupted(let context):
      "the corpus is not valid JSON: \(context.debugDescription)"
    @unknown default: "the corpus cannot be read"
    }
  }

  /// The problem that a record states, with "prove invertible" as its question.
  ///
  /// - Parameter record: only the fields that state the problem are read.
  /// - Returns: the problem, in z1…zn and x1…xm also for dimension 1.
  /// - Throws: every error in its formulas and sets.
  public static func problem(_ record: CorpusRecord) throws(ParseFailure) -> Problem {
    var statements: [String] = []
    let parameters = (record.parameters ?? [:]).sorted { Symbol($0.key) < Symbol($1.key) }
    for (name, set) in parameters {
      statements.append("param " + declaration(of: name, in: set))
    }
    statements.append("(\(names("z", record.dimension.n))) in \(record.domain)")
    let formulas = record.formulas.joined(separator: ", ")
    statements.append(
      "(\(names("x", record.dimension.m))) = (\(formulas)) in \(record.codomain)")
    statements.append("prove invertible")
    let pieces =
      [record.domain, record.codomain] + record.formulas + parameters.flatMap { [$0, $1] }
    let text = statements.joined(separator: "\n")
    let source = SourceText(text, file: record.id)
    // A field must not be able to end its statement and begin another one.
    if pieces.contains(where: { $0.contains { ";#\n\r".contains($0) } }) {
      let log = DiagnosticLog(source)
      log.error("a field holds ';', '#' or a line end", at: SourceRange(0, 1))
      throw log.failure
    }
    return try FlowParser.parse(source, dialect: .corpus, name: record.id).problems[0]
  }

  /// `K : integer >= 1`, `s > 0`, `L in R\{0,2}`
  private static func declaration(of name: String, in set: String) -> String {
    let set = set.trimmingPrefix(while: \.isWhitespace)
    if set.hasPrefix("int") {
      let rest = set.dropFirst(set.hasPrefix("integer") ? 7 : 3)
      return "\(name) : integer \(rest)"
    }
    return set.first.map { "<>!=".contains($0) } ?? false ? "\(name) \(set)" : "\(name) in \(set)"
  }

  /// z1, …, zn; a few names too many or too few are an error of the text that results.
  private static func names(_ stem: String, _ count: Int) -> String {
    (1...max(1, min(count, LanguageLimits.dimension + 1))).map { "\(stem)\($0)" }
      .joined(separator: ", ")
  }
}
