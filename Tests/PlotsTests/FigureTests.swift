import CCairo
import Testing

@testable import Plots

@Suite struct FigureTests {
  private static let figures: [(name: String, figure: Figure)] = {
    let x = (0..<400).map { Double($0 * 173 % 400) / 400 }
    let y = (0..<400).map { x[$0] * x[$0] + Double($0 * 57 % 400) / 800 }
    let grid = DensityGrid(countsOf: x, y, x: 0...1, y: 0...2, columns: 20, rows: 20)
    return [
      ("corner", .corner(names: ["a", "b", "c"], data: [x, y, x], samples: [y, x, y])),
      ("corner of one", .corner(names: ["a"], data: nil, samples: [x])),
      (
        "corner of integers",
        .corner(
          names: ["a", "n"], data: [x, y.map { (8 * $0).rounded() }],
          samples: [y, x.map { (9 * $0).rounded() }], integers: [1])
      ),
      (
        "corner of equal numbers",
        .corner(names: ["a", "b"], data: nil, samples: [[1, 1], [2, 2]])
      ),
      (
        "density map",
        .densityMap(grid, names: ("a", "b"), data: [Point(0.5, 0.5), Point(.nan, 1)])
      ),
      (
        "density curve", .densityCurve([Point(0, 0), Point(1, 2), Point(2, 0)], name: "a", data: x)
      ),
      (
        "training",
        .trainingCurve(
          (1...30).map {
            TrainingPoint(
              step: Double($0), training: -1 / Double($0),
              validation: $0 > 3 ? -2 / Double($0) : nil)
          })
      ),
      ("calibration", .calibration([("a", x), ("b", [0.5])])),
      (
        "far out",
        Figure(
          [
            [
              Panel(
                x: Axis("", from: 0, to: 0), y: Axis("", from: 1, to: .nan),
                layers: [.line([Point(1e300, -1e300), Point(.nan, 0), Point(0, 1)], Stroke(.ink))])
            ]
          ],
          width: 20, height: 20)
      ),
    ]
  }()

  @Test func dotsOfDataHaveALegend() {
    let grid = DensityGrid(x: 0...1, y: 0...1, columns: 2, values: [1, 2, 3, 4])
    func legend(_ data: [Point]) -> [LegendEntry] {
      Figure.densityMap(grid, names: ("a", "b"), data: data).rows[0][0]!.legend
    }
    #expect(legend([Point(0.5, 0.5)]).map(\.label) == ["data"])
    #expect(legend([]).isEmpty)
  }

  @Test(arguments: PictureFormat.allCases)
  func theSameFigureIsTheSameBytes(_ format: PictureFormat) throws {
    for (name, figure) in Self.figures {
      let bytes = try figure.encoded(as: format)
      #expect(bytes == (try figure.encoded(as: format)), "\(name)")
      switch format {
      case .png: #expect(bytes.starts(with: [0x89] + Array("PNG\r\n".utf8)))
      case .svg:
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("<svg ") && text.hasSuffix("</svg>\n"))
      case .pdf:
        #expect(bytes.starts(with: Array("%PDF-1.".utf8)))
        let date = Array("CreationDate (20000101000000Z)".utf8)
        #expect(bytes.indices.contains { bytes[$0...].starts(with: date) })
      }
    }
  }

  @Test func cellsLieWhereTheAxesSay() throws {
    let grid = DensityGrid(x: 0...2, y: 0...2, columns: 2, values: [0, 0, 0, 1])
    let panel = Panel(
      x: Axis("", from: 0, to: 2, isLabelled: false),
      y: Axis("", from: 0, to: 2, isLabelled: false),
      layers: [
        .heat(grid, .viridis, maximum: 1),
        .area([Point(0, 1), Point(1, 1), Point(1, 2), Point(0, 2)], .vermilion),
        .line([Point(0, 0.5), Point(2, 0.5)], Stroke(.blue, width: 4)),
      ])
    let picture = try Pixels(Figure([[panel]], width: 200, height: 200).encoded(as: .png))
    #expect(picture.width == 400 && picture.height == 400)
    #expect(picture.color(300, 100) == 0xFDE725)
    #expect(picture.color(100, 100) == 0xD55E00)
    #expect(picture.color(300, 240) == 0x440154)
    // y = 0.5 is a quarter of the way up, whatever the margins, which are equal within some points.
    let rows = (200..<400).filter { picture.color(200, $0) == 0x0072B2 }
    #expect(rows.count == 8)
    let (left, right) = (picture.frame(along: 60).first!, picture.frame(along: 60).last!)
    #expect(right - left > 320)
    #expect(picture.color(2, 2) == 0xFFFFFF)
  }

  @Test func eachFlowHasACurveOfItsOwn() throws {
    let steps: [Double] = [10, 20, 30, 10, 20]
    let figure = Figure.trainingCurve(
      steps.map { TrainingPoint(step: $0, training: $0, validation: $0 + 1) })
    let lines = figure.rows[0][0]!.layers.compactMap { layer -> [Point]? in
      if case .line(let points, _) = layer { points } else { nil }
    }
    for (line, shift) in zip(lines, [0.0, 1]) {
      let pieces = line.split { !$0.isFinite }
      #expect(pieces.map { $0.map(\.x) } == [[10, 20, 30], [10, 20]])
      #expect(pieces.allSatisfy { $0.allSatisfy { $0.y == $0.x + shift } })
    }
  }

  /// Numbers of any size, or none, make no figure crash or hang.
  @Test func anyNumbersAreDrawn() throws {
    let sizes = [
      0, 1, -1, .leastNonzeroMagnitude, 1e-300, 1e300, .greatestFiniteMagnitude, .infinity, .nan,
      1e16,
    ]
    let sets = [
      sizes, sizes.map { -$0 }, [.nan, .nan], [1e308, -1e308], [1e16, 1e16 + 2],
      [.leastNonzeroMagnitude, 0],
      [.infinity, .infinity],
    ]
    for a in sets {
      for b in sets {
        let count = min(a.count, b.count)
        let (x, y) = (Array(a.prefix(count)), Array(b.prefix(count)))
        let points = zip(x, y).map { Point($0, $1) }
        let figures = [
          Figure.corner(names: ["a", "b"], data: [x, y], samples: [y, x]),
          .densityCurve(points, name: "a", data: y),
          .trainingCurve(
            points.map { TrainingPoint(step: 1, training: $0.x, validation: $0.y) }),
          Figure(
            [
              [
                Panel(
                  x: Axis("", from: x[0], to: y[1]), y: Axis("", from: y[0], to: x[1]),
                  layers: [
                    .line(points, Stroke(.ink)), .points(points, .blue, radius: 1),
                    .area(points, .green),
                  ])
              ]
            ],
            width: 100, height: 80),
        ]
        for figure in figures { #expect(try !figure.encoded(as: .pdf).isEmpty) }
      }
    }
  }

  @Test func endingsChooseTheFormat() throws {
    #expect(try PictureFormat(path: "a.b/corner.PDF") == .pdf)
    #expect(try PictureFormat(path: "x.svg") == .svg)
    for path in ["corner", "corner.jpg", "png", "a.png/corner", ""] {
      #expect(throws: PlotError.unknownFormat(path: path)) { try PictureFormat(path: path) }
    }
  }
}

/// The pixels of a PNG file, as Cairo reads it.
private struct Pixels {
  let width, height: Int
  private let values: [UInt32]

  init(_ bytes: [UInt8]) {
    var rest = bytes[...]
    let surface = withUnsafeMutablePointer(to: &rest) { pointer in
      cairo_image_surface_create_from_png_stream(
        { closure, target, count in
          let rest = closure!.assumingMemoryBound(to: ArraySlice<UInt8>.self)
          guard rest.pointee.count >= Int(count) else { return CAIRO_STATUS_READ_ERROR }
          for index in 0..<Int(count) { target![index] = rest.pointee.removeFirst() }
          return CAIRO_STATUS_SUCCESS
        }, pointer)
    }
    defer { cairo_surface_destroy(surface) }
    width = Int(cairo_image_surface_get_width(surface))
    height = Int(cairo_image_surface_get_height(surface))
    let stride = Int(cairo_image_surface_get_stride(surface)) / 4
    let data = cairo_image_surface_get_data(surface)!
    let (columns, rows) = (width, height)
    values = data.withMemoryRebound(to: UInt32.self, capacity: stride * rows) { pixels in
      (0..<rows).flatMap { row in (0..<columns).map { pixels[row * stride + $0] & 0xFF_FFFF } }
    }
  }

  func color(_ x: Int, _ y: Int) -> UInt32 { values[y * width + x] }

  /// The dark pixels of a row: where the panel's frame is.
  func frame(along y: Int) -> [Int] {
    (0..<width).filter { x in [0, 8, 16].allSatisfy { (color(x, y) >> $0) & 0xFF < 0x90 } }
  }
}
