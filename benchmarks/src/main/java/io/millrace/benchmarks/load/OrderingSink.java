package io.millrace.benchmarks.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.xerial.snappy.Snappy;

/**
 * A receiver of remote write 1.0 with Prometheus' rule, in trouble until told otherwise.
 *
 * <p>The rule: a request is stored whole or not at all, and refused with 400 when a sample is older
 * than the newest of its series, or as old with another value. The trouble: of ten requests one is
 * refused for now, one is stored and its answer is lost, one is lost before it is stored. Thread
 * safe.
 */
final class OrderingSink implements AutoCloseable {
  private record Sample(String series, long millis, long valueBits) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Random random = new Random(7);
  private final Map<String, Sample> newest = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Set<String> storedRequests = new HashSet<>();
  private boolean isWell;
  private long refused;
  private long lostRequests;
  private long lostAnswers;
  private long repeated;
  private long outOfOrder;

  OrderingSink() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = Snappy.uncompress(exchange.getRequestBody().readAllBytes());
    int status = take(body);
    if (status == 0) {
      exchange.close(); // and with it the connection
      return;
    }
    byte[] text = (status == 400 ? "out of order sample" : "").getBytes(UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(status, text.length == 0 ? -1 : text.length);
      exchange.getResponseBody().write(text);
    }
  }

  /** Returns the status to answer with, 0 for none. */
  private synchronized int take(byte[] body) throws IOException {
    int dice = isWell ? 9 : random.nextInt(10);
    if (dice == 0) {
      refused++;
      return 503;
    }
    if (dice == 1) {
      lostRequests++;
      return 0;
    }
    if (!store(body)) {
      return 400;
    }
    if (dice == 2) {
      lostAnswers++;
      return 0;
    }
    return 204;
  }

  private boolean store(byte[] body) throws IOException {
    List<Sample> samples = read(body);
    String digest = digest(body);
    Map<String, Sample> added = new HashMap<>();
    for (Sample sample : samples) {
      Sample before = added.getOrDefault(sample.series, newest.get(sample.series));
      if (before != null && !follows(sample, before)) {
        if (storedRequests.contains(digest)) {
          repeated++;
        } else {
          outOfOrder++;
        }
        return false;
      }
      added.put(sample.series, sample);
    }
    for (Sample sample : samples) {
      Sample before = newest.put(sample.series, sample);
      if (!sample.equals(before)) {
        counts.merge(sample.series, 1, Integer::sum);
      }
    }
    storedRequests.add(digest);
    return true;
  }

  private static boolean follows(Sample sample, Sample before) {
    return sample.millis > before.millis || sample.equals(before);
  }

  private static List<Sample> read(byte[] body) throws IOException {
    List<Sample> samples = new ArrayList<>();
    WriteRequests.read(
        body,
        (series, millis, value) ->
            samples.add(new Sample(series, millis, Double.doubleToRawLongBits(value))));
    return samples;
  }

  private static String digest(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JVM has it
    }
  }

  /** Returns whether there was trouble of each kind. */
  synchronized boolean hasTroubled() {
    return refused > 0 && lostRequests > 0 && lostAnswers > 0;
  }

  /** Ends the trouble. */
  synchronized void recover() {
    isWell = true;
  }

  /** Returns how many samples of a series are stored, each as {@code name=value name=value}. */
  synchronized int count(String series) {
    return counts.getOrDefault(series, 0);
  }

  synchronized void report(DrillReport report) {
    report
        .row("requests stored", storedRequests.size())
        .promise(refused > 0, "requests refused for now", refused)
        .promise(lostRequests > 0, "requests lost before they were stored", lostRequests)
        .promise(lostAnswers > 0, "requests stored whose answer was lost", lostAnswers)
        .row("requests that came again although stored", repeated)
        .promise(outOfOrder == 0, "requests out of order that were not stored before", outOfOrder);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
