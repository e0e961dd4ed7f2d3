package io.millrace.pdata;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Taking a request apart and writing it again, with protobuf-java as the oracle. */
class EnvelopeWalkerTest {
  private static final int SEEDS = 200;
  private static final Signal[] SIGNALS = {Signal.TRACES, Signal.METRICS, Signal.LOGS};

  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Scope(byte[] header, List<byte[]> records) {}

  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Resource(byte[] header, List<Scope> scopes) {}

  private final EnvelopeWalker walker = new EnvelopeWalker();

  @Test
  void whatIsTakenApartAndWrittenAgainIsTheSameMessage() throws Exception {
    for (Signal signal : SIGNALS) {
      for (int seed = 0; seed < SEEDS; seed++) {
        RandomOtlp random = new RandomOtlp(seed);
        byte[] request = random.bytes(random.request(signal, seed % 40));

        byte[] again = write(takeApart(signal, request));

        assertThat(parse(signal, again))
            .as("%s, seed %d", signal, seed)
            .isEqualTo(parse(signal, request));
      }
    }
  }

  @Test
  void oldLibrariesComeOutAsScopesWhereThereAreNoOthers() throws Exception {
    byte[] old = Hex.bytes("0a 0d  1a 01 31  c2 3e 07 12 05 2a 03 61 62 63");
    byte[] both = Hex.bytes("0a 13  c2 3e 04 12 02 2a 00  1a 01 31  12 07 12 05 2a 03 61 62 63");
    byte[] expected = Hex.bytes("0a 0c  1a 01 31  12 07 12 05 2a 03 61 62 63");

    assertThat(write(takeApart(Signal.TRACES, old))).isEqualTo(expected);
    assertThat(write(takeApart(Signal.TRACES, both))).isEqualTo(expected);
  }

  @Test
  void innerLoopsMayBeLeftEarly() {
    byte[] scope = Hex.bytes("12 0a 12 03 2a 01 78 12 03 2a 01 79");
    byte[] twoResources = new byte[2 * (2 + scope.length)];
    for (int at = 0; at < twoResources.length; at += 2 + scope.length) {
      twoResources[at] = 0x0a;
      twoResources[at + 1] = (byte) scope.length;
      System.arraycopy(scope, 0, twoResources, at + 2, scope.length);
    }
    ByteRange record = new ByteRange();
    walker.wrap(batch(Signal.TRACES, twoResources));

    assertThat(walker.nextRecord(record)).isFalse();
    assertThat(walker.nextScope()).isFalse();
    assertThat(walker.nextResource()).isTrue();
    assertThat(walker.nextScope()).isTrue();
    assertThat(walker.nextRecord(record)).isTrue();
    assertThat(walker.nextResource()).isTrue();
    assertThat(walker.nextRecord(record)).isFalse();
    assertThat(walker.nextScope()).isTrue();
    assertThat(walker.nextRecord(record)).isTrue();
    assertThat(walker.nextRecord(record)).isTrue();
    assertThat(walker.nextRecord(record)).isFalse();
    assertThat(walker.nextScope()).isFalse();
    assertThat(walker.nextResource()).isFalse();
    assertThat(walker.nextScope()).isFalse();
  }

  private List<Resource> takeApart(Signal signal, byte[] request) {
    List<Resource> resources = new ArrayList<>();
    ByteRange record = new ByteRange();
    walker.wrap(batch(signal, request));
    while (walker.nextResource()) {
      List<Scope> scopes = new ArrayList<>();
      resources.add(new Resource(walker.resourceHeader().copy(), scopes));
      while (walker.nextScope()) {
        List<byte[]> records = new ArrayList<>();
        scopes.add(new Scope(walker.scopeHeader().copy(), records));
        while (walker.nextRecord(record)) {
          records.add(record.copy());
        }
      }
    }
    return resources;
  }

  private byte[] write(List<Resource> resources) {
    EnvelopeWriter writer = new EnvelopeWriter(0);
    for (Resource resource : resources.reversed()) {
      for (Scope scope : resource.scopes.reversed()) {
        for (byte[] record : scope.records.reversed()) {
          writer.record(record, 0, record.length);
        }
        writer.endScope(scope.header);
      }
      writer.endResource(resource.header);
    }
    writer.requestHeader(walker.requestHeader().copy());
    return writer.take();
  }

  private static Message parse(Signal signal, byte[] bytes) throws InvalidProtocolBufferException {
    return RandomOtlp.emptyRequest(signal).getParserForType().parseFrom(bytes);
  }

  private static OtlpBatch batch(Signal signal, byte[] bytes) {
    return new OtlpBatch(
        bytes,
        0,
        bytes.length,
        signal,
        1,
        new Arrival(0, 0),
        RequestContext.EMPTY,
        Ack.of(_ -> {}));
  }
}
