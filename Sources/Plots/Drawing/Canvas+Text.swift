import CCairo

/// Which part of a text is put at a point.
enum TextAnchor {
  case start, middle, end

  /// The share of the length that is before the point.
  var share: Double {
    switch self {
    case .start: 0
    case .middle: 0.5
    case .end: 1
    }
  }
}

extension Canvas {
  /// The width of a text on paper.
  func width(of text: String, size: Double) -> Double {
    cairo_set_font_size(context, size)
    var extents = cairo_text_extents_t()
    cairo_text_extents(context, text, &extents)
    return extents.x_advance
  }

  /// A line in a size, 7 to `size`, in which it is no longer than `room`; cut where it were not readable any more.
  func fitting(
    _ line: String, size: Double, within room: Double
  ) -> (text: String, size: Double) {
    let fitting = max(7, min(size, size * room / max(1, width(of: line, size: size))))
    guard width(of: line, size: fitting) > room + 0.01 else { return (line, fitting) }
    var text = line
    while !text.isEmpty, width(of: text + "…", size: fitting) > room { text.removeLast() }
    return (text + "…", fitting)
  }

  /// A line of text. `across` says what part of its length is at the point, and digits' middle is at its height.
  ///
  /// - Parameter isUpright: whether it is read from below to above.
  func write(
    _ text: String, at point: Point, _ anchor: TextAnchor, size: Double, _ color: Color = .ink,
    isUpright: Bool = false
  ) {
    let width = width(of: text, size: size)
    cairo_save(context)
    cairo_translate(context, point.x, point.y)
    if isUpright { cairo_rotate(context, -Double.pi / 2) }
    use(color)
    // Half the height of a digit below the middle.
    cairo_move_to(context, -anchor.share * width, 0.36 * size)
    cairo_show_text(context, text)
    cairo_restore(context)
  }
}
