@testable import Tensors

/// A small program that shows one operation, for the checks that every operation must pass.
struct OperationCase: Sendable, CustomStringConvertible {
  let name: String
  /// The number of features of each input, and the range from which its values are drawn.
  let inputs: [(features: Int, range: ClosedRange<Double>)]
  let parameters: [(dims: [Int], range: ClosedRange<Double>)]
  let body: @Sendable (_ inputs: [Tensor], _ parameters: [Tensor]) -> Tensor

  init(
    _ name: String, inputs: [(features: Int, range: ClosedRange<Double>)] = [],
    parameters: [(dims: [Int], range: ClosedRange<Double>)] = [],
    _ body: @escaping @Sendable ([Tensor], [Tensor]) -> Tensor
  ) {
    self.name = name
    self.inputs = inputs
    self.parameters = parameters
    self.body = body
  }

  var description: String { name }

  /// The operation's result as the output "y", and a weighted sum of it as "loss".
  var program: Program {
    let trace = Trace()
    let inputTensors = inputs.indices.map { trace.input("x\($0)", features: inputs[$0].features) }
    let parameterTensors = parameters.indices.map { trace.parameter("p\($0)", parameters[$0].dims) }
    let result = body(inputTensors, parameterTensors)
    let weights = (0..<result.shape.count).map { 1 + 0.5 * Double($0 % 5) }
    let loss = (result * trace.constant(weights, result.shape.dims)).total()
    return Program(trace, outputs: [("y", result), ("loss", loss)])
  }

  /// Values for `rows` rows, spread over the stated ranges.
  func samples(rows: Int, seed: UInt64) -> (inputs: [[Double]], parameters: [Double]) {
    var generator = TestGenerator(seed: seed)
    return (
      inputs.map { slot in
        (0..<rows * slot.features).map { _ in generator.next(in: slot.range) }
      },
      parameters.flatMap { slot in
        (0..<slot.dims.reduce(1, *)).map { _ in generator.next(in: slot.range) }
      }
    )
  }
}

/// A generator whose numbers are the same on every run (SplitMix64).
struct TestGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  mutating func next() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
  }

  mutating func next(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * next()
  }
}

/// Every operation in every form, by name.
enum OperationRegistry {
  static let all: [OperationCase] =
    unary + binary + features + linear + splines + loops + [solve]

  private static let unary: [OperationCase] = UnaryFunction.all.map { function in
    OperationCase("\(function)", inputs: [(3, range(of: function))]) { x, _ in
      x[0].map(function)
    }
  }

  /// A part of the domain that stays clear of kinks, jumps and poles.
  private static func range(of function: UnaryFunction) -> ClosedRange<Double> {
    switch function {
    case .squareRoot, .cubeRoot, .logarithm, .reciprocal, .log1p, .logGamma, .polygamma: 0.3...4
    case .absolute, .relu, .sign: 0.2...3
    case .arcsine, .arccosine, .atanh, .inverseErf: -0.9...0.9
    case .acosh: 1.2...4
    case .tangent: -1.2...1.2
    case .normalQuantile: 0.05...0.95
    case .floor: 1.1...1.9
    case .lambertW(branch: -1): -0.35 ... -0.05
    case .lambertW: -0.3...3
    default: -2.5...2.5
    }
  }

  private static let binary: [OperationCase] = BinaryFunction.allCases.flatMap { function in
    let first: ClosedRange<Double> = 0.4...1.4
    let second: ClosedRange<Double> = 1.6...2.5
    return [
      OperationCase("\(function) rows", inputs: [(3, first), (3, second)]) { x, _ in
        x[0].combined(function, x[1])
      },
      OperationCase("\(function) features", inputs: [(3, first)], parameters: [([3], second)]) {
        $0[0].combined(function, $1[0])
      },
      OperationCase("\(function) number", inputs: [(3, first)], parameters: [([], second)]) {
        $1[0].combined(function, $0[0])
      },
      OperationCase("\(function) row vector", inputs: [(3, first), (1, second)]) { x, _ in
        x[0].combined(function, x[1])
      },
      OperationCase("\(function) fixed", parameters: [([4], first), ([4], second)]) {
        $1[0].combined(function, $1[1])
      },
      OperationCase("\(function) itself", inputs: [(2, first)]) { x, _ in
        x[0].combined(function, x[0] + 1)
      },
    ]
  }

  private static let features: [OperationCase] = [
    OperationCase("select", inputs: [(4, -1...1), (4, -1...1)], parameters: [([4], -1...1)]) {
      Tensor.select($0[0] .< 0, square($0[1]), $1[0])
    },
    OperationCase("where positive", inputs: [(4, -1...1), (4, -1...1)]) { x, _ in
      (x[0] .> 0) * (x[1] .< 0.5) + square(x[0])
    },
    OperationCase("gather", inputs: [(4, -1...1)]) { x, _ in square(x[0]).selecting([2, 0, 2]) },
    OperationCase("slice", inputs: [(5, -1...1)]) { x, _ in square(x[0]).slice(1..<4) },
    OperationCase("scatter", inputs: [(3, -1...1)]) { x, _ in
      square(x[0]).scattered([1, 3, 1], dims: [5])
    },
    OperationCase("concatenate", inputs: [(2, -1...1), (3, -1...1)], parameters: [([2], -1...1)]) {
      square(Tensor.concatenated([$0[0], $1[0], $0[1]]))
    },
    OperationCase("sum", inputs: [(6, -1...1)]) { x, _ in square(x[0].reshaped(2, 3).sum()) },
    OperationCase("sum fixed", parameters: [([2, 3], -1...1)]) { square($1[0].sum()) },
    OperationCase("maximum", inputs: [(6, -1...1)]) { x, _ in
      square(x[0].reshaped(2, 3).maximum())
    },
    OperationCase("cumulative sum", inputs: [(6, -1...1)]) { x, _ in
      square(x[0].reshaped(2, 3).cumulativeSum())
    },
    OperationCase("reverse cumulative sum", inputs: [(6, -1...1)]) { x, _ in
      square(x[0].reshaped(2, 3).reverseCumulativeSum())
    },
    OperationCase("softmax", inputs: [(6, -2...2)]) { x, _ in x[0].reshaped(2, 3).softmax() },
    OperationCase("logSumExp", inputs: [(6, -2...2)]) { x, _ in x[0].reshaped(2, 3).logSumExp() },
    OperationCase("logSoftmax", inputs: [(6, -2...2)]) { x, _ in
      x[0].reshaped(2, 3).logSoftmax()
    },
    OperationCase("sum over rows", inputs: [(3, -1...1)]) { x, _ in square(x[0].sumOverRows()) },
    OperationCase("mean over rows", inputs: [(3, 0.1...1)]) { x, _ in log(x[0].meanOverRows()) },
    OperationCase("spread", inputs: [(3, -1...1)], parameters: [([3], -1...1)]) {
      square($1[0].spread(like: $0[0])) * $0[0]
    },
    OperationCase("stop gradient", inputs: [(3, -1...1)]) { x, _ in
      // Without the part that is held constant, the gradient is that of x alone.
      x[0].withoutGradient - x[0].withoutGradient + square(x[0])
    },
    OperationCase("chain", inputs: [(9, -1...1), (9, 1...2)], parameters: [([9], 1...2)]) { x, p in
      let y = square(x[0]) * p[0] + x[1]
      let z = Tensor.select(x[0] .< 0, exp(-y), y / x[1])
      return relu(z - y) + tanh(z * y) * x[0]
    },
    OperationCase("chain over slices", inputs: [(6, -1...1)]) { x, _ in
      let y = square(x[0])
      let (a, b) = (y.slice(0..<4), y.slice(2..<6))
      let c = exp(a) * b
      return c.slice(0..<2) * c.slice(1..<3) + tanh(c.slice(2..<4)) - a.slice(1..<3)
    },
    OperationCase("one feature with all", inputs: [(4, -1...1)]) { x, _ in
      // Nothing reads the sine later, not even the gradient.
      let y = sin(x[0])
      return y.slice(0..<1) - y
    },
    OperationCase("powers with constant exponents", inputs: [(3, 0.4...1.4)]) { x, _ in
      pow(x[0], x[0].trace.constant([0, 1, 2.5], [3]))
    },
    OperationCase("parameters as results", parameters: [([3], -1...1)]) { $1[0].slice(1..<3) },
    OperationCase("parameters as gradients", parameters: [([1], -1...1), ([1], -1...1)]) {
      $1[0] * $1[1]
    },
    OperationCase("chain of one feature", inputs: [(1, -1...1), (4, -1...1)]) { x, _ in
      let y = exp(x[0])
      let z = y + square(x[0])
      return (x[1] * z + x[1]) * y
    },
    OperationCase("used twice", inputs: [(3, -1...1)]) { x, _ in
      let y = tanh(x[0])
      return y * exp(y) + y
    },
  ]

  private static let linear: [OperationCase] =
    [
      OperationCase("linear", inputs: [(3, -1...1)], parameters: [([4, 3], -1...1)]) {
        square($1[0].matmul($0[0]))
      },
      OperationCase("linear transposed", inputs: [(4, -1...1)], parameters: [([4, 3], -1...1)]) {
        square($1[0].applied(to: $0[0], transposed: true))
      },
      OperationCase("outer over rows", inputs: [(3, -1...1), (2, -1...1)]) { x, _ in
        square(Tensor.outerOverRows(x[0], x[1]))
      },
      OperationCase("matrix product", parameters: [([3, 4], -1...1), ([4, 2], -1...1)]) {
        square($1[0].matmul($1[1]))
      },
      OperationCase(
        "dense layer", inputs: [(3, -1...1)], parameters: [([4, 3], -1...1), ([4], 0...1)]
      ) {
        relu($1[0].matmul($0[0]) + $1[1])
      },
      OperationCase("masked layer", inputs: [(3, -1...1)], parameters: [([2, 3], -1...1)]) {
        let mask = $1[0].trace.constant([1, 0, 0, 1, 1, 0], [2, 3])
        return square(($1[0] * mask).matmul($0[0]))
      },
      OperationCase(
        "staircase", inputs: [(3, -1...1)], parameters: [([4, 3], -1...1), ([2, 4], -1...1)]
      ) { x, p in
        masked(p[1], strict: true).matmul(relu(masked(p[0], strict: false).matmul(x[0])))
      },
    ] + triangular

  /// Weights between units whose degrees ascend evenly, as those of autoregressive networks do.
  static func masked(_ weights: Tensor, strict: Bool) -> Tensor {
    let (out, width) = (weights.shape.dims[0], weights.shape.dims[1])
    let mask = (0..<out * width).map { index -> Double in
      let (row, column) = (index / width * width, index % width * out)
      return (strict ? column < row : column <= row) ? 1 : 0
    }
    return weights * weights.trace.constant(mask, [out, width])
  }

  private static let triangular: [OperationCase] = [true, false].flatMap { isLower in
    [true, false].flatMap { unit in
      [true, false].flatMap { transposed -> [OperationCase] in
        let triangle = Triangle(
          isLower: isLower, hasUnitDiagonal: unit, isTransposed: transposed)
        let name =
          "solve \(isLower ? "lower" : "upper") \(unit ? "unit " : "")\(transposed ? "T" : "")"
        @Sendable func matrix(_ p: Tensor) -> Tensor {
          p + p.trace.constant((0..<9).map { $0 % 4 == 0 ? 2 : 0 }, [3, 3])
        }
        return [
          OperationCase(name, inputs: [(3, -1...1)], parameters: [([3, 3], -0.5...0.5)]) {
            square(matrix($1[0]).triangularSolve($0[0], triangle))
          },
          OperationCase(name + " fixed", parameters: [([3, 3], -0.5...0.5), ([3], -1...1)]) {
            square(matrix($1[0]).triangularSolve($1[1], triangle))
          },
        ]
      }
    }
  }

  private static let splines: [OperationCase] = SplineDirection.allCases.flatMap { direction in
    SplineEnds.allCases.flatMap { ends in splines(direction, ends) }
  }

  private static func splines(_ direction: SplineDirection, _ ends: SplineEnds) -> [OperationCase] {
    [1, 2, 5].flatMap { bins -> [OperationCase] in
      let spline = Spline(bins: bins, bound: 2, ends: ends)
      let count = spline.parameterCount
      return [
        OperationCase(
          "spline \(direction) \(bins) \(ends)", inputs: [(2, -3...3), (2 * count, -1...1)]
        ) { x, _ in
          let (value, slope) = x[0].splined(
            spline, direction, parameters: x[1].reshaped(2, count))
          return Tensor.concatenated([value, slope])
        },
        OperationCase(
          "spline \(direction) \(bins) \(ends) fixed", inputs: [(2, -3...3)],
          parameters: [([2, count], -1...1)]
        ) {
          let (value, slope) = $0[0].splined(spline, direction, parameters: $1[0])
          return Tensor.concatenated([value, slope])
        },
      ]
    }
  }

  /// x³ + a x = y
  private static let solve = OperationCase(
    "solve", inputs: [(2, -3...3)], parameters: [([2], 0.5...2)]
  ) { inputs, p in
    let y = inputs[0]
    return Tensor.solved(
      between: y.zeros - 1, and: y.zeros + 1, captured: [y, p[0].spread(like: y)]
    ) { x, captured in x * square(x) + captured[1] * x - captured[0] }
  }

  private static let loops: [OperationCase] = [
    OperationCase("loops one after the other", inputs: [(2, -1...1), (2, -1...1)]) { x, _ in
      (0..<2).reduce(x[0]) { state, _ in
        Tensor.iterated([state], captured: [x[1], state], rounds: 2) { states, captured in
          [sin(states[0]) * captured[0] + captured[1]]
        }[0]
      }
    },
    OperationCase("spline with parameters of x", inputs: [(2, -1...1)]) { x, _ in
      let spline = Spline(bins: 2, bound: 2)
      let parameters = sin(x[0]).repeated(spline.parameterCount)
      let (value, slope) = x[0].splined(spline, .forward, parameters: parameters)
      return Tensor.concatenated([value, slope])
    },
    OperationCase("loop", inputs: [(2, -1...1)], parameters: [([2, 2], -0.5...0.5)]) { x, p in
      Tensor.iterated([x[0]], captured: [p[0]], rounds: 3) { states, captured in
        [tanh(captured[0].matmul(states[0])) + states[0]]
      }[0]
    },
    OperationCase("loop that swaps", inputs: [(2, -1...1), (2, -1...1)]) { x, _ in
      let states = Tensor.iterated([square(x[0]), x[1]], rounds: 3) { states, _ in
        [states[1], states[0] + 1]
      }
      return states[0] * states[1]
    },
    OperationCase("loop fixed", parameters: [([3], -1...1), ([3], -1...1)]) { _, p in
      Tensor.iterated([p[0]], captured: [p[1]], rounds: 4) { states, captured in
        [sin(states[0]) + captured[0]]
      }[0]
    },
    OperationCase("fixed point", inputs: [(2, -1...1)], parameters: [([2, 2], -0.6...0.6)]) {
      x, p in
      Tensor.fixedPoint(from: x[0], captured: [x[0], p[0]], tolerance: 0) { state, captured in
        0.7 * sin(captured[1].matmul(state)) + captured[0]
      }
    },
    OperationCase("integrate", inputs: [(2, -1...1)], parameters: [([2, 2], -1...1)]) { x, p in
      x[0].integrated(steps: 3, captured: [p[0]]) { x, t, captured in
        sin(captured[0].matmul(x)) * t + x
      }
    },
  ]
}
