import Tensors

/// What an ``AttentionNetwork`` computes. Keys and values are the tokens themselves: what they would be multiplied
/// by is part of the queries and of the layer that follows.
///
/// Every label has queries of its own and attends to the inputs that it sees. A feature's token is made
/// once, so that a pass feature by feature costs as much as one over all of them.
struct Attention {
  /// W, the length of a token
  let width: Int
  /// The number of queries of a label.
  let heads: Int

  /// The queries of all labels, `[labels heads, W]`, and what makes tokens of all inputs, `[n, W]`.
  struct Parameters {
    let rates, centers, queries: Tensor
  }

  /// The parameters, also where nothing is seen yet: all programs of a model must ask for the same ones.
  func parameters(_ wiring: Wiring, _ scope: Scope) -> Parameters {
    func table(_ name: String, _ rows: Int) -> Tensor {
      scope.parameter(name, [rows, width], .normal(deviation: 1))
    }
    return Parameters(
      rates: table("rates", wiring.inputs.count), centers: table("centers", wiring.inputs.count),
      queries: table("queries", wiring.hiddenLabels.count * heads))
  }

  /// What queries of some labels find.
  ///
  /// - Parameters:
  ///   - x: some of the inputs, `[B, n]`.
  ///   - inputs: their numbers among all inputs.
  ///   - labels: the numbers of the labels among those of hidden units; all that these see is in x.
  ///   - wiring: which label sees which input.
  ///   - parameters: those of the same wiring.
  /// - Returns: `[B, labels heads W]`
  func units(
    _ x: Tensor, inputs: [Int], for labels: [Int], _ wiring: Wiring, _ parameters: Parameters
  ) -> Tensor {
    let tokens = tokens(x, inputs, parameters)
    let inputLabels = inputs.map { wiring.inputs[$0] }
    let units = labels.flatMap { number -> [Tensor] in
      let seen = wiring.seen(by: wiring.hiddenLabels[number], among: inputLabels)
      let own = tokens.selecting(
        seen.flatMap { token in (0..<width).map { token * width + $0 } }
      ).reshaped(seen.count, width)
      return (0..<heads).map { head in
        let row = number * heads + head
        return mean(of: own, by: parameters.queries.slice(row..<row + 1).reshaped(width))
      }
    }
    return Tensor.concatenated(units)
  }

  /// `[B, n W]`
  private func tokens(_ x: Tensor, _ inputs: [Int], _ parameters: Parameters) -> Tensor {
    func rows(_ table: Tensor) -> Tensor {
      table.selecting(inputs.flatMap { input in (0..<width).map { input * width + $0 } })
    }
    let places = x.repeated(width).reshaped(inputs.count * width)
    return tanh(places * rows(parameters.rates) + rows(parameters.centers))
  }

  /// The mean of tokens `[B, n, W]` with the weights of a query `[W]`: `[B, W]`.
  private func mean(of tokens: Tensor, by query: Tensor) -> Tensor {
    let count = tokens.shape.dims[0]
    let scores = (tokens * query.tiled(count)).sum() / Double(width).squareRoot()
    return (tokens.transposed * scores.softmax().tiled(width)).sum()
  }
}
