import Certificates
import FoundationEssentials
import Formats
import Proofs
import Symbolics

/// Proves every record of a corpus: a JSON line each, or a scoreboard.
struct CorpusRun {
  let file: String
  /// What the search for the proof of one record may take; nil for no limit.
  let timeLimit: Duration?
  let isJSON: Bool

  func run() throws {
    let records = try self.records()
    var board = Scoreboard()
    let progress = Progress("proving …")
    defer { progress.finish() }
    for (index, record) in records.enumerated() {
      progress.update("proving \(index + 1) of \(records.count): \(record.id)")
      let answer = self.answer(to: record)
      if isJSON {
        try Console.print(answer.json.line)
      } else {
        board.add(answer, for: record)
      }
    }
    progress.finish()
    if !isJSON {
      for line in board.lines { try Console.print(line) }
    }
  }

  private func records() throws -> [CorpusRecord] {
    let text = try TextFile.read(path: file, maximumBytes: 256 << 20)
    let records: [CorpusRecord]
    do {
      records = try CorpusReader.records(Data(text.utf8))
    } catch {
      throw CommandFailure(.badData, "\(file): error: \(error.description)")
    }
    try JSONFields.requireDistinct(in: text, file: file)
    return records
  }

  /// The verdict on one record; a record that cannot be read is undecided.
  private func answer(to record: CorpusRecord) -> VerdictAnswer {
    let clock = ContinuousClock()
    var verdict = Verdict.undecided([])
    var certificate: CertificateFile?
    let duration = clock.measure {
      do throws(ParseFailure) {
        let problem = try CorpusReader.problem(record)
        verdict = Prover.verdict(for: problem, timeLimit: timeLimit)
        certificate = CertificateFile(problem, verdict: verdict)
      } catch {
        let reason = error.diagnostics.first?.message ?? error.description
        verdict = .undecided([Attempt("language", reason)])
      }
    }
    return VerdictAnswer(
      record.id, as: .id, verdict: verdict, certificate: certificate,
      milliseconds: duration.milliseconds)
  }
}
