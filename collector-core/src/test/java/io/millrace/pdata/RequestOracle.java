package io.millrace.pdata;

import java.io.IOException;

/**
 * Whether bytes are a request, by protobuf-java and the list of deliberate exceptions; for tests of
 * whoever validates deeply. Thread safe.
 */
public final class RequestOracle {
  private RequestOracle() {}

  /** Returns whether deep validation has to take the bytes, invalid UTF-8 in them or not. */
  public static boolean takes(Signal signal, byte[] bytes) {
    try {
      return ProtobufOracle.items(signal, bytes).isPresent()
          && ReferenceWalk.of(signal, bytes).reasons().isEmpty();
    } catch (IOException e) { // the walk is for what protobuf-java accepts
      throw new AssertionError(e);
    }
  }
}
