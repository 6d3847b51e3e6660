import Formats
import Foundation
import Testing

@testable import DiffeoCommand

@Suite("Where commands write")
struct OutputTests {
  private static let table =
    "x,y\n" + (0..<60).map { "\($0 * 37 % 60),\(0.5 + Double($0 * 53 % 60))\n" }.joined()

  private func withModel(_ body: (_ folder: URL, _ table: String, _ model: String) throws -> Void)
    throws
  {
    try TestFiles.withFolder { folder in
      let table = folder.appending(path: "t.csv").path
      let model = folder.appending(path: "m.st").path
      try Self.table.write(toFile: table, atomically: true, encoding: .utf8)
      let run = CommandRun(
        "fit", table, "-o", model, "--columns", "y", "--flow", "normal", "--steps", "20",
        "--threads", "1")
      try #require(run.status == .fine, "\(run.errors)")
      try body(folder, table, model)
    }
  }

  @Test("Nothing is written over what is read, whatever path leads to it")
  func inputs() throws {
    try withModel { folder, table, model in
      let link = folder.appending(path: "link").path
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "t.csv")
      let other = folder.appending(path: "other.png").path
      let picture = folder.appending(path: "model.png").path
      try FileManager.default.createSymbolicLink(atPath: picture, withDestinationPath: "m.st")
      let before = try [table, model].map { try Data(contentsOf: URL(filePath: $0)) }
      for arguments in [
        ["fit", table, "-o", table], ["fit", table, "-o", link],
        ["fit", table, "-o", other, "--log", table], ["fit", link, "-o", other, "--log", other],
        ["fit", "--target", table, "-o", table], ["sample", model, "-n", "5", "-o", model],
        ["score", model, table, "-o", model], ["score", model, table, "-o", link],
        ["posterior", model, table, "-o", table], ["plot", model, "-o", picture],
      ] {
        let run = CommandRun(arguments)
        #expect(run.status == .usage && run.output.isEmpty, "\(arguments): \(run.errors)")
        #expect(run.errors.contains("lost"), "\(arguments): \(run.errors)")
      }
      #expect(try [table, model].map { try Data(contentsOf: URL(filePath: $0)) } == before)
      #expect(!FileManager.default.fileExists(atPath: other))
    }
  }

  @Test("An array that the disk has no room for is refused, with both numbers")
  func room() throws {
    try withModel { folder, _, model in
      let path = folder.appending(path: "a.npy").path
      let run = CommandRun("sample", model, "-n", "1000000000000000", "-o", path)
      #expect(run.status == .inputOutput)
      #expect(run.errors.contains("needs 8000000000000"), "\(run.errors)")
      let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(left.sorted() == ["m.st", "t.csv"])
    }
  }

  @Test("A reader that has seen enough is no error")
  func closedPipe() {
    let failure = CommandFailure(FormatError(.closedPipe, file: "standard output", found: ""))
    #expect(failure.status.rawValue == 141 && failure.message == nil)
  }
}
