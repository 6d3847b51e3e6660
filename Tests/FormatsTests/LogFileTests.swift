import Foundation
import Formats
import Testing

@Suite struct LogFileTests {
  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test func eachLineIsThereAsSoonAsItIsWritten() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("log")
    let log = try LogFile(path: path)
    #expect(try text(path) == "")
    try log.write(line: "one")
    #expect(try text(path) == "one\n")
    try log.write(line: "two")
    #expect(try text(path) == "one\ntwo\n")
  }

  @Test func earlierLinesAreLostWithTheFirstNewOneOrKept() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("log")
    try LogFile(path: path).write(line: "one")
    let next = try LogFile(path: path)
    #expect(try text(path) == "one\n")
    try next.write(line: "two")
    #expect(try text(path) == "two\n")
    try LogFile(path: path, isAppending: true).write(line: "three")
    #expect(try text(path) == "two\nthree\n")
  }

  @Test func aFolderIsAnError() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: FormatError.self) { try LogFile(path: folder.file("")) }
    #expect(error?.reason == .inputOutput)
    try LogFile(path: "/dev/null").write(line: "x")
  }
}
