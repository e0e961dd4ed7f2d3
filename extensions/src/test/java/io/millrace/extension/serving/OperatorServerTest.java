package io.millrace.extension.serving;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.component.ByteBudget;
import io.millrace.component.CannotListenException;
import io.millrace.component.Clock;
import io.millrace.extension.Get;
import io.millrace.testkit.FakeHost;
import io.millrace.transport.http.HttpAnswer;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OperatorServerTest {
  private final ByteBudget budget = new ByteBudget(1000);
  private final OperatorServer server = start();

  private OperatorServer start() {
    try {
      return start("localhost:0");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private OperatorServer start(String endpoint) throws IOException {
    return OperatorServer.start(
        new FakeHost(Clock.SYSTEM, budget).context("health_check"),
        endpoint,
        Map.of(
            "/",
            query -> HttpAnswer.text(200, "fine" + query),
            "/broken",
            query -> {
              throw new IllegalStateException("broken");
            }));
  }

  @AfterEach
  void shutDown() {
    server.shutdown();
  }

  @Test
  void readsOnly() throws Exception {
    assertThat(Get.send(server.address(), "/", "POST", BodyHandlers.discarding()).statusCode())
        .isEqualTo(405);
    assertThat(Get.send(server.address(), "/", "HEAD", BodyHandlers.ofString()).body()).isEmpty();
  }

  @Test
  void handsAPageItsQuery() throws Exception {
    assertThat(Get.text(server.address(), "/?a=1&b").body()).isEqualTo("finea=1&b");
    assertThat(Get.text(server.address(), "/?").body()).isEqualTo("fine");
  }

  @Test
  void aHandlerThatThrowsIsAnsweredAsSuch() throws Exception {
    assertThat(Get.text(server.address(), "/broken").statusCode()).isEqualTo(500);
    assertThat(Get.text(server.address(), "/").body()).isEqualTo("fine");
  }

  /** Scenario: clients send half a request and then nothing. Guarantees: probes are answered. */
  @Test
  void clientsThatFallSilentDoNotKeepAProbeWaiting() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        Socket socket = new Socket("localhost", server.address().getPort());
        silent.add(socket);
        socket.getOutputStream().write("GET / HT".getBytes(US_ASCII));
      }

      assertThat(Get.text(server.address(), "/").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void answersWhenTheBudgetOfTelemetryIsUsedUp() throws Exception {
    assertThat(budget.tryReserve(budget.limit())).isTrue();

    assertThat(Get.text(server.address(), "/").statusCode()).isEqualTo(200);
  }

  @Test
  void namesAPortThatIsTaken() {
    assertThatThrownBy(() -> start("localhost:" + server.address().getPort()))
        .isInstanceOf(CannotListenException.class)
        .hasMessageContaining(Integer.toString(server.address().getPort()));
  }
}
