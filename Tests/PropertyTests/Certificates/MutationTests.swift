import Certificates
import Formats
import Foundation
import Proofs
import Symbolics
import Testing

/// Certificates with one value changed: each is unreadable, rejected, or still proves something true, as
/// numbers decide.
@Suite("Damaged certificates")
struct MutationTests {
  @Test(
    "Right certificates are accepted, before and after a trip through a file",
    arguments: CertifiedMaps.all)
  func accepted(source: String) throws {
    let file = try certificate(source)
    let outcome = file.check().outcome
    #expect(outcome.holds, "\(source)")
    let read = try #require(try CertificateFile.all(in: file.json.page, file: "test").first)
    #expect(read.json == file.json, "\(source)")
    #expect(read.isAbout(file.problem), "\(source)")
    #expect(read.check().outcome == outcome, "\(source)")
    #expect(ClaimOracle(read).objection() == nil, "\(source)")
  }

  @Test("A changed certificate proves nothing false", arguments: CertifiedMaps.all)
  func changed(source: String) throws {
    // A part of the changes in a few seconds; all when more is asked for.
    let stride = Iterations.isThorough ? 1 : 5
    let outcomes = tally(try certificate(source), stride, from: source.count, source)
    #expect(outcomes[.unreadable, default: 0] > 0 && outcomes[.rejected, default: 0] > 0)
  }

  /// Of the records that are proven the certificates go through a file and are changed here and there.
  @Test("Certificates of the corpus")
  func corpus() throws {
    let records = try CorpusReader.records(Data(contentsOf: CertifiedMaps.corpus))
    let step = Iterations.isThorough ? 1 : 6
    var count = 0
    for number in stride(from: 0, to: records.count, by: step) {
      let record = records[number]
      let problem = try CorpusReader.problem(record)
      guard let file = CertificateFile(problem, verdict: Prover.verdict(for: problem)) else {
        continue
      }
      count += 1
      let read = try #require(try CertificateFile.all(in: file.json.line, file: record.id).first)
      #expect(read.json == file.json, "\(record.id)")
      #expect(read.check().outcome == .accepted, "\(record.id)")
      _ = tally(file, Iterations.isThorough ? 7 : 97, from: number, record.id)
    }
    #expect(count > 15)
  }

  /// What becomes of every `stride`-th change.
  private func tally(
    _ file: CertificateFile, _ stride: Int, from first: Int, _ name: String
  ) -> [Outcome: Int] {
    var outcomes: [Outcome: Int] = [:]
    for (number, mutant) in Mutants.all(of: file.json).enumerated()
    where number % stride == first % stride {
      let outcome = outcome(of: mutant.value, instead: file)
      outcomes[outcome, default: 0] += 1
      #expect(
        outcome != .acceptedThoughFalse, "\(name): \(mutant.place)\n\(mutant.value.page)")
    }
    return outcomes
  }

  /// What becomes of a changed certificate.
  private enum Outcome: Hashable {
    case unreadable, rejected
    /// The same claim about the same map, or less of it.
    case sameClaim
    /// Another claim, or another map, and numbers bear it out.
    case anotherTruth
    case acceptedThoughFalse
  }

  private func outcome(of mutant: JSONValue, instead file: CertificateFile) -> Outcome {
    guard let read = try? CertificateFile(reading: JSONPlace(mutant, file: "mutant")) else {
      return .unreadable
    }
    guard read.check().outcome == .accepted else { return .rejected }
    let isSame = [file.claim, file.claim.withoutInverse].contains(read.claim)
    if isSame, read.isAbout(file.problem) { return .sameClaim }
    return ClaimOracle(read).objection() == nil ? .anotherTruth : .acceptedThoughFalse
  }

  private func certificate(_ source: String) throws -> CertificateFile {
    let problem = try #require(try FlowParser.parse(source, file: "map").first).numbered()
    let verdict = Prover.verdict(for: problem)
    return try #require(
      CertificateFile(problem, verdict: verdict), "\(source): \(verdict.tried)")
  }
}

extension MapClaim {
  /// The claim that leaves open what f⁻¹ is.
  fileprivate var withoutInverse: MapClaim {
    MapClaim(
      kind: kind, injective: injective, surjective: surjective, condition: condition,
      kindIfTrue: kindIfTrue, kindIfFalse: kindIfFalse, image: image)
  }
}
