import Foundation

/// How often the properties are tried: a few times, or DIFFEO_PROPERTY_ITERATIONS times each.
enum Iterations {
  private static let asked =
    ProcessInfo.processInfo.environment["DIFFEO_PROPERTY_ITERATIONS"].flatMap { Int($0) }

  /// Whether more than the usual few seconds were asked for.
  static let isThorough = asked != nil

  /// The seeds of a property that is tried `count` times unless asked otherwise.
  static func seeds(_ count: Int) -> Range<Int> { 0..<max(1, asked ?? count) }
}
