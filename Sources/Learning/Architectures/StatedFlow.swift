public import Flows

/// A flow that a text states, as formulas do: whoever understands the text has made the flow of it.
///
/// A file of a model holds the text, and a ``FlowReader`` makes the flow again. Two of them are equal where their texts
/// are.
public struct StatedFlow: Sendable {
  /// What the flow is made from.
  public let text: String
  /// The flow; its features are columns in the units of the data.
  public let flow: Flow

  /// A flow and its text.
  ///
  /// - Parameters:
  ///   - text: what the flow was made from.
  ///   - flow: the flow, without context.
  public init(text: String, flow: Flow) {
    precondition(flow.contextFeatures == 0, "a stated flow takes no context")
    self.text = text
    self.flow = flow
  }
}

extension StatedFlow: Hashable {
  /// Whether the texts are the same.
  public static func == (a: StatedFlow, b: StatedFlow) -> Bool { a.text == b.text }

  /// The hash of the text.
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension StatedFlow: Codable {
  /// The text alone.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  /// Made by the decoder's ``FlowReader``, without which there is none.
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let reader = decoder.userInfo[FlowReader.key] as? FlowReader else {
      throw FlowReader.Failure("a flow that a text states cannot be read here")
    }
    self.init(text: text, flow: try reader.flow(text))
  }
}

/// Makes flows of texts that come from files, which may be anybody's: it has to limit what a text may cost.
public struct FlowReader: Sendable {
  /// The flow that a text states.
  let flow: @Sendable (String) throws(Failure) -> Flow

  /// A reader.
  ///
  /// - Parameter flow: makes the flow of a text, or says what is wrong with it.
  public init(_ flow: @escaping @Sendable (String) throws(Failure) -> Flow) { self.flow = flow }

  /// What is wrong with a text.
  public struct Failure: Error, Hashable {
    /// In words.
    public let message: String

    /// What is wrong.
    ///
    /// - Parameter message: in words.
    public init(_ message: String) { self.message = message }
  }

  /// Where a decoder has its reader.
  static let key = CodingUserInfoKey(rawValue: "flow reader")!
}
