/// A colour: red, green and blue from 0 to 1 in sRGB, and how much it covers.
public struct Color: Hashable, Sendable {
  /// From 0 to 1
  public var red, green, blue: Double
  /// 0 for nothing, 1 for a colour that hides what is below.
  public var opacity: Double

  /// A colour of these parts, each from 0 to 1.
  public init(red: Double, green: Double, blue: Double, opacity: Double = 1) {
    self.red = red
    self.green = green
    self.blue = blue
    self.opacity = opacity
  }

  /// The colour `0xRRGGBB`.
  public init(hex: UInt32) {
    func part(_ shift: UInt32) -> Double { Double((hex >> shift) & 0xFF) / 255 }
    self.init(red: part(16), green: part(8), blue: part(0))
  }

  /// The same colour with another opacity.
  public func opacity(_ opacity: Double) -> Color {
    var color = self
    color.opacity = opacity
    return color
  }

  /// (1 - t) of this colour and t of the other.
  public func mixed(with other: Color, _ t: Double) -> Color {
    Color(
      red: red + t * (other.red - red), green: green + t * (other.green - green),
      blue: blue + t * (other.blue - blue), opacity: opacity + t * (other.opacity - opacity))
  }
}

extension Color {
  /// White
  public static let white = Color(hex: 0xFFFFFF)
  /// A black that is not too hard on white
  public static let ink = Color(hex: 0x222222)
  /// For lines that are only to guide the eye
  public static let grey = Color(hex: 0x8A8A8A)

  // Colours that people with any colour vision tell apart: M. Okabe and K. Ito, "Color Universal Design", 2008.

  /// Okabe and Ito's blue
  public static let blue = Color(hex: 0x0072B2)
  /// Okabe and Ito's vermilion
  public static let vermilion = Color(hex: 0xD55E00)
  /// Okabe and Ito's bluish green
  public static let green = Color(hex: 0x009E73)
  /// Okabe and Ito's orange
  public static let orange = Color(hex: 0xE69F00)
  /// Okabe and Ito's sky blue
  public static let skyBlue = Color(hex: 0x56B4E9)
  /// Okabe and Ito's reddish purple
  public static let purple = Color(hex: 0xCC79A7)

  /// Colours for categories, in the order in which they are best used.
  public static let categories = [blue, vermilion, green, orange, purple, skyBlue]
}
