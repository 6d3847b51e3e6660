/// The file formats of figures.
public enum PictureFormat: String, Hashable, Sendable, CaseIterable {
  /// Pixels, two for each point of 1/72 inch
  case png
  /// Lines and letters for screens
  case svg
  /// Lines and letters for paper
  case pdf

  /// The format that the ending of a file's name says.
  ///
  /// - Parameter path: as in `corner.png`; capitals do not matter.
  /// - Throws: ``PlotError/unknownFormat(path:)`` for another ending.
  public init(path: String) throws(PlotError) {
    let name = path.split(separator: "/").last ?? ""
    let ending = name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last ?? ""
    guard let format = PictureFormat(rawValue: ending.lowercased()) else {
      throw .unknownFormat(path: path)
    }
    self = format
  }
}

/// Why a figure was not drawn.
public enum PlotError: Error, Hashable, CustomStringConvertible {
  /// The ending of a file's name is none of ``PictureFormat``.
  case unknownFormat(path: String)
  /// What Cairo says.
  case drawing(String)

  /// A sentence that says what is wrong and what would be right.
  public var description: String {
    switch self {
    case .unknownFormat(let path):
      "'\(path)' does not say which kind of picture it is to be; end it in .png, .svg or .pdf"
    case .drawing(let message): "the picture could not be drawn: \(message)"
    }
  }
}
