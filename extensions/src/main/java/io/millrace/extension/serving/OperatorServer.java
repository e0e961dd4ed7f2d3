package io.millrace.extension.serving;

import io.millrace.component.ByteBudget;
import io.millrace.component.ComponentContext;
import io.millrace.component.ComponentId;
import io.millrace.component.Listener;
import io.millrace.transport.BodyPaceLimits;
import io.millrace.transport.ListenAddress;
import io.millrace.transport.http.BodyLimits;
import io.millrace.transport.http.HttpAnswer;
import io.millrace.transport.http.HttpHandler;
import io.millrace.transport.http.HttpServer;
import io.millrace.transport.http.HttpServerConfig;
import io.millrace.transport.http.HttpTimeouts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small HTTP server for operators and their probes.
 *
 * <p>Requests are read on the event loops and answered each on a virtual thread of its own, so that
 * clients which are slow, silent or ask for much do not keep a probe waiting. What it holds for
 * requests is small and not of the telemetry's budget: probes are answered when that is used up.
 * Started and shut down by the control thread.
 */
public final class OperatorServer {
  /** Answers the GETs of one path, by several threads at once. */
  @FunctionalInterface
  public interface Page {
    /**
     * Returns the answer; may block.
     *
     * @param query what follows the path's question mark, as sent; may be empty
     */
    HttpAnswer answer(String query) throws IOException;
  }

  private static final Logger logger = LoggerFactory.getLogger(OperatorServer.class);
  private static final int CONNECTIONS_MAX = 256;
  private static final int BODY_BYTES_MAX = 4096;
  private static final BodyLimits BODIES = new BodyLimits(BODY_BYTES_MAX, 0, null);
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final HttpTimeouts TIMEOUTS =
      new HttpTimeouts(
          Duration.ofSeconds(5),
          BodyPaceLimits.DEFAULT,
          Duration.ofSeconds(30),
          Duration.ofSeconds(30));

  private final HttpServer server;
  private final InetSocketAddress address;

  private OperatorServer(HttpServer server, InetSocketAddress address) {
    this.server = server;
    this.address = address;
  }

  /**
   * Listens.
   *
   * @param context of the extension
   * @param endpoint a valid {@code host:port}
   * @param pages by path
   * @throws IOException when the address cannot be bound
   */
  public static OperatorServer start(
      ComponentContext context, String endpoint, Map<String, Page> pages) throws IOException {
    ListenAddress listen = Objects.requireNonNull(ListenAddress.parse(endpoint));
    InetSocketAddress address = listen.resolve();
    if (address.isUnresolved()) {
      throw new UnknownHostException("endpoint: " + endpoint + " (expected: a known host)");
    }
    ByteBudget budget = new ByteBudget((long) CONNECTIONS_MAX * BODY_BYTES_MAX);
    Map<String, HttpHandler> routes = new HashMap<>();
    pages.forEach((path, page) -> routes.put(path, new PageHandler(path, page, budget)));
    HttpServer server =
        new HttpServer(
            new HttpServerConfig(address, BODIES, CONNECTIONS_MAX, TIMEOUTS),
            routes,
            budget,
            context.fatal());
    InetSocketAddress bound = server.start();
    report(context.id(), listen.host(), bound);
    return new OperatorServer(server, bound);
  }

  private static void report(ComponentId extension, String host, InetSocketAddress bound) {
    logger.info("{}: http://{}:{}/", extension, host, bound.getPort());
    if (bound.getAddress().isAnyLocalAddress()) {
      logger.warn(
          "{} answers on every interface; bind localhost unless others must reach it", extension);
    }
  }

  /** Returns where it listens, with its port. */
  public InetSocketAddress address() {
    return address;
  }

  /** Returns what it listens with. */
  public Listener listener() {
    return server;
  }

  /** Waits a moment for answers under way and closes everything. */
  public void shutdown() {
    server.shutdown(GRACE);
  }
}
