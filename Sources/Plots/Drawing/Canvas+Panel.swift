extension Canvas {
  /// Draws a panel: its layers, then axes, ticks and what is written.
  ///
  /// - Parameters:
  ///   - numbersWidth: the room between the vertical axis and its label.
  ///   - overhang: how far numbers may reach beyond the ends of their axis, along it.
  func draw(
    _ frame: PanelFrame, numbersWidth: Double, overhang: (across: Double, down: Double)
  ) {
    clipped(to: frame.inside) {
      for layer in frame.panel.layers { draw(layer, in: frame) }
    }
    drawTicks(frame)
    stroke(frame.inside.corners, Stroke(.ink, width: 0.75), isClosed: true)
    writeLabels(frame, numbersWidth, overhang)
    if let bar = frame.panel.colorBar { draw(bar, beside: frame.inside) }
    drawLegend(frame.panel.legend, in: frame.inside, frame.panel.legendCorner)
  }

  private func draw(_ layer: Layer, in frame: PanelFrame) {
    switch layer {
    case .line(let points, let line):
      for piece in points.split(whereSeparator: { !$0.isFinite }) {
        stroke(piece.map(frame.place), line)
      }
    case .steps(let histogram, let line, let color):
      let outline = histogram.outline.map(frame.place)
      if let color { fill(outline, color) }
      stroke(outline, line)
    case .points(let points, let color, let radius):
      dots(points.filter(\.isFinite).map(frame.place), color, radius: radius)
    case .heat(let grid, let map, let maximum): heat(grid, map, maximum, frame)
    case .contours(let grid, let levels, let line):
      for level in levels where level > 0 {
        for curve in Contours(of: grid, level: level).curves {
          stroke(curve.map(frame.place), line, isClosed: true)
        }
      }
    case .regions(let grid, let levels, let line):
      for level in levels where level > 0 {
        for edge in grid.edges(ofRegionFrom: level) { stroke(edge.map(frame.place), line) }
      }
    case .area(let points, let color):
      fill(points.filter(\.isFinite).map(frame.place), color)
    }
  }

  private func heat(
    _ grid: DensityGrid, _ map: ColorMap, _ maximum: Double, _ frame: PanelFrame
  ) {
    let colors = (0..<grid.rows).reversed().flatMap { j in
      (0..<grid.columns).map { i in map.color(at: maximum > 0 ? grid[i, j] / maximum : 0) }
    }
    let (left, top) = (frame.x(grid.x.lowerBound), frame.y(grid.y.upperBound))
    let place = Rectangle(
      left: left, top: top, width: frame.x(grid.x.upperBound) - left,
      height: frame.y(grid.y.lowerBound) - top)
    image(columns: grid.columns, colors, in: place)
  }

  private func drawTicks(_ frame: PanelFrame) {
    let (inside, line) = (frame.inside, Stroke(.ink, width: 0.75))
    if frame.panel.x.hasTicks {
      for x in frame.xTicks.values.map(frame.x) {
        stroke([Point(x, inside.bottom), Point(x, inside.bottom - PanelFrame.tickLength)], line)
      }
    }
    if frame.panel.y.hasTicks {
      for y in frame.yTicks.values.map(frame.y) {
        stroke([Point(inside.left, y), Point(inside.left + PanelFrame.tickLength, y)], line)
      }
    }
  }

  private func writeLabels(
    _ frame: PanelFrame, _ numbersWidth: Double, _ overhang: (across: Double, down: Double)
  ) {
    let (panel, inside) = (frame.panel, frame.inside)
    let (size, labelSize) = (PanelFrame.fontSize, PanelFrame.labelSize)
    if panel.x.isLabelled {
      for (value, label) in zip(frame.xTicks.values, frame.xTicks.labels) {
        let half = width(of: label, size: size) / 2
        let beyond = max(inside.left - frame.x(value), frame.x(value) - inside.right) + half
        guard beyond <= overhang.across else { continue }
        write(label, at: Point(frame.x(value), inside.bottom + size), .middle, size: size)
      }
      let place = Point(inside.center.x, inside.bottom + size + 1.6 * labelSize)
      write(panel.x.label(with: frame.xTicks), at: place, .middle, size: labelSize)
    }
    if panel.y.isLabelled {
      for (value, label) in zip(frame.yTicks.values, frame.yTicks.labels) {
        let beyond = max(inside.top - frame.y(value), frame.y(value) - inside.bottom) + size / 2
        guard beyond <= overhang.down else { continue }
        write(label, at: Point(inside.left - 4, frame.y(value)), .end, size: size)
      }
      let place = Point(inside.left - numbersWidth - labelSize, inside.center.y)
      write(panel.y.label(with: frame.yTicks), at: place, .middle, size: labelSize, isUpright: true)
    }
    if let title = panel.title {
      let place = Point(inside.center.x, inside.top - 0.9 * labelSize)
      write(title, at: place, .middle, size: labelSize)
    }
  }

  /// The room that the numbers of the vertical axis need.
  func numbersWidth(_ frame: PanelFrame) -> Double {
    frame.yTicks.labels.map { width(of: $0, size: PanelFrame.fontSize) + 6 }.max() ?? 0
  }

  private func draw(_ bar: ColorBar, beside inside: Rectangle) {
    let place = Rectangle(
      left: inside.right + 10, top: inside.top, width: 10, height: inside.height)
    let shades = 128
    image(
      columns: 1, (0..<shades).map { bar.map.color(at: 1 - (Double($0) + 0.5) / Double(shades)) },
      in: place)
    stroke(place.corners, Stroke(.ink, width: 0.75), isClosed: true)
    let panel = Panel(
      x: Axis("", from: 0, to: 1), y: Axis(bar.label, from: 0, to: bar.maximum), layers: [])
    let frame = PanelFrame(panel, inside: place, canvas: self)
    for (value, label) in zip(frame.yTicks.values, frame.yTicks.labels) {
      write(
        label, at: Point(place.right + 4, frame.y(value)), .start, size: PanelFrame.fontSize)
    }
    let beside = place.right + numbersWidth(frame) + PanelFrame.labelSize
    write(
      panel.y.label(with: frame.yTicks), at: Point(beside, place.center.y), .middle,
      size: PanelFrame.labelSize, isUpright: true)
  }
}
