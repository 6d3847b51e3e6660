#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension Double {
  /// e^self
  var exponential: Double { exp(self) }
}
