import Foundation

/// How often fuzz tests try: a part of a second's worth, or `DIFFEO_FUZZ_ITERATIONS` times.
enum Fuzzing {
  static let iterations =
    ProcessInfo.processInfo.environment["DIFFEO_FUZZ_ITERATIONS"].flatMap { Int($0) } ?? 400
}
