package io.millrace.pdata;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class OtlpWalkerTest {
  /** Two resources (schema_url 1 and 2), each with two scopes, each with two spans. */
  private static final String TWO_SCOPES = "12 0a 12 03 2a 01 78 12 03 2a 01 79".repeat(2);

  private static final byte[] REQUEST =
      Hex.bytes("0a 1b 1a 01 31" + TWO_SCOPES + "0a 1b 1a 01 32" + TWO_SCOPES);

  private final OtlpWalker walker = new OtlpWalker();
  private final SpanView span = new SpanView();

  @Test
  void visitsEveryRecordOnce() {
    assertThat(names()).isEqualTo("[1(xy)(xy)][2(xy)(xy)]");
  }

  @Test
  void startsOverWhenWrappedInTheMiddle() {
    wrap();
    walker.nextResource();
    walker.nextScope();
    walker.nextRecord(span);

    assertThat(names()).isEqualTo("[1(xy)(xy)][2(xy)(xy)]");
  }

  @Test
  void innerLoopsMayBeLeftEarly() {
    wrap();
    assertThat(walker.nextResource()).isTrue();
    assertThat(walker.nextScope()).isTrue();
    assertThat(walker.nextRecord(span)).isTrue();
    assertThat(walker.nextResource()).isTrue();

    assertThat(walker.nextRecord(span)).isFalse();
    assertThat(walker.resource().schemaUrl().utf8()).isEqualTo("2");
    assertThat(walker.nextScope()).isTrue();
    assertThat(walker.nextScope()).isTrue();
    assertThat(walker.nextRecord(span)).isTrue();
    assertThat(walker.nextScope()).isFalse();
    assertThat(walker.nextRecord(span)).isFalse();
    assertThat(walker.nextResource()).isFalse();
    assertThat(walker.nextScope()).isFalse();
  }

  @Test
  void hasNothingBeforeItIsWrapped() {
    assertThat(walker.nextResource()).isFalse();
    assertThat(walker.nextScope()).isFalse();
    assertThat(walker.nextRecord(span)).isFalse();
  }

  @Test
  void walkingAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ByteArrayOutputStream requests = new ByteArrayOutputStream();
    for (int seed = 0; seed < 20; seed++) {
      requests.writeBytes(new RandomOtlp(seed).traces(1000).toByteArray());
    }
    OtlpBatch batch = batch(requests.toByteArray());
    AttributeView attribute = new AttributeView();
    int found = walk(batch, attribute);
    assertThat(found).isGreaterThan(100);

    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 100; i++) {
      found += walk(batch, attribute);
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
  }

  private int walk(OtlpBatch batch, AttributeView attribute) {
    int found = 0;
    walker.wrap(batch);
    while (walker.nextResource()) {
      while (walker.nextScope()) {
        while (walker.nextRecord(span)) {
          found += span.status().code() == 2 ? 1 : 0;
          RangeCursor attributes = span.attributes();
          while (attributes.next(attribute)) {
            found += attribute.value().kind() == AnyValueView.Kind.NOT_SET ? 0 : 1;
          }
        }
      }
    }
    return found;
  }

  private String names() {
    StringBuilder names = new StringBuilder();
    wrap();
    while (walker.nextResource()) {
      names.append('[').append(walker.resource().schemaUrl().utf8());
      while (walker.nextScope()) {
        names.append('(');
        while (walker.nextRecord(span)) {
          names.append(span.name().utf8());
        }
        names.append(')');
      }
      names.append(']');
    }
    return names.toString();
  }

  private void wrap() {
    walker.wrap(batch(REQUEST));
  }

  private static OtlpBatch batch(byte[] bytes) {
    return new OtlpBatch(
        bytes,
        0,
        bytes.length,
        Signal.TRACES,
        8,
        new Arrival(0, 0),
        RequestContext.EMPTY,
        Ack.of(settlement -> {}));
  }
}
