/// How a node of a program is computed.
enum Form {
  /// By a kernel of its own.
  case direct
  /// Not at all: it is a part of another node's value.
  case view(of: Int, offset: Int)
  /// Within the one node that uses it.
  case absorbed
  /// As a dense layer: a linear map, bias and activation in one kernel.
  case dense(Dense)
  /// As the pullback of max(x, 0).
  case reluPullback(relu: Int, gradient: Int)

  /// act(W x + bias), by node numbers.
  struct Dense {
    var linear: Int
    var bias: Int?
    var hasRelu: Bool
  }

  var isComputed: Bool {
    switch self {
    case .direct, .dense, .reluPullback: true
    case .view, .absorbed: false
    }
  }

  var needsStorage: Bool { isComputed }
}

/// Chooses the form of every node.
struct FormChoice {
  let program: Program
  let uses: [Int]
  private(set) var forms: [Form]
  private var nodes: [Node] { program.nodes }

  init(_ program: Program, uses: [Int]) {
    self.program = program
    self.uses = uses
    forms = Array(repeating: .direct, count: program.nodes.count)
    for number in program.nodes.indices { choose(number) }
    absorbSpreads()
  }

  private mutating func choose(_ number: Int) {
    let node = nodes[number]
    switch node.operation {
    case .stopGradient, .root: forms[number] = .view(of: node.operands[0], offset: 0)
    case .gather(let indices):
      let runs = Run.gathering(indices)
      if runs.count == 1 {
        forms[number] = .view(of: node.operands[0], offset: runs[0].source)
      }
    case .linear: forms[number] = .dense(.init(linear: number, bias: nil, hasRelu: false))
    case .binary(.add): addBias(number, node)
    case .unary(.relu): addRelu(number, node)
    case .binary(.multiply): joinReluPullback(number, node)
    default: break
    }
  }

  private mutating func addBias(_ number: Int, _ node: Node) {
    for (layer, bias) in [(0, 1), (1, 0)] {
      let (layer, bias) = (node.operands[layer], node.operands[bias])
      guard case .dense(let dense) = forms[layer], uses[layer] == 1, dense.bias == nil,
        !dense.hasRelu, !nodes[bias].shape.isPerRow,
        nodes[bias].shape.count == node.shape.count, nodes[layer].shape == node.shape
      else { continue }
      forms[layer] = .absorbed
      forms[number] = .dense(.init(linear: dense.linear, bias: bias, hasRelu: false))
      return
    }
  }

  private mutating func addRelu(_ number: Int, _ node: Node) {
    let layer = node.operands[0]
    guard case .dense(var dense) = forms[layer], uses[layer] == 1 else { return }
    forms[layer] = .absorbed
    dense.hasRelu = true
    forms[number] = .dense(dense)
  }

  /// gradient · (0 < y), y = max(x, 0)
  private mutating func joinReluPullback(_ number: Int, _ node: Node) {
    for (gradient, mask) in [(0, 1), (1, 0)] {
      let (gradient, mask) = (node.operands[gradient], node.operands[mask])
      guard case .binary(.less) = nodes[mask].operation, uses[mask] == 1,
        case .constant(let bound) = nodes[nodes[mask].operands[0]].operation,
        bound.values.allSatisfy({ $0 == 0 }), nodes[gradient].shape == node.shape,
        // The kernel tells 0 from positive numbers; others may be negative.
        case .unary(.relu) = nodes[nodes[mask].operands[1]].operation,
        nodes[nodes[mask].operands[1]].shape == node.shape
      else { continue }
      forms[mask] = .absorbed
      forms[number] = .reluPullback(relu: nodes[mask].operands[1], gradient: gradient)
      return
    }
  }

  /// A value repeated for all rows needs no copy where every consumer reads it as it is.
  private mutating func absorbSpreads() {
    var readDirectly = Array(repeating: 0, count: nodes.count)
    for (number, node) in nodes.enumerated() {
      guard case .direct = forms[number] else { continue }
      switch node.operation {
      case .binary, .select: for operand in node.operands { readDirectly[operand] += 1 }
      default: continue
      }
    }
    for (number, node) in nodes.enumerated() where node.operation == .spread {
      if readDirectly[number] == uses[number] { forms[number] = .absorbed }
    }
  }
}

extension Form {
  /// The nodes whose values are read when the node is computed.
  func reads(_ node: Node, _ forms: [Form], _ nodes: [Node]) -> [Int] {
    switch self {
    case .direct:
      node.operands.map { operand in
        if case .absorbed = forms[operand], nodes[operand].operation == .spread {
          nodes[operand].operands[0]
        } else {
          operand
        }
      }
    case .dense(let dense): nodes[dense.linear].operands + (dense.bias.map { [$0] } ?? [])
    case .reluPullback(let relu, let gradient): [relu, gradient]
    case .view, .absorbed: []
    }
  }
}
