import Tensors
import Testing

@testable import Flows

/// A map that asks for a parameter in one direction alone.
private struct OneSided: Bijector {
  let features = 1
  let isForward: Bool

  func forward(_ z: Tensor, _ scope: Scope) -> Image {
    Image(isForward ? z + scope.parameter("shift", [1], .constant(1)) : z, .zero)
  }

  func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    Image(isForward ? x : x - scope.parameter("shift", [1], .constant(1)), .zero)
  }
}

@Suite("Parameters of one direction")
struct DirectionTests {
  @Test("are under the laws, whichever direction it is", arguments: [true, false])
  func trial(isForward: Bool) {
    let trial = Trial(OneSided(isForward: isForward), deviation: 0)
    #expect(trial.parameters.arrays == [NamedArray(name: "shift", dims: [1], values: [1])])
    #expect(trial.run(trial.program(.forward), [2])[0] == [isForward ? 3 : 2])
    #expect(trial.run(trial.program(.inverse), [2])[0] == [isForward ? 2 : 1])
  }

  @Test("that densities do not use stop a model that samples, with a sentence")
  func samples() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let flow = Flow(base: StandardNormal(1), bijector: OneSided(isForward: true))
      _ = try Model(flow, key: RandomKey(seed: 1)).samples(1, key: RandomKey(seed: 2))
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(
      text.contains("parameter 'bijector.shift' is asked for where samples are made"), "\(text)")
  }
}
