#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file that is replaced when its new content is complete and safe on disk, or not at all.
///
/// What is written goes to a temporary file in the same folder; `commit()` flushes it to disk and
/// renames it. A file that is never committed is removed again and the old one is left as it was.
/// A path that leads through a symbolic link replaces what the link points to; a device, a pipe and
/// what standard output is open for cannot be replaced and are written to directly.
///
/// Temporary files of the same file that processes have left that were killed are removed.
public final class AtomicFile: ByteSink {
  private enum Progress { case writing, done }

  let path: String
  /// The temporary file, or nil where the file is written to directly.
  private let temporaryPath: String?
  let descriptor: Int32
  private var progress = Progress.writing

  /// Opens the temporary file.
  ///
  /// - Parameter path: the file to replace or to create; its folder must exist.
  public init(path: String) throws(FormatError) {
    let existing = FileStatus(path: path)
    if existing?.isFolder == true {
      throw FormatError(
        .inputOutput, file: path, found: "is a folder", expected: "a file",
        hint: "add a file name to the path")
    }
    if let existing, let opened = Self.openDirectly(existing, path) {
      self.path = path
      temporaryPath = nil
      descriptor = opened
      guard descriptor >= 0 else {
        throw SystemCalls.failure("cannot be opened for writing", errno, file: path)
      }
      return
    }
    let target = existing == nil ? Self.followingLinks(path) : Self.resolvingLinks(path)
    Self.removeAbandoned(beside: target)
    let opened = try Self.openTemporary(beside: target, for: path)
    self.path = target
    temporaryPath = opened.path
    descriptor = opened.descriptor
    if let existing { existing.applyOwnerAndMode(to: descriptor) }
  }

  deinit { discard() }

  /// Adds `bytes` to the new content. After an error nothing more can be written or committed.
  public func write(_ bytes: [UInt8]) throws(FormatError) {
    precondition(progress == .writing, "\(path) was committed, or a write to it failed")
    do {
      try SystemCalls.writeAll(bytes, to: descriptor, file: path)
    } catch {
      discard()
      throw error
    }
  }

  /// Puts the new content in the place of the old.
  public func commit() throws(FormatError) {
    precondition(progress == .writing, "\(path) was committed, or a write to it failed")
    guard let temporaryPath else {
      progress = .done
      guard close(descriptor) == 0 else {
        throw SystemCalls.failure("cannot be written", errno, file: path)
      }
      return
    }
    // Without this the rename could reach the disk before the content does.
    guard fsync(descriptor) == 0 else { throw abandoning("cannot be written", errno) }
    guard rename(temporaryPath, path) == 0 else { throw abandoning("cannot be replaced", errno) }
    progress = .done
    close(descriptor)
    Self.flushFolder(of: path)
  }

  /// Whether a file is replaced; false for a device, a pipe and standard output, which are written to directly.
  public var isReplacing: Bool { temporaryPath != nil }

  /// Removes the file at `path`; that there is none is no error.
  public static func remove(_ path: String) throws(FormatError) {
    guard unlink(path) == 0 || errno == ENOENT else {
      throw SystemCalls.failure("cannot be removed", errno, file: path)
    }
  }

  /// Replaces the file at `path` by `text` in UTF-8, or leaves it as it was and throws.
  public static func write(_ text: String, to path: String) throws(FormatError) {
    let file = try AtomicFile(path: path)
    try file.write(Array(text.utf8))
    try file.commit()
  }

  private func discard() {
    guard progress == .writing else { return }
    progress = .done
    close(descriptor)
    if let temporaryPath { unlink(temporaryPath) }
  }

  private func abandoning(_ what: String, _ code: Int32) -> FormatError {
    discard()
    return SystemCalls.failure(what, code, file: path)
  }
}

extension AtomicFile {
  private static func openTemporary(
    beside target: String, for path: String
  ) throws(FormatError) -> (path: String, descriptor: Int32) {
    let (folder, name) = split(target)
    // Another process may use the same name, never twice the same one: O_EXCL tells.
    for attempt in 0..<1000 {
      let candidate = "\(folder)\(temporaryPrefix(name))\(getpid())-\(attempt).tmp"
      let descriptor = open(candidate, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return (candidate, descriptor) }
      let code = errno
      if code == ENOENT || code == ENOTDIR {
        throw FormatError(
          .inputOutput, file: path, found: "its folder does not exist",
          hint: "create the folder first")
      }
      if code != EEXIST { throw SystemCalls.failure("cannot be created", code, file: path) }
    }
    throw FormatError(
      .inputOutput, file: path, found: "its folder is full of temporary files",
      hint: "remove '\(folder).\(name).*.tmp'")
  }

  /// What the names of all temporary files of one file begin with.
  static func temporaryPrefix(_ name: String) -> String { ".\(name.prefix(64))." }

  /// The folder with its slash ("" for the current one), and the name in it.
  static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return ("", path) }
    return (String(path[...slash]), String(path[path.index(after: slash)...]))
  }

  /// Makes the rename itself durable; the content is complete either way, so failing is no error.
  private static func flushFolder(of path: String) {
    let folder = split(path).folder
    let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
