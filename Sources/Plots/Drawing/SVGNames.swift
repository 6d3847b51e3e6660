/// The names of parts in an SVG file. Cairo numbers surfaces and images through the life of a process, so that the
/// second picture of a process would not be the same bytes as the first.
enum SVGNames {
  private static let prefixes = ["surface", "image"].map { Array($0.utf8) }
  private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")

  /// The file with the numbers of surfaces and images counted from 1, in the order in which they appear.
  static func counted(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var numbers: [[UInt8]: Int] = [:]
    var index = 0
    while index < bytes.count {
      result.append(bytes[index])
      index += 1
      // A name stands after id=" or in a reference, href="#.
      guard let last = result.last, last == UInt8(ascii: "\"") || last == UInt8(ascii: "#"),
        let prefix = prefixes.first(where: { bytes[index...].starts(with: $0) })
      else { continue }
      let number = Array(bytes[(index + prefix.count)...].prefix(while: digits.contains))
      guard !number.isEmpty else { continue }
      let count = numbers[number] ?? numbers.count + 1
      numbers[number] = count
      result += prefix + Array(String(count).utf8)
      index += prefix.count + number.count
    }
    return result
  }
}
