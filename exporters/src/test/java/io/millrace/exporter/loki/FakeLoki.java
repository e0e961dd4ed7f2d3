package io.millrace.exporter.loki;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.testkit.contract.Destination;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.xerial.snappy.Snappy;

/**
 * Loki's push endpoint with its rules: what is at fault is refused with 400 and the rest is stored;
 * an entry that its stream has already is not stored again; when strict, one that is older than the
 * newest of its stream is at fault. Thread safe.
 */
final class FakeLoki implements Destination, AutoCloseable {
  /** The request is stored and the answer is lost. */
  static final int STORE_AND_HANG_UP = -1;

  /** An entry as it was stored; metadata as {@code name=value}. */
  record Entry(long unixNanos, String line, List<String> metadata) {}

  private final List<byte[]> accepted = new CopyOnWriteArrayList<>();
  private final AtomicInteger attempts = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final Map<String, List<Entry>> stored = new TreeMap<>();
  private volatile Function<byte[], Answer> script = body -> Answer.ACCEPT;
  final List<Integer> statuses = new CopyOnWriteArrayList<>();
  final Queue<Integer> next = new ConcurrentLinkedQueue<>();
  volatile String retryAfter = "";
  volatile Predicate<String> isPoison = line -> false;
  volatile int entriesMax = Integer.MAX_VALUE;
  volatile boolean isStrict = true;
  volatile Headers lastHeaders = new Headers();

  FakeLoki() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/loki/api/v1/push", this::handle);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/loki/api/v1/push";
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = Snappy.uncompress(exchange.getRequestBody().readAllBytes());
    lastHeaders = exchange.getRequestHeaders();
    attempts.incrementAndGet();
    switch (script.apply(body)) {
      case ACCEPT -> store(exchange, body);
      case TRY_AGAIN -> answer(exchange, 503, "");
      case REJECT -> answer(exchange, 400, "");
      case NEVER -> {} // the connection stays open until the server stops
    }
  }

  private void store(HttpExchange exchange, byte[] body) throws IOException {
    Integer scripted = next.poll();
    if (scripted != null && scripted != STORE_AND_HANG_UP) {
      answer(exchange, scripted, "as scripted");
      return;
    }
    Message request = PushSchema.parse(body);
    if (entries(request) > entriesMax) {
      answer(exchange, 413, "request body too large");
      return;
    }
    accepted.add(body);
    String tenant = lastHeaders.getFirst("X-Scope-OrgID");
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
    return PushSchema.list(request, "streams").stream()
        .mapToInt(stream -> PushSchema.list(stream, "entries").size())
        .sum();
  }

  private synchronized int append(Message request, String tenant) {
    int refused = 0;
    for (Message stream : PushSchema.list(request, "streams")) {
      List<Entry> known =
          stored.computeIfAbsent(
              tenant + PushSchema.field(stream, "labels"), labels -> new ArrayList<>());
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
    return PushSchema.list(stream, "entries").stream().map(FakeLoki::entry).toList();
  }

  private static Entry entry(Message entry) {
    Message timestamp = (Message) PushSchema.field(entry, "timestamp");
    long seconds = (long) PushSchema.field(timestamp, "seconds");
    int nanos = (int) PushSchema.field(timestamp, "nanos");
    List<String> metadata =
        PushSchema.list(entry, "structured_metadata").stream()
            .map(pair -> PushSchema.field(pair, "name") + "=" + PushSchema.field(pair, "value"))
            .toList();
    return new Entry(
        seconds * 1_000_000_000 + nanos, (String) PushSchema.field(entry, "line"), metadata);
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

  private void answer(HttpExchange exchange, int status, String text) throws IOException {
    statuses.add(status);
    if (!retryAfter.isEmpty()) {
      exchange.getResponseHeaders().add("Retry-After", retryAfter);
    }
    byte[] body = text.getBytes(UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void answer(Function<byte[], Answer> newScript) {
    script = newScript;
  }

  @Override
  public List<byte[]> accepted() {
    return List.copyOf(accepted);
  }

  @Override
  public int attempts() {
    return attempts.get();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
