package io.millrace.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.component.ByteBudget;
import io.millrace.component.CannotListenException;
import io.millrace.component.Listener;
import io.millrace.transport.grpc.GrpcServer;
import io.millrace.transport.grpc.GrpcServerConfig;
import io.millrace.transport.http.HttpServer;
import io.millrace.transport.http.HttpServerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A port goes from one listener to the next without being closed for a moment. */
final class OfferedPortsTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final Duration GRACE = Duration.ofSeconds(1);

  enum Protocol {
    GRPC,
    HTTP
  }

  private final ByteBudget budget = new ByteBudget(1 << 20);
  private final List<Runnable> cleanups = new ArrayList<>();

  @AfterEach
  void cleanUp() {
    cleanups.forEach(Runnable::run);
  }

  @ParameterizedTest
  @EnumSource
  void anOfferIsTakenOnce(Protocol protocol) throws Exception {
    Listener first = start(protocol, new InetSocketAddress(LOOPBACK, 0));
    InetSocketAddress address = first.address();
    assertThatThrownBy(() -> start(protocol, address)).isInstanceOf(CannotListenException.class);

    assertThat(first.offer()).isTrue();
    start(protocol, new InetSocketAddress(address.getPort()));
    assertThatThrownBy(() -> start(protocol, address)).isInstanceOf(CannotListenException.class);

    first.close();
    new Socket(LOOPBACK, address.getPort()).close();
    assertThatThrownBy(() -> start(protocol, address)).isInstanceOf(CannotListenException.class);
  }

  @ParameterizedTest
  @EnumSource
  void anOfferOfAllNetworksIsTakenOnceInEach(Protocol protocol) throws Exception {
    Listener first = start(protocol, new InetSocketAddress(0));
    int port = first.address().getPort();
    assertThat(first.offer()).isTrue();

    start(protocol, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
    start(protocol, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), port));

    assertThatThrownBy(
            () -> start(protocol, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), port)))
        .isInstanceOf(CannotListenException.class);
    first.withdraw();
  }

  @ParameterizedTest
  @EnumSource
  void anOfferThatWasTakenBackIsNone(Protocol protocol) throws Exception {
    Listener first = start(protocol, new InetSocketAddress(LOOPBACK, 0));

    first.offer();
    first.withdraw();

    assertThatThrownBy(() -> start(protocol, first.address()))
        .isInstanceOf(CannotListenException.class);
  }

  private Listener start(Protocol protocol, InetSocketAddress address) throws IOException {
    return switch (protocol) {
      case GRPC -> {
        GrpcServer server =
            new GrpcServer(GrpcServerConfig.listenOn(address), Map.of(), budget, error -> {});
        cleanups.add(() -> server.shutdown(GRACE));
        server.start();
        yield server;
      }
      case HTTP -> {
        HttpServer server =
            new HttpServer(HttpServerConfig.listenOn(address), Map.of(), budget, error -> {});
        cleanups.add(() -> server.shutdown(GRACE));
        server.start();
        yield server;
      }
    };
  }
}
