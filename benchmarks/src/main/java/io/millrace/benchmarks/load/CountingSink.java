package io.millrace.benchmarks.load;

import io.millrace.benchmarks.traffic.RequestServer;
import io.millrace.benchmarks.traffic.Response;
import io.millrace.component.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Enters what arrives in a ledger; how it answers is its behaviour's. Thread safe, but for {@link
 * #disappear} and {@link #reappear}, which belong to the driver's thread.
 */
final class CountingSink implements AutoCloseable {
  private final LoadCase load;
  private final ItemReader reader;
  private final Clock clock;
  private final SinkBehaviour behaviour;
  private final int port;
  private RequestServer server;
  private volatile @Nullable Ledger ledger;

  /** Creates a sink that takes everything at once. */
  CountingSink(LoadCase load, Clock clock) throws IOException {
    this(load, clock, SinkBehaviour.PROMPT);
  }

  CountingSink(LoadCase load, Clock clock, SinkBehaviour behaviour) throws IOException {
    this.load = load;
    this.reader = load.backend().reader();
    this.clock = clock;
    this.behaviour = behaviour;
    this.server = load.backend().server(load, 0, this::handle);
    this.port = server.port();
  }

  int port() {
    return port;
  }

  /** Closes the port and every connection. */
  void disappear() {
    server.close();
  }

  /** Listens again on the same port. */
  void reappear() throws IOException {
    server = load.backend().server(load, port, this::handle);
  }

  /** Enters from now on in {@code newLedger}; what came before is forgotten. */
  void enterIn(Ledger newLedger) {
    ledger = newLedger;
  }

  private void handle(byte[] request, Response response) {
    behaviour.handle(() -> count(request), response);
  }

  private void count(byte[] request) {
    Ledger current = ledger;
    if (current == null) {
      return;
    }
    long nanos = clock.nanos();
    try {
      current.arrived(reader.read(request), nanos);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
