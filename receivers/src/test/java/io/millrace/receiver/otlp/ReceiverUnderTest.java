package io.millrace.receiver.otlp;

import io.millrace.component.ByteBudget;
import io.millrace.pdata.Signal;
import io.millrace.receiver.otlp.OtlpReceiverConfig.Grpc;
import io.millrace.receiver.otlp.OtlpReceiverConfig.Http;
import io.millrace.receiver.otlp.OtlpReceiverConfig.Protocols;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.ManualClock;
import io.millrace.testkit.RecordingDoor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;

/** A started receiver of one protocol on a free port, before a door that does as it is told. */
final class ReceiverUnderTest implements AutoCloseable {
  private final RecordingDoor door = 
      new RecordingDoor(new ByteBudget(64 << 20), EnumSet.allOf(Signal.class));
  private final OtlpReceiver receiver;

  private ReceiverUnderTest(Protocols protocols) {
    receiver = new OtlpReceiver(new FakeHost(new ManualClock()).context("otlp"), protocols, door);
    try {
      receiver.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ReceiverUnderTest overHttp() {
    return new ReceiverUnderTest(
        new Protocols(
            null, new Http("127.0.0.1:0", 1 << 20, false, "v1/traces", "/v1/metrics", "/v1/logs")));
  }

  static ReceiverUnderTest overGrpc(boolean includeMetadata) {
    return new ReceiverUnderTest(
        new Protocols(new Grpc("127.0.0.1:0", 1, 100, includeMetadata), null));
  }

  RecordingDoor door() {
    return door;
  }

  int port() {
    return receiver.boundAddresses().getFirst().getPort();
  }

  @Override
  public void close() {
    receiver.shutdown();
  }
}
