internal import CZlib

extension SafetensorsFile {
  /// The CRC-32 of the file without the text `checksum`, in hexadecimal digits.
  public var checksum: String {
    var file = self
    file.metadata["checksum"] = nil
    let sum = file.encoded.withUnsafeBytes {
      crc32_z(0, $0.bindMemory(to: UInt8.self).baseAddress, $0.count)
    }
    let digits = String(sum, radix: 16)
    return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
  }
}
