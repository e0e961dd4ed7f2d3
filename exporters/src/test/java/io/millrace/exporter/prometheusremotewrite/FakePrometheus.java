package io.millrace.exporter.prometheusremotewrite;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.millrace.exporter.sending.ScriptedHttpServer;
import io.millrace.exporter.sending.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.xerial.snappy.Snappy;

/**
 * A receiver of remote write 1.0, and of 2.0 unless told, with Prometheus' rule: a request is
 * stored whole or not at all, and refused with 400 when a sample is older than the newest of its
 * series, or as old with another value. Thread safe.
 */
final class FakePrometheus extends ScriptedHttpServer {
  /** What to do with one request; the status, or what is below. */
  static final int STORE = 204;

  /** The request is stored and the answer is lost. */
  static final int STORE_AND_HANG_UP = -1;

  private final Map<String, TreeMap<Long, Object>> stored = new HashMap<>();
  final Queue<Integer> next = new ConcurrentLinkedQueue<>();
  volatile Predicate<String> isPoison = series -> false;

  /** Above 0 it knows nothing of 2.0 and answers with that status. */
  volatile int statusOfV2;

  volatile Headers lastHeaders = new Headers();

  FakePrometheus() throws IOException {
    start();
  }

  String url() {
    return url("/api/v1/write");
  }

  @Override
  protected byte[] read(HttpExchange exchange) throws IOException {
    lastHeaders = exchange.getRequestHeaders();
    return Snappy.uncompress(exchange.getRequestBody().readAllBytes());
  }

  @Override
  protected void accept(HttpExchange exchange, byte[] body) throws IOException {
    if (lastHeaders.getFirst("Content-Type").contains("v2.Request")) {
      storeV2(exchange, body);
    } else {
      store(exchange, body);
    }
  }

  private void store(HttpExchange exchange, byte[] body) throws IOException {
    Integer scripted = next.poll();
    int status = scripted == null ? STORE : scripted;
    if (status != STORE && status != STORE_AND_HANG_UP) {
      answer(exchange, status, "as scripted");
      return;
    }
    String fault = append(body);
    if (!fault.isEmpty()) {
      answer(exchange, 400, fault);
      return;
    }
    keep(body);
    if (status == STORE_AND_HANG_UP) {
      exchange.close();
    } else {
      answer(exchange, 204, "");
    }
  }

  /** What is wrong is left out, and the answer says how much was not. */
  private void storeV2(HttpExchange exchange, byte[] body) throws IOException {
    if (statusOfV2 > 0) {
      answer(exchange, statusOfV2, "what is this?");
      return;
    }
    keep(body);
    int written = 0;
    int refused = 0;
    DynamicMessage request = RemoteWriteSchema.parseV2(body);
    for (Message series : TableSchema.list(request, "timeseries")) {
      String labels = String.join(" ", texts(request, series));
      for (Message sample : TableSchema.list(series, "samples")) {
        if (isPoison.test(labels)) {
          refused++;
        } else {
          put(
              labels,
              (long) TableSchema.field(sample, "timestamp"),
              TableSchema.field(sample, "value"));
          written++;
        }
      }
    }
    Headers headers = exchange.getResponseHeaders();
    headers.add("X-Prometheus-Remote-Write-Samples-Written", Integer.toString(written));
    headers.add("X-Prometheus-Remote-Write-Histograms-Written", "0");
    answer(exchange, refused > 0 ? 400 : 204, refused > 0 ? "poison" : "");
  }

  private synchronized void put(String labels, long time, Object value) {
    stored.computeIfAbsent(labels, k -> new TreeMap<>()).put(time, value);
  }

  /** Returns the labels of a series or exemplar of 2.0, each as {@code name=value}. */
  static List<String> texts(Message request, Message labeled) {
    List<?> symbols = (List<?>) TableSchema.field(request, "symbols");
    List<?> refs = (List<?>) TableSchema.field(labeled, "labels_refs");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < refs.size(); i += 2) {
      texts.add(symbols.get((int) refs.get(i)) + "=" + symbols.get((int) refs.get(i + 1)));
    }
    return texts;
  }

  private synchronized String append(byte[] body) {
    Map<String, TreeMap<Long, Object>> added = new HashMap<>();
    for (Message series : TableSchema.list(RemoteWriteSchema.parse(body), "timeseries")) {
      String labels = labels(series);
      if (isPoison.test(labels)) {
        return "poison";
      }
      List<Message> samples = new ArrayList<>(TableSchema.list(series, "samples"));
      samples.addAll(TableSchema.list(series, "histograms"));
      for (Message sample : samples) {
        long time = (long) TableSchema.field(sample, "timestamp");
        Object value =
            sample.getDescriptorForType().getName().equals("Sample")
                ? TableSchema.field(sample, "value")
                : sample;
        TreeMap<Long, Object> fresh = added.computeIfAbsent(labels, k -> new TreeMap<>());
        TreeMap<Long, Object> known = stored.getOrDefault(labels, new TreeMap<>());
        if (!fits(known, time, value) || !fits(fresh, time, value)) {
          return "out of order sample: " + labels;
        }
        fresh.put(time, value);
      }
    }
    added.forEach(
        (labels, fresh) -> stored.computeIfAbsent(labels, k -> new TreeMap<>()).putAll(fresh));
    return "";
  }

  private static boolean fits(NavigableMap<Long, Object> known, long time, Object value) {
    return known.isEmpty()
        || time > known.lastKey()
        || (time == known.lastKey() && value.equals(known.get(time)));
  }

  static String labels(Message series) {
    StringBuilder text = new StringBuilder();
    for (Message label : TableSchema.list(series, "labels")) {
      text.append(TableSchema.field(label, "name"))
          .append('=')
          .append(TableSchema.field(label, "value"))
          .append(' ');
    }
    return text.toString().strip();
  }

  synchronized int samples() {
    return stored.values().stream().mapToInt(Map::size).sum();
  }

  synchronized Map<String, Map<Long, Object>> series() {
    return new TreeMap<>(stored);
  }

  DynamicMessage last() {
    return RemoteWriteSchema.parse(accepted().getLast());
  }
}
