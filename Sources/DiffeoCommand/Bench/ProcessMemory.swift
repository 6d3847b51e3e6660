#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// How much memory a process has had at most.
enum ProcessMemory {
  /// The peak in bytes, as the kernel keeps it for the program that runs. (What `getrusage` gives is that of the
  /// program that started it, if that had more.)
  ///
  /// - Parameter process: its number; nil for this one.
  /// - Returns: nil where the system does not say, or the process has ended.
  static func peak(of process: pid_t? = nil) -> Int? {
    let name = process.map { String($0) } ?? "self"
    let descriptor = open("/proc/\(name)/status", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 8192)
    let count = read(descriptor, &bytes, bytes.count)
    guard count > 0 else { return nil }
    for line in String(decoding: bytes.prefix(count), as: UTF8.self).split(separator: "\n")
    where line.hasPrefix("VmHWM:") {
      return line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
        .flatMap { Int($0) }.map { $0 * 1024 }
    }
    return nil
  }
}
