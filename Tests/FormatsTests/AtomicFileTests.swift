import Formats
import Foundation
import Testing

@Suite struct AtomicFileTests {
  @Test func theNewContentReplacesTheOldAtCommit() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write("old", to: folder.file("f"))
    let file = try AtomicFile(path: folder.file("f"))
    try file.write(Array("ne".utf8))
    #expect(try folder.contents("f") == "old")
    try file.write(Array("w".utf8))
    try file.commit()
    #expect(try folder.contents("f") == "new")
    #expect(try folder.names() == ["f"])
  }

  @Test func withoutCommitNothingChanges() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write("old", to: folder.file("f"))
    do {
      let file = try AtomicFile(path: folder.file("f"))
      try file.write(Array("new".utf8))
    }
    #expect(try folder.contents("f") == "old")
    #expect(try folder.names() == ["f"])
  }

  @Test func aRenameThatFailsLeavesNothingBehind() throws {
    let folder = try TemporaryFolder()
    let file = try AtomicFile(path: folder.file("f"))
    try file.write(Array("new".utf8))
    // A folder that has taken the name meanwhile cannot be replaced by a file.
    try FileManager.default.createDirectory(
      atPath: folder.file("f"), withIntermediateDirectories: false)
    let error = #expect(throws: FormatError.self) { try file.commit() }
    #expect(error?.reason == .inputOutput)
    #expect(try folder.names() == ["f"])
  }

  @Test func permissionsAndLinksAreKept() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write("old", to: folder.file("target"))
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o640], ofItemAtPath: folder.file("target"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("link"), withDestinationPath: "target")
    try AtomicFile.write("new", to: folder.file("link"))
    #expect(try folder.contents("target") == "new")
    #expect(try folder.names() == ["link", "target"])
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.file("target"))
    #expect(attributes[.posixPermissions] as? Int == 0o640)
    let link = try FileManager.default.destinationOfSymbolicLink(atPath: folder.file("link"))
    #expect(link == "target")
  }

  @Test func devicesAreWrittenTo() throws {
    try AtomicFile.write("x", to: "/dev/null")
    let error = #expect(throws: FormatError.self) { try AtomicFile.write("x", to: "/dev/full") }
    #expect(error?.reason == .inputOutput)
  }

  @Test func foldersAndMissingFoldersAreRefused() throws {
    let folder = try TemporaryFolder()
    for path in [folder.path, folder.file("none/f"), folder.file("")] {
      let error = #expect(throws: FormatError.self) { try AtomicFile.write("x", to: path) }
      #expect(error?.reason == .inputOutput)
    }
    #expect(try folder.names().isEmpty)
  }
}
