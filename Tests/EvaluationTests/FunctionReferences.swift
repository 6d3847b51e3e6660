import Foundation
import Symbolics

/// A value of a function computed by mpmath: a line of Tests/Reference/evaluation_functions.tsv.
struct FunctionReference: Sendable {
  let function: Function
  let argument: Double
  let value: Double
  /// |x f'(x)/f(x)|
  let condition: Double

  static let all: [FunctionReference] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Reference/evaluation_functions.tsv")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").dropFirst().compactMap { FunctionReference(line: $0) }
  }()

  init?(line: Substring) {
    let fields = line.split(separator: "\t")
    guard fields.count == 4, let function = Self.functions[String(fields[0])],
      let argument = Double(fields[1]), let value = Double(fields[2]),
      let condition = Double(fields[3])
    else { return nil }
    (self.function, self.argument) = (function, argument)
    (self.value, self.condition) = (value, condition)
  }

  private static let functions: [String: Function] = {
    let others: [Function] = [
      .realRoot(3), .realRoot(5), .realRoot(7), .lambertw(branch: 0), .lambertw(branch: -1),
    ]
    return Dictionary(
      uniqueKeysWithValues: (Function.unary.filter { $0 != .realRoot(3) } + others).map {
        (String(describing: $0), $0)
      })
  }()
}
