package io.millrace.testkit.ack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.pdata.Ack;
import io.millrace.pdata.AckShare;
import io.millrace.pdata.Settlement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Batches without content that a seed joins, splits, routes, copies, thins out, fails and settles,
 * each step on the acks and on the model. Confined to one thread, but for the acks.
 */
final class AckGraph {
  private static final List<Settlement> SETTLEMENTS =
      List.of(
          Settlement.DELIVERED,
          Settlement.DELIVERED,
          Settlement.HELD,
          Settlement.dropped("filtered"),
          Settlement.dropped("queue_full"),
          Settlement.rejected("malformed"),
          Settlement.refused("unavailable", 5),
          Settlement.refused("unavailable", 9));
  private static final Settlement THROWN = Settlement.dropped("processor_error");

  /** A sender's ack and what is known of it. */
  record Root(Part part, AtomicInteger calls, List<Settlement> heard) {}

  /** A batch on its way. */
  record Batch(Ack ack, List<Part> parts) {
    int items() {
      return parts.stream().mapToInt(part -> part.items).sum();
    }

    /** Fails unless the ack stands for the bytes of the items that are here. */
    void assertBytes() {
      double bytes = parts.stream().mapToDouble(part -> part.bytes).sum();
      int roundings = parts.stream().mapToInt(part -> part.roundings).sum();
      assertThat((double) ack.bytes()).as("bytes").isCloseTo(bytes, within(roundings + 1e-6));
    }
  }

  final List<Root> roots = new ArrayList<>();
  final List<Batch> live = new ArrayList<>();
  private final Random random;
  private long time;

  AckGraph(long seed) {
    random = new Random(seed);
  }

  void receive() {
    int items = random.nextInt(7);
    long bytes = items == 0 ? 0 : random.nextInt(1 << random.nextInt(24));
    Part part = new Part(items, bytes);
    AtomicInteger calls = new AtomicInteger();
    List<Settlement> heard = new ArrayList<>();
    Ack ack =
        new Ack() {
          @Override
          protected void settled(Settlement settlement) {
            calls.incrementAndGet();
            heard.add(settlement);
          }

          @Override
          public long bytes() {
            return bytes;
          }
        };
    roots.add(new Root(part, calls, heard));
    live.add(new Batch(ack, List.of(part)));
  }

  void join() {
    List<AckShare> shares = new ArrayList<>();
    List<Part> parts = new ArrayList<>();
    for (int count = 1 + random.nextInt(4); count > 0 && !live.isEmpty(); count--) {
      Batch batch = take();
      shares.add(new AckShare(batch.ack, batch.items()));
      parts.addAll(batch.parts);
    }
    live.add(new Batch(Ack.join(shares), parts));
  }

  void split() {
    Batch batch = take();
    pieces(batch, randomSizes(batch.items())).forEach(this::passOn);
  }

  /** A processor splits, passes some pieces on, throws, and leaves the rest to the last resort. */
  void throwHalfway() {
    Batch batch = take();
    List<Batch> pieces = pieces(batch, randomSizes(batch.items()));
    int passed = random.nextInt(pieces.size() + 1);
    for (int i = 0; i < passed; i++) {
      if (random.nextBoolean()) {
        settle(pieces.get(i), randomSettlement());
      } else {
        passOn(pieces.get(i));
      }
    }
    settle(batch, THROWN);
  }

  private List<Batch> pieces(Batch batch, int[] sizes) {
    int[] pieceOf = new int[batch.items()];
    int item = 0;
    for (int piece = 0; piece < sizes.length; piece++) {
      Arrays.fill(pieceOf, item, item + sizes[piece], piece);
      item += sizes[piece];
    }
    return batches(batch, batch.ack.split(sizes), deal(batch, pieceOf, sizes.length));
  }

  /** Different items go different ways, in any order. */
  void route() {
    Batch batch = take();
    int ways = 1 + random.nextInt(4);
    int[] wayOf = random.ints(batch.items(), 0, ways).toArray();
    List<BitSet> items = new ArrayList<>();
    for (int way = 0; way < ways; way++) {
      items.add(new BitSet());
    }
    for (int i = 0; i < wayOf.length; i++) {
      items.get(wayOf[i]).set(i);
    }
    List<Ack> acks = batch.ack.deal(items, wayOf.length);
    batches(batch, acks, deal(batch, wayOf, ways)).forEach(this::passOn);
  }

  /** Fails unless all bytes are in one of the pieces. */
  private static List<Batch> batches(Batch of, List<Ack> acks, List<List<Part>> parts) {
    List<Batch> pieces = new ArrayList<>();
    for (int i = 0; i < acks.size(); i++) {
      pieces.add(new Batch(acks.get(i), parts.get(i)));
    }
    assertThat(acks.stream().mapToLong(Ack::bytes).sum()).isEqualTo(of.ack.bytes());
    return pieces;
  }

  /** Deals the items out one by one. */
  private List<List<Part>> deal(Batch batch, int[] pieceOf, int count) {
    List<List<Part>> pieces = Part.emptyLists(count);
    int item = 0;
    time++;
    for (Part part : batch.parts) {
      Map<Integer, Part> cuts = new HashMap<>();
      for (int i = 0; i < part.items; i++) {
        int piece = pieceOf[item++];
        if (!cuts.containsKey(piece)) {
          Part smaller = new Part(0);
          cuts.put(piece, smaller);
          pieces.get(piece).add(smaller);
        }
        Objects.requireNonNull(cuts.get(piece)).items++;
      }
      part.share(List.copyOf(cuts.values()), time);
    }
    return pieces;
  }

  private int[] randomSizes(int items) {
    int[] sizes = new int[1 + random.nextInt(5)];
    for (int i = 0; i < items; i++) {
      sizes[random.nextInt(sizes.length)]++;
    }
    return sizes;
  }

  void fanOut() {
    Batch batch = take();
    int branches = 1 + random.nextInt(3);
    List<Ack> acks = batch.ack.fork(branches);
    List<List<Part>> copies = Part.emptyLists(branches);
    time++;
    for (Part part : batch.parts) {
      List<Part> ofPart = new ArrayList<>();
      for (List<Part> copy : copies) {
        Part smaller = part.copy();
        copy.add(smaller);
        ofPart.add(smaller);
      }
      part.cut(ofPart, time);
    }
    for (int i = 0; i < branches; i++) {
      live.add(new Batch(acks.get(i), copies.get(i)));
    }
  }

  /** A processor drops some of the items. */
  void filter() {
    Batch batch = take();
    Settlement fate = randomSettlement();
    BitSet kept = new BitSet();
    for (int i = 0; i < batch.items(); i++) {
      kept.set(i, random.nextInt(3) > 0);
    }
    List<Part> rest = new ArrayList<>();
    Ack ack = batch.ack.retain(kept, batch.items(), fate);
    int item = 0;
    time++;
    for (Part part : batch.parts) {
      Part in = new Part(0);
      Part out = new Part(0);
      for (int i = 0; i < part.items; i++) {
        (kept.get(item++) ? in : out).items++;
      }
      out.settle(fate, time);
      List<Part> both = new ArrayList<>(List.of(in, out));
      both.removeIf(each -> each.items == 0);
      part.share(both, time);
      if (in.items > 0) {
        rest.add(in);
      }
    }
    passOn(new Batch(ack, rest));
  }

  /** An exporter settles the senders' shares apart. */
  void settleApart() {
    Batch batch = take();
    List<AckShare> shares = batch.ack.shares(batch.items());
    assertThat(shares)
        .extracting(AckShare::items)
        .isEqualTo(batch.parts.stream().map(part -> part.items).toList());
    for (int i = 0; i < shares.size(); i++) {
      settle(new Batch(shares.get(i).ack(), List.of(batch.parts.get(i))), randomSettlement());
    }
  }

  void settle() {
    Batch batch = take();
    settle(batch, randomSettlement());
    if (random.nextInt(4) == 0) {
      settle(batch, THROWN);
    }
  }

  void settle(Batch batch, Settlement settlement) {
    note(batch, settlement);
    batch.ack.settle(settlement);
  }

  /** Writes down that the batch is, or will be, settled. */
  void note(Batch batch, Settlement settlement) {
    time++;
    batch.parts.forEach(part -> part.settle(settlement, time));
  }

  Settlement randomSettlement() {
    return SETTLEMENTS.get(random.nextInt(SETTLEMENTS.size()));
  }

  /** A batch without items is passed on or forgotten, as its processor likes. */
  private void passOn(Batch batch) {
    if (!batch.parts.isEmpty() || random.nextBoolean()) {
      live.add(batch);
    }
  }

  private Batch take() {
    if (live.isEmpty()) {
      receive();
    }
    return live.remove(random.nextInt(live.size()));
  }

  /**
   * Fails unless every sender has heard what the model says, and has not heard what it does not,
   * and every batch stands for the bytes that arrived for its items.
   */
  void assertMatchesModel() {
    live.forEach(Batch::assertBytes);
    for (Root root : roots) {
      Part.@Nullable End expected = root.part.end();
      assertThat(root.heard)
          .isEqualTo(expected == null ? List.of() : List.of(expected.settlement()));
    }
  }
}
