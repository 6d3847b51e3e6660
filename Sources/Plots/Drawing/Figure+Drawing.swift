extension Figure {
  /// The content of a picture file. The same figure gives the same bytes.
  ///
  /// - Parameter format: which kind of file.
  /// - Throws: ``PlotError/drawing(_:)`` where Cairo cannot.
  public func encoded(as format: PictureFormat) throws(PlotError) -> [UInt8] {
    let canvas = Canvas(format, width: width, height: height)
    let margins = margins(on: canvas)
    let area = Rectangle(left: 0, top: 0, width: width, height: height)
      .inset(left: margins.left, top: margins.top, right: margins.right, bottom: margins.bottom)
    // Numbers of panels side by side, or one above the other, do not touch.
    let overhang = (
      across: rows[0].count > 1 ? (gap + margins.between) / 2 - 2 : .infinity,
      down: rows.count > 1 ? gap / 2 : .infinity
    )
    let count = (across: Double(rows[0].count), down: Double(rows.count))
    let panelWidth = (area.width - (count.across - 1) * (gap + margins.between)) / count.across
    let panelHeight = (area.height - (count.down - 1) * gap) / count.down
    for j in rows[0].indices {
      let frames = rows.enumerated().compactMap { i, row in
        row[j].map { panel in
          let place = Rectangle(
            left: area.left + Double(j) * (panelWidth + gap + margins.between),
            top: area.top + Double(i) * (panelHeight + gap), width: max(1, panelWidth),
            height: max(1, panelHeight))
          return PanelFrame(panel, inside: place, canvas: canvas)
        }
      }
      // Labels of panels above each other stand in one line.
      let labelled = frames.filter(\.panel.y.isLabelled)
      let numbersWidth = labelled.map(canvas.numbersWidth).max() ?? 0
      for frame in frames { canvas.draw(frame, numbersWidth: numbersWidth, overhang: overhang) }
    }
    if let title {
      let line = canvas.fitting(title, size: 12, within: width - 20)
      canvas.write(line.text, at: Point(width / 2, 16), .middle, size: line.size)
    }
    canvas.drawLegend(legend, in: area, .upperRight)
    return try canvas.finished()
  }

  /// Room for what is written around the panels, and between those that are side by side.
  private func margins(
    on canvas: Canvas
  ) -> (left: Double, top: Double, right: Double, bottom: Double, between: Double) {
    let outer = 10.0
    // Numbers' widths depend on the ticks, and these on the room: that of a panel without margins.
    let size = Rectangle(
      left: 0, top: 0, width: width / Double(rows[0].count) - 60,
      height: height / Double(rows.count) - 40)
    func room(_ panels: [Panel?]) -> Double {
      let widths = panels.compactMap { panel -> Double? in
        guard let panel, panel.y.isLabelled else { return nil }
        return canvas.numbersWidth(PanelFrame(panel, inside: size, canvas: canvas))
      }
      return widths.max().map { $0 + 1.8 * PanelFrame.labelSize } ?? 0
    }
    let panels = rows.flatMap { $0.compactMap(\.self) }
    let between = (1..<max(1, rows[0].count)).map { j in room(rows.map { $0[j] }) }.max() ?? 0
    let isTitled = panels.contains { $0.title != nil }
    let isLabelled = panels.contains { $0.x.isLabelled }
    return (
      left: outer + room(rows.map { $0[0] }),
      top: outer + (title == nil ? 0 : 20) + (isTitled ? 14 : 0),
      right: outer + (panels.contains { $0.colorBar != nil } ? 68 : 6),
      bottom: outer + (isLabelled ? PanelFrame.fontSize + 2.2 * PanelFrame.labelSize : 0),
      between: between
    )
  }
}
