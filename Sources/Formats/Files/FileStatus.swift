#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What kind of file a path leads to, and who owns it.
struct FileStatus {
  private let status: stat

  /// The status of the file at the end of all links, or nil when there is none.
  init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.status = status
  }

  /// The status of what is open under this number, or nil when nothing is.
  init?(descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.status = status
  }

  /// Which file it is, whatever paths lead to it.
  var identity: FileIdentity {
    FileIdentity(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
  }

  var isFolder: Bool { status.st_mode & S_IFMT == S_IFDIR }

  var isRegular: Bool { status.st_mode & S_IFMT == S_IFREG }

  /// Gives the open file the permissions of this one, and its owner where the system allows that.
  func applyOwnerAndMode(to descriptor: Int32) {
    // The owner first: changing it clears the set-user-id bits, which no one else may inherit.
    let hasOwner = fchown(descriptor, status.st_uid, status.st_gid) == 0
    fchmod(descriptor, status.st_mode & (hasOwner ? 0o7777 : 0o777))
  }
}
