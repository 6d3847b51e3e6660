extension Canvas {
  private static let lineHeight = 14.0
  private static let symbolWidth = 20.0
  private static let margin = 6.0

  /// What colours mean, in a corner of a rectangle, on a pale ground.
  func drawLegend(_ entries: [LegendEntry], in area: Rectangle, _ corner: LegendCorner) {
    guard !entries.isEmpty else { return }
    let (margin, size) = (Self.margin, PanelFrame.fontSize)
    let widest = entries.map { width(of: $0.label, size: size) }.max()!
    let boxWidth = Self.symbolWidth + widest + 3 * margin
    let height = Double(entries.count) * Self.lineHeight + margin
    let isLeft = corner == .upperLeft || corner == .lowerLeft
    let isUpper = corner == .upperLeft || corner == .upperRight
    let box = Rectangle(
      left: isLeft ? area.left + margin : area.right - margin - boxWidth,
      top: isUpper ? area.top + margin : area.bottom - margin - height, width: boxWidth,
      height: height)
    fill(box.corners, .white.opacity(0.85))
    for (index, entry) in entries.enumerated() {
      let y = box.top + margin / 2 + (Double(index) + 0.5) * Self.lineHeight
      drawSymbol(entry, at: Point(box.left + margin, y))
      let place = Point(box.left + 2 * margin + Self.symbolWidth, y)
      write(entry.label, at: place, .start, size: size)
    }
  }

  private func drawSymbol(_ entry: LegendEntry, at start: Point) {
    let place = Rectangle(left: start.x, top: start.y - 4, width: Self.symbolWidth, height: 8)
    if let color = entry.fill {
      fill(place.corners, color)
      if let line = entry.stroke { stroke(place.corners, line, isClosed: true) }
    } else if let line = entry.stroke {
      stroke([start, Point(place.right, start.y)], line)
    }
    if let color = entry.dot { dots([place.center], color, radius: 1.5) }
  }
}
