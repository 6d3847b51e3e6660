import ArgumentParser
import Certificates
import Formats
import Symbolics

/// `diffeo check`: certificates verified without the prover.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Verify certificates without the prover.",
    discussion: """
      A file holds certificates as prove --certificate writes them, or the answers
      of prove --json, also those of a corpus, one a line. Each step is recomputed
      from the map that the certificate states; it proves something about your map
      if that is the same one, which --against finds out.

      Examples:
        diffeo prove sheet.flow --certificate proofs.json
        diffeo check proofs.json
        diffeo check proofs.json --against sheet.flow

      Exit codes: 0 all accepted, 10 some rejected, 65 not a certificate. Errors as
      diffeo --help lists them.
      """)

  @Argument(help: "Files with certificates; - is standard input.")
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "Reject certificates that are not about the problem of their name in this file.",
      valueName: "file"))
  var against: String?

  @Flag(help: "The answers as JSON.")
  var json = false

  func run() throws {
    let problems = try against.map { file in
      try FlowParser.parse(try TextFile.read(path: file), file: file)
    }
    var answers: [CheckAnswer] = []
    for file in files {
      let text = try TextFile.read(path: file, maximumBytes: 256 << 20)
      for certificate in try CertificateFile.all(
        in: text, file: file == "-" ? "standard input" : file)
      {
        answers.append(CheckAnswer(certificate, against: problems))
      }
    }
    if json {
      let list = JSONValue.array(answers.map(\.json))
      try Console.print(JSONValue.object([.init("certificates", list)]).page)
    } else {
      try Console.print(answers.flatMap(\.lines).joined(separator: "\n"))
      if answers.count > 1 {
        let count = answers.count { $0.isAccepted }
        try Console.print("\n\(count) of \(answers.count) certificates accepted")
      }
    }
    if !answers.allSatisfy(\.isAccepted) { throw CommandFailure(.refuted) }
  }
}
