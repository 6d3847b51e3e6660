/// Colours for numbers from 0 to 1: linear, in sRGB, between colours at equal distances.
public struct ColorMap: Hashable, Sendable {
  /// The colours of 0, 1/n, …, 1
  public let colors: [Color]

  /// A map through these colours.
  ///
  /// - Parameter colors: two or more, at equal distances.
  public init(_ colors: [Color]) {
    precondition(colors.count >= 2, "\(colors.count) colours make no map")
    self.colors = colors
  }

  /// The colour of a number; numbers outside of [0, 1] have that of the nearer end.
  public func color(at t: Double) -> Color {
    let place = min(max(t.isNaN ? 0 : t, 0), 1) * Double(colors.count - 1)
    let index = min(Int(place), colors.count - 2)
    return colors[index].mixed(with: colors[index + 1], place - Double(index))
  }

  /// Viridis: lightness grows evenly, for any colour vision and in grey.
  ///
  /// Ten of its 256 colours, at equal distances. Source: N. Smith and S. van der Walt, matplotlib 1.5, 2015,
  /// dedicated to the public domain.
  public static let viridis = ColorMap(
    [
      0x440154, 0x482878, 0x3E4989, 0x31688E, 0x26828E, 0x1F9E89, 0x35B779, 0x6DCD59, 0xB4DE2C,
      0xFDE725,
    ].map(Color.init(hex:)))

  /// From white to a colour and on to a darker one, for counts on paper.
  public static func shades(of color: Color) -> ColorMap {
    ColorMap([
      .white, Color.white.mixed(with: color, 0.6), color, color.mixed(with: .ink, 0.6),
    ])
  }
}
