package io.millrace.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.millrace.component.Clock;
import io.millrace.receiver.otlp.OtlpReceiverConfig.Grpc;
import io.millrace.receiver.otlp.OtlpReceiverConfig.Http;
import io.millrace.receiver.otlp.OtlpReceiverConfig.Protocols;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.RecordingDoor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Life and death of the listeners. */
final class OtlpReceiverTest {
  private final FakeHost host = new FakeHost(Clock.SYSTEM);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    logger().addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger().detachAppender(log);
    assertThat(host.fatalErrors()).isEmpty();
  }

  @Test
  void servesBothProtocolsAndSaysWhere() throws IOException {
    OtlpReceiver receiver = receiver(grpc("localhost:0"), http("localhost:0"));
    receiver.start();
    int grpcPort = receiver.grpcPort();
    int httpPort = receiver.httpPort();

    assertThat(isListening(grpcPort)).isTrue();
    assertThat(isListening(httpPort)).isTrue();
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .anySatisfy(line -> assertThat(line).contains("otlp/a", "PROTOCOL=grpc", ":" + grpcPort))
        .anySatisfy(
            line -> assertThat(line).contains("otlp/a", "PROTOCOL=http/protobuf", ":" + httpPort))
        .hasSize(2);
    receiver.shutdown();
    assertThat(isListening(grpcPort)).isFalse();
    assertThat(isListening(httpPort)).isFalse();
  }

  @Test
  void servesOnlyWhatIsConfigured() throws IOException {
    OtlpReceiver receiver = receiver(null, http("localhost:0"));
    receiver.start();

    assertThat(receiver.grpcPort()).isZero();
    assertThat(receiver.httpPort()).isPositive();
    receiver.shutdown();
  }

  @Test
  void warnsOfAnOpenAddress() throws IOException {
    OtlpReceiver receiver = receiver(grpc("0.0.0.0:0"), null);
    receiver.start();
    receiver.shutdown();

    assertThat(log.list)
        .filteredOn(event -> event.getLevel().levelStr.equals("WARN"))
        .hasSize(1)
        .first()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .contains("every network");
  }

  @Test
  void stopsGrpcAgainWhenHttpCannotBind() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      OtlpReceiver receiver =
          receiver(grpc("localhost:0"), http("localhost:" + taken.getLocalPort()));

      assertThatThrownBy(receiver::start)
          .isInstanceOf(IOException.class)
          .hasMessageContaining(String.valueOf(taken.getLocalPort()));
      assertThat(isListening(receiver.grpcPort())).isFalse();
      receiver.shutdown();
    }
  }

  @Test
  void namesAnUnknownHost() {
    OtlpReceiver receiver = receiver(grpc("no-such-host.invalid:1"), null);

    assertThatThrownBy(receiver::start)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no-such-host.invalid");
    receiver.shutdown();
  }

  private OtlpReceiver receiver(@Nullable Grpc grpc, @Nullable Http http) {
    return new OtlpReceiver(host.context("otlp/a"), new Protocols(grpc, http), new RecordingDoor());
  }

  private static @Nullable Grpc grpc(String endpoint) {
    return Configured.grpc("endpoint: '" + endpoint + "'").grpc();
  }

  private static @Nullable Http http(String endpoint) {
    return Configured.http("endpoint: '" + endpoint + "'").http();
  }

  private static boolean isListening(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(OtlpReceiver.class);
  }
}
