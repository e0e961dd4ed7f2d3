package io.millrace.exporter.prometheus;

import io.millrace.component.ByteBudget;
import io.millrace.transport.BodyFault;
import io.millrace.transport.Compressor;
import io.millrace.transport.http.HttpAnswer;
import io.millrace.transport.http.HttpExchange;
import io.millrace.transport.http.HttpHandler;
import io.millrace.wire.ByteAppender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers scrapes, each on a virtual thread of its own, and {@value #SCRAPES_MAX} at a time: more
 * are answered 503. Thread safe.
 */
final class ScrapeHandler implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ScrapeHandler.class);
  private static final int SCRAPES_MAX = 4;
  private static final int CHUNK_BYTES = 64 * 1024;

  private final SeriesStore store;
  private final PrometheusExporterConfig config;
  private final ByteBudget budget;
  private final Semaphore room = new Semaphore(SCRAPES_MAX);

  ScrapeHandler(SeriesStore store, PrometheusExporterConfig config, ByteBudget budget) {
    this.store = store;
    this.config = config;
    this.budget = budget;
  }

  @Override
  public @Nullable HttpAnswer check(HttpExchange exchange) {
    String method = exchange.method();
    return method.equals("GET") || method.equals("HEAD")
        ? null
        : HttpAnswer.text(405, "405 method not allowed, supported: [GET, HEAD]\n");
  }

  @Override
  public void handle(HttpExchange exchange, byte[] body, long reservedBytes) {
    budget.release(reservedBytes);
    if (!room.tryAcquire()) {
      exchange.answer(HttpAnswer.text(503, SCRAPES_MAX + " scrapes are under way already\n"));
      return;
    }
    String accept = exchange.header("accept");
    boolean gzip = exchange.header("accept-encoding").contains("gzip");
    Thread.startVirtualThread(() -> {
      try {
        exchange.answer(scrape(accept, gzip));
      } catch (IOException | RuntimeException e) { // the scraper waits for an answer
        LOG.error("a scrape failed", e);
        exchange.answer(HttpAnswer.text(500, e + "\n"));
      } finally {
        room.release();
      }
    });
  }

  @Override
  public void fail(HttpExchange exchange, BodyFault fault) {
    exchange.answer(HttpAnswer.text(400, "a scrape has no body\n"));
  }

  private HttpAnswer scrape(String accept, boolean gzip) throws IOException {
    store.sweep();
    Negotiation negotiated = Negotiation.of(accept, config.enableOpenMetrics());
    ByteAppender chunk = new ByteAppender(2 * CHUNK_BYTES);
    boolean hasTimestamps = config.sendTimestamps();
    Exposition exposition =
        negotiated.format() == Negotiation.Format.PROTOBUF
            ? new ProtobufExposition(chunk, negotiated, hasTimestamps)
            : new TextExposition(chunk, negotiated, hasTimestamps);
    ByteArrayOutputStream whole = new ByteArrayOutputStream(CHUNK_BYTES);
    try (OutputStream target = (gzip ? Compressor.GZIP : Compressor.NONE).open(whole)) {
      for (StoredFamily family : store.families()) {
        write(family, exposition, chunk, target);
      }
      exposition.end();
      flush(chunk, target);
    }
    Map<String, String> headers = gzip ? Map.of("content-encoding", "gzip") : Map.of();
    return new HttpAnswer(200, exposition.contentType(), whole.toByteArray(), headers);
  }

  private static void write(
      StoredFamily family, Exposition exposition, ByteAppender chunk, OutputStream target)
      throws IOException {
    exposition.startFamily(family);
    for (StoredPoint point : family.points.values()) {
      synchronized (point) {
        if (point.isShown()) {
          exposition.point(point);
        }
      }
      if (chunk.length() >= CHUNK_BYTES) {
        flush(chunk, target);
      }
    }
    exposition.endFamily();
  }

  private static void flush(ByteAppender chunk, OutputStream target) throws IOException {
    target.write(chunk.bytes(), 0, chunk.length());
    chunk.truncate(0);
  }
}
