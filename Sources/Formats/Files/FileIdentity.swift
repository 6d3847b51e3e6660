/// A file, whatever path or link leads to it.
public struct FileIdentity: Hashable, Sendable {
  let device: UInt64
  let number: UInt64

  init(device: UInt64, number: UInt64) { (self.device, self.number) = (device, number) }

  /// The file at the end of all links; nil where there is none, and for folders, devices and pipes.
  ///
  /// - Parameter path: leads to it.
  public init?(path: String) {
    guard let status = FileStatus(path: path), status.isRegular else { return nil }
    self = status.identity
  }
}
