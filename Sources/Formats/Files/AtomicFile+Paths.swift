#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

// Where the content of a file goes, and what else is there.

extension AtomicFile {
  /// A descriptor to write to a file that cannot be replaced, -1 where it cannot be opened; nil for one that can.
  static func openDirectly(_ existing: FileStatus, _ path: String) -> Int32? {
    // Who reads standard output has it open: another file in its place would not be seen, as with -o /dev/stdout.
    for stream in [STDOUT_FILENO, STDERR_FILENO]
    where FileStatus(descriptor: stream)?.identity == existing.identity {
      return dup(stream)
    }
    return existing.isRegular ? nil : open(path, O_WRONLY | O_CLOEXEC)
  }

  /// The path that a link to a file leads to.
  static func resolvingLinks(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The path that a link leads to where nothing is there yet; the path itself where it is no link.
  static func followingLinks(_ path: String) -> String {
    var path = path
    // As many links in a row as the system follows.
    for _ in 0..<40 {
      var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(path, &bytes, bytes.count)
      guard count > 0, count < bytes.count else { return path }
      let next = String(decoding: bytes.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
      path = next.hasPrefix("/") ? next : split(path).folder + next
    }
    return path
  }

  /// Removes temporary files of this file whose processes are gone.
  static func removeAbandoned(beside target: String) {
    let (folder, name) = split(target)
    guard let entries = opendir(folder.isEmpty ? "." : folder) else { return }
    defer { closedir(entries) }
    let prefix = temporaryPrefix(name)
    while let entry = readdir(entries) {
      let found = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard found.hasPrefix(prefix), found.hasSuffix(".tmp"),
        let process = pid_t(found.dropFirst(prefix.count).prefix { $0 != "-" }), process > 0,
        kill(process, 0) != 0, errno == ESRCH
      else { continue }
      unlink(folder + found)
    }
  }

  /// Ends with an error where the disk has too little room for what is to be written.
  ///
  /// - Parameter bytes: how much it will be.
  /// - Throws: a ``FormatError`` with both numbers. What cannot be known, as for a pipe, is no error.
  public func requireRoom(for bytes: Int) throws(FormatError) {
    var status = statvfs()
    guard isReplacing, fstatvfs(descriptor, &status) == 0 else { return }
    let (free, isMore) = UInt64(status.f_bavail).multipliedReportingOverflow(
      by: UInt64(status.f_frsize))
    guard !isMore, free < UInt64(max(0, bytes)) else { return }
    throw FormatError(
      .inputOutput, file: path, found: "needs \(bytes) bytes, but the disk has \(free) left",
      hint: "write fewer rows, or to another disk")
  }
}
