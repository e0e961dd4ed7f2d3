package io.millrace.benchmarks.load;

import io.millrace.benchmarks.traffic.Protocol;
import io.millrace.benchmarks.traffic.RequestServer;
import io.millrace.component.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Takes every request and enters its spans in a ledger. Thread safe. */
final class CountingSink implements AutoCloseable {
  private final RequestServer server;
  private final Clock clock;
  private volatile @Nullable Ledger ledger;

  CountingSink(Protocol protocol, Clock clock) throws IOException {
    this.clock = clock;
    this.server = protocol.server(0, this::count);
  }

  int port() {
    return server.port();
  }

  /** Enters from now on in {@code newLedger}; what came before is forgotten. */
  void enterIn(Ledger newLedger) {
    ledger = newLedger;
  }

  private void count(byte[] request) {
    Ledger current = ledger;
    if (current == null) {
      return;
    }
    long nanos = clock.nanos();
    try {
      current.arrived(SpanIdReader.read(request, 0, request.length), nanos);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
