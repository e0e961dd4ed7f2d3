package io.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.millrace.pdata.Ack;
import io.millrace.pdata.AckShare;
import io.millrace.pdata.Arrival;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.RandomOtlp;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Signal;
import io.millrace.testkit.AckLedger;
import io.millrace.testkit.AckProbe;
import io.millrace.testkit.OtlpSamples;
import io.millrace.testkit.UnknownFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Batches of one signal for a component under test, and what has to be true of them afterwards.
 *
 * <p>Every message in them has an unknown field, whose text names the item; every batch lies in the
 * middle of a larger array; every ack is in the ledger. Thread safe.
 */
final class Traffic {
  private static final int MARGIN_BYTES = 16;

  /** What the acks say that they stand for. */
  private static final int BYTES_PER_ITEM = 100;

  private record Item(AckProbe sender, Set<String> marks, List<String> requestMarks) {}

  private final Signal signal;
  private final AckLedger ledger = new AckLedger();
  private final Map<OtlpBatch, byte[]> copies = new ConcurrentHashMap<>();
  private final Map<String, Item> items = new ConcurrentHashMap<>();

  Traffic(Signal signal) {
    this.signal = signal;
  }

  AckLedger ledger() {
    return ledger;
  }

  /** Returns a new batch of one sender with {@code count} items, at least 2. */
  OtlpBatch batch(int count) {
    AckProbe sender = ledger.open((long) count * BYTES_PER_ITEM);
    return batch(request(count, sender).toByteArray(), count, sender);
  }

  /** Returns a new batch that was joined from one request of each of {@code senders} senders. */
  OtlpBatch joined(int senders, int itemsEach) {
    Message.Builder request = RandomOtlp.emptyRequest(signal).newBuilderForType();
    List<AckShare> shares = new ArrayList<>();
    for (int i = 0; i < senders; i++) {
      AckProbe sender = ledger.open((long) itemsEach * BYTES_PER_ITEM);
      request.mergeFrom(request(itemsEach, sender));
      shares.add(new AckShare(sender, itemsEach));
    }
    return batch(request.build().toByteArray(), senders * itemsEach, Ack.join(shares));
  }

  private Message request(int count, AckProbe sender) {
    Message request = UnknownFields.mark(FullRequests.of(signal, count));
    List<String> requestMarks = UnknownFields.ownMarks(request);
    UnknownFields.records(request)
        .forEach((name, marks) -> items.put(name, new Item(sender, marks, requestMarks)));
    return request;
  }

  private OtlpBatch batch(byte[] body, int count, Ack ack) {
    byte[] array = new byte[body.length + 2 * MARGIN_BYTES];
    Arrays.fill(array, (byte) 0xFF);
    System.arraycopy(body, 0, array, MARGIN_BYTES, body.length);
    OtlpBatch batch =
        new OtlpBatch(
            array,
            MARGIN_BYTES,
            body.length,
            signal,
            count,
            new Arrival(0, OtlpSamples.TIME_UNIX_NANO),
            RequestContext.EMPTY,
            ack);
    copies.put(batch, array.clone());
    return batch;
  }

  /** Returns how many items were made. */
  int itemCount() {
    return items.size();
  }

  /** Returns the names of the items in the body of a request, in order. */
  List<String> itemsIn(byte[] body) {
    return List.copyOf(UnknownFields.records(parse(body)).keySet());
  }

  List<String> itemsIn(OtlpBatch batch) {
    return itemsIn(bodyOf(batch));
  }

  AckProbe senderOf(String itemName) {
    return item(itemName).sender;
  }

  private Item item(String name) {
    Item item = items.get(name);
    if (item == null) {
      throw new AssertionError("an item came out that never went in: " + name);
    }
    return item;
  }

  /** Fails if anybody wrote to an array that was handed in. */
  void assertUntouched() {
    copies.forEach(
        (batch, copy) -> assertThat(batch.bytes()).as("array of an input batch").isEqualTo(copy));
  }

  /**
   * Fails unless every item in the bodies, and what it belongs to, has all its unknown fields;
   * those of its request may be in any of the bodies.
   */
  void assertUnknownFieldsKept(List<byte[]> bodies) {
    Set<String> requestMarks = new HashSet<>();
    Set<String> requestMarksFound = new HashSet<>();
    for (byte[] body : bodies) {
      Message request = parse(body);
      requestMarksFound.addAll(UnknownFields.ownMarks(request));
      UnknownFields.records(request)
          .forEach((name, marks) -> {
            assertThat(marks).as("unknown fields of an item").containsAll(item(name).marks);
            requestMarks.addAll(item(name).requestMarks);
          });
    }
    assertThat(requestMarksFound).as("unknown fields of requests").containsAll(requestMarks);
  }

  static byte[] bodyOf(OtlpBatch batch) {
    return Arrays.copyOfRange(batch.bytes(), batch.offset(), batch.offset() + batch.length());
  }

  private Message parse(byte[] body) {
    try {
      return RandomOtlp.emptyRequest(signal).getParserForType().parseFrom(body);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("what came out is no request of " + signal, e);
    }
  }
}
