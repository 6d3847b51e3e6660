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

  @Test func standardOutputIsWrittenTo() throws {
    #expect(try !AtomicFile(path: "/dev/stdout").isReplacing)
  }

  @Test func aPipeThatIsNoLongerReadIsToldApart() throws {
    signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    let file = try AtomicFile(path: "/dev/fd/\(ends[1])")
    close(ends[0])
    let error = #expect(throws: FormatError.self) { try file.write([1]) }
    #expect(error?.reason == .closedPipe)
    close(ends[1])
  }

  @Test func aLinkToNothingLeadsToTheNewFile() throws {
    let folder = try TemporaryFolder()
    for (link, end) in [("a", "b"), ("b", folder.file("c"))] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.file(link), withDestinationPath: end)
    }
    try AtomicFile.write("new", to: folder.file("a"))
    #expect(try folder.contents("c") == "new")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.file("a")) == "b")
  }

  @Test func whatKilledProcessesHaveLeftIsRemoved() throws {
    let folder = try TemporaryFolder()
    // No system has a process of this number.
    let gone = 1 << 30
    let kept = [".f.\(getpid())-5.tmp", ".f.\(gone)-0.txt", ".g.\(gone)-0.tmp", "f.\(gone)-0.tmp"]
    for name in kept + [".f.\(gone)-0.tmp", ".f.\(gone)-7.tmp"] {
      try AtomicFile.write("", to: folder.file(name))
    }
    try AtomicFile.write("new", to: folder.file("f"))
    #expect(try folder.names() == (kept + ["f"]).sorted())
  }

  @Test func aDiskWithoutRoomIsToldInNumbers() throws {
    let folder = try TemporaryFolder()
    let file = try AtomicFile(path: folder.file("f"))
    try file.requireRoom(for: 1)
    let error = #expect(throws: FormatError.self) { try file.requireRoom(for: .max) }
    #expect(error?.found.contains("\(Int.max) bytes") == true)
  }

  @Test func aFileIsTheSameByAnyPath() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write("", to: folder.file("f"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("link"), withDestinationPath: "f")
    try FileManager.default.linkItem(atPath: folder.file("f"), toPath: folder.file("hard"))
    let identity = try #require(FileIdentity(path: folder.file("f")))
    for path in ["link", "hard", "../\(folder.path.split(separator: "/").last!)/f"] {
      #expect(FileIdentity(path: folder.file(path)) == identity)
    }
    try AtomicFile.write("", to: folder.file("g"))
    #expect(FileIdentity(path: folder.file("g")) != identity)
    #expect(FileIdentity(path: folder.file("none")) == nil)
    #expect(FileIdentity(path: "/dev/null") == nil)
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
