package io.millrace.exporter.loki;

import com.google.protobuf.Message;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.millrace.exporter.sending.ScriptedHttpServer;
import io.millrace.exporter.sending.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.xerial.snappy.Snappy;

/**
 * Loki's push endpoint with its rules: what is at fault is refused with 400 and the rest is stored;
 * an entry that its stream has already is not stored again; when strict, one that is older than the
 * newest of its stream is at fault. Thread safe.
 */
final class FakeLoki extends ScriptedHttpServer {
  /** The request is stored and the answer is lost. */
  static final int STORE_AND_HANG_UP = -1;

  /** An entry as it was stored; metadata as {@code name=value}. */
  record Entry(long unixNanos, String line, List<String> metadata) {}

  private final Map<String, List<Entry>> stored = new TreeMap<>();
  final Queue<Integer> next = new ConcurrentLinkedQueue<>();
  volatile String retryAfter = "";
  volatile Predicate<String> isPoison = line -> false;
  volatile Predicate<String> isForbidden = tenant -> false;
  volatile int entriesMax = Integer.MAX_VALUE;
  volatile boolean isStrict = true;
  volatile Headers lastHeaders = new Headers();

  FakeLoki() throws IOException {
    start();
  }

  String url() {
    return url("/loki/api/v1/push");
  }

  @Override
  protected byte[] read(HttpExchange exchange) throws IOException {
    lastHeaders = exchange.getRequestHeaders();
    return Snappy.uncompress(exchange.getRequestBody().readAllBytes());
  }

  @Override
  protected void accept(HttpExchange exchange, byte[] body) throws IOException {
    Integer scripted = next.poll();
    if (!retryAfter.isEmpty()) {
      exchange.getResponseHeaders().add("Retry-After", retryAfter);
    }
    if (scripted != null && scripted != STORE_AND_HANG_UP) {
      answer(exchange, scripted, "as scripted");
      return;
    }
    String tenant = lastHeaders.getFirst("X-Scope-OrgID");
    if (isForbidden.test(tenant == null ? "" : tenant)) {
      answer(exchange, 403, "no such tenant");
      return;
    }
    Message request = PushSchema.parse(body);
    if (entries(request) > entriesMax) {
      answer(exchange, 413, "request body too large");
      return;
    }
    keep(body);
    int refused = append(request, tenant == null ? "" : tenant + " ");
    if (scripted != null) {
      exchange.close();
    } else if (refused == 0) {
      answer(exchange, 204, "");
    } else {
      answer(
          exchange,
          400,
          "entry with timestamp x ignored, reason: 'entry out of order',\nuser 'fake', total"
              + " ignored: %d out of %d for stream: {}".formatted(refused, entries(request)));
    }
  }

  private static int entries(Message request) {
    return TableSchema.list(request, "streams").stream()
        .mapToInt(stream -> TableSchema.list(stream, "entries").size())
        .sum();
  }

  private synchronized int append(Message request, String tenant) {
    int refused = 0;
    for (Message stream : TableSchema.list(request, "streams")) {
      List<Entry> known =
          stored.computeIfAbsent(
              tenant + TableSchema.field(stream, "labels"), labels -> new ArrayList<>());
      for (Entry entry : entriesOf(stream)) {
        boolean isOld = !known.isEmpty() && entry.unixNanos() < known.getLast().unixNanos();
        if (isPoison.test(entry.line()) || (isStrict && isOld)) {
          refused++;
        } else if (!known.contains(entry)) {
          known.add(entry);
        }
      }
    }
    return refused;
  }

  static List<Entry> entriesOf(Message stream) {
    return TableSchema.list(stream, "entries").stream().map(FakeLoki::entry).toList();
  }

  private static Entry entry(Message entry) {
    Message timestamp = (Message) TableSchema.field(entry, "timestamp");
    long seconds = (long) TableSchema.field(timestamp, "seconds");
    int nanos = (int) TableSchema.field(timestamp, "nanos");
    List<String> metadata =
        TableSchema.list(entry, "structured_metadata").stream()
            .map(pair -> TableSchema.field(pair, "name") + "=" + TableSchema.field(pair, "value"))
            .toList();
    return new Entry(
        seconds * 1_000_000_000 + nanos, (String) TableSchema.field(entry, "line"), metadata);
  }

  /** Returns what was stored by labels, behind the tenant if there is one. */
  synchronized Map<String, List<Entry>> streams() {
    Map<String, List<Entry>> copy = new TreeMap<>();
    stored.forEach((labels, entries) -> copy.put(labels, List.copyOf(entries)));
    return copy;
  }

  synchronized int entries() {
    return stored.values().stream().mapToInt(List::size).sum();
  }
}
