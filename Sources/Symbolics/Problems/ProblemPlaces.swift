/// Where the parts of a problem stand in the text that it was read from, as far as it was read from one.
///
/// This is for messages and no part of the problem: all places are equal, so that problems compare by
/// what they say, wherever they say it.
public struct ProblemPlaces: Hashable, Sendable {
  /// The domain.
  public internal(set) var domain: SourcePlace?
  /// The last formula of the map.
  public internal(set) var map: SourcePlace?
  /// The base distribution.
  public internal(set) var base: SourcePlace?
  /// The parameters by their symbols.
  public internal(set) var parameters: [Symbol: SourcePlace] = [:]

  /// No place is known.
  public init() {}

  /// True for any two.
  public static func == (a: ProblemPlaces, b: ProblemPlaces) -> Bool { true }
  /// Nothing to tell them apart by.
  public func hash(into hasher: inout Hasher) {}
}
