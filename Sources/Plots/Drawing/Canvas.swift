import CCairo

/// A page that Cairo draws on, in points of 1/72 inch from its upper left corner, and the bytes of its file.
final class Canvas {
  private let surface: OpaquePointer
  let context: OpaquePointer
  private let format: PictureFormat
  private let bytes = ByteCollector()

  /// Pixels for a point
  private static let resolution = 2.0

  init(_ format: PictureFormat, width: Double, height: Double) {
    self.format = format
    let target = Unmanaged.passUnretained(bytes).toOpaque()
    switch format {
    case .png:
      surface = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, Int32((width * Self.resolution).rounded(.up)),
        Int32((height * Self.resolution).rounded(.up)))
    case .svg:
      surface = cairo_svg_surface_create_for_stream(ByteCollector.write, target, width, height)
    case .pdf:
      surface = cairo_pdf_surface_create_for_stream(ByteCollector.write, target, width, height)
      // The same figure is the same bytes at any time.
      cairo_pdf_surface_set_metadata(
        surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z")
    }
    context = cairo_create(surface)
    if format == .png { cairo_scale(context, Self.resolution, Self.resolution) }
    cairo_select_font_face(
      context, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL)
    fill(
      Rectangle(left: 0, top: 0, width: width, height: height).corners, .white)
  }

  deinit {
    cairo_destroy(context)
    cairo_surface_destroy(surface)
  }

  /// Ends the page and gives the content of its file.
  func finished() throws(PlotError) -> [UInt8] {
    if format == .png {
      cairo_surface_flush(surface)
      try check(
        cairo_surface_write_to_png_stream(
          surface, ByteCollector.write, Unmanaged.passUnretained(bytes).toOpaque()))
    } else {
      cairo_show_page(context)
    }
    try check(cairo_status(context))
    cairo_surface_finish(surface)
    try check(cairo_surface_status(surface))
    return format == .svg ? SVGNames.counted(bytes.content) : bytes.content
  }

  private func check(_ status: cairo_status_t) throws(PlotError) {
    guard status != CAIRO_STATUS_SUCCESS else { return }
    throw .drawing(String(cString: cairo_status_to_string(status)))
  }

  /// What is drawn next has this colour.
  func use(_ color: Color) {
    cairo_set_source_rgba(context, color.red, color.green, color.blue, color.opacity)
  }
}

// MARK: - Shapes

extension Canvas {
  /// A polygon's inside.
  func fill(_ points: [Point], _ color: Color) {
    path(points)
    use(color)
    cairo_fill(context)
  }

  /// A line through points; where `isClosed`, back to the first.
  func stroke(_ points: [Point], _ stroke: Stroke, isClosed: Bool = false) {
    path(points)
    if isClosed { cairo_close_path(context) }
    use(stroke.color)
    cairo_set_line_width(context, stroke.width)
    cairo_set_dash(context, stroke.dashes, Int32(stroke.dashes.count), 0)
    cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    cairo_stroke(context)
  }

  /// Dots of one colour.
  func dots(_ points: [Point], _ color: Color, radius: Double) {
    use(color)
    for point in points {
      cairo_new_path(context)
      cairo_arc(context, point.x, point.y, radius, 0, 2 * Double.pi)
      cairo_fill(context)
    }
  }

  /// Runs `body`, which draws inside of the rectangle only.
  func clipped(to rectangle: Rectangle, _ body: () -> Void) {
    cairo_save(context)
    path(rectangle.corners)
    cairo_clip(context)
    body()
    cairo_restore(context)
  }

  /// Cells of colour that fill a rectangle, by rows from above.
  func image(columns: Int, _ colors: [Color], in rectangle: Rectangle) {
    var pixels = colors.map(\.pixel)
    let rows = pixels.count / columns
    pixels.withUnsafeMutableBytes { buffer in
      let image = cairo_image_surface_create_for_data(
        buffer.baseAddress!.assumingMemoryBound(to: UInt8.self), CAIRO_FORMAT_RGB24, Int32(columns),
        Int32(rows), Int32(4 * columns))
      cairo_save(context)
      cairo_translate(context, rectangle.left, rectangle.top)
      cairo_scale(
        context, rectangle.width / Double(columns), rectangle.height / Double(rows))
      cairo_set_source_surface(context, image, 0, 0)
      cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_NEAREST)
      cairo_rectangle(context, 0, 0, Double(columns), Double(rows))
      cairo_fill(context)
      cairo_restore(context)
      // Formats of lines keep images until the page ends; the copy is theirs.
      cairo_surface_finish(image)
      cairo_surface_destroy(image)
    }
  }

  private func path(_ points: [Point]) {
    cairo_new_path(context)
    for (index, point) in points.enumerated() {
      if index == 0 {
        cairo_move_to(context, point.x, point.y)
      } else {
        cairo_line_to(context, point.x, point.y)
      }
    }
  }
}

/// Keeps what Cairo writes.
private final class ByteCollector {
  var content: [UInt8] = []

  static let write: cairo_write_func_t = { target, data, count in
    guard let target, let data else { return CAIRO_STATUS_WRITE_ERROR }
    Unmanaged<ByteCollector>.fromOpaque(target).takeUnretainedValue().content
      .append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
    return CAIRO_STATUS_SUCCESS
  }
}

extension Color {
  /// `0x00RRGGBB`
  fileprivate var pixel: UInt32 {
    [red, green, blue].reduce(0) { $0 << 8 | UInt32((min(max($1, 0), 1) * 255).rounded()) }
  }
}
