package io.millrace.service;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.millrace.component.CannotListenException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The JDK's HTTP server, made to bear clients that are slow, silent or many: it reads a request
 * blocking, so each has a virtual thread, and all of them together are bounded in time and number.
 *
 * <p>Methods are the control thread's.
 */
final class SmallHttpServer {
  private static final int BACKLOG = 128;
  private static final int REQUEST_SECONDS_MAX = 10;
  private static final int ANSWER_SECONDS_MAX = 75; // an order waits 60 s for its reload
  private static final int CONNECTIONS_MAX = 256;

  // The JDK reads them once, when the first server is made.
  static {
    limit("sun.net.httpserver.maxReqTime", REQUEST_SECONDS_MAX);
    limit("sun.net.httpserver.maxRspTime", ANSWER_SECONDS_MAX);
    limit("jdk.httpserver.maxConnections", CONNECTIONS_MAX);
  }

  private final HttpServer server;
  private final ExecutorService threads;

  private SmallHttpServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /** What the command line says wins. */
  private static void limit(String property, int max) {
    System.getProperties().putIfAbsent(property, Integer.toString(max));
  }

  /**
   * Binds and serves one path.
   *
   * @param whose names who wants to listen, for messages
   * @throws CannotListenException when the address cannot be bound
   */
  static SmallHttpServer open(
      String whose, InetSocketAddress address, String path, HttpHandler handler)
      throws CannotListenException {
    HttpServer bound;
    try {
      bound = HttpServer.create(address, BACKLOG);
    } catch (IOException e) {
      throw new CannotListenException(whose, address, e);
    }
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(whose + "-", 0).factory());
    bound.setExecutor(threads);
    bound.createContext(path, handler);
    bound.start();
    return new SmallHttpServer(bound, threads);
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  /**
   * Listens no longer; what has been asked is answered for {@code seconds} more, in the background.
   */
  void retire(int seconds) {
    Thread.startVirtualThread(() -> {
      server.stop(seconds);
      threads.shutdownNow();
    });
  }

  /** Closes everything; answers under way are cut off. */
  void shutdown() {
    server.stop(0);
    threads.shutdownNow();
  }
}
