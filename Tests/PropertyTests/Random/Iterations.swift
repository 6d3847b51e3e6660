import Foundation

/// The seeds of a property: 0 up to its own small number, or up to DIFFEO_PROPERTY_ITERATIONS.
func seeds(_ count: Int) -> Range<Int> {
  let asked = ProcessInfo.processInfo.environment["DIFFEO_PROPERTY_ITERATIONS"].flatMap { Int($0) }
  return 0..<max(1, asked ?? count)
}
