package io.millrace.extension.serving;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.ComponentId;
import io.millrace.extension.Get;
import io.millrace.extension.serving.OperatorServer.Answer;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OperatorServerTest {
  private final OperatorServer server = start();

  private static OperatorServer start() {
    try {
      return OperatorServer.start(
          ComponentId.parse("health_check"),
          "localhost:0",
          exchange -> {
            if (exchange.getRequestURI().getPath().equals("/broken")) {
              throw new IllegalStateException("broken");
            }
            return Answer.text(200, "fine");
          });
    } catch (IOException e) {
      throw new AssertionError(e);
    }
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
  void aHandlerThatThrowsIsAnsweredAsSuch() throws Exception {
    assertThat(Get.text(server.address(), "/broken").statusCode()).isEqualTo(500);
    assertThat(Get.text(server.address(), "/").body()).isEqualTo("fine");
  }

  /** Scenario: a client sends half a request and then nothing. Guarantees: probes are answered. */
  @Test
  void aSlowClientDoesNotKeepAProbeWaiting() throws Exception {
    try (Socket slow = new Socket("localhost", server.address().getPort())) {
      slow.getOutputStream().write("GET / HT".getBytes(US_ASCII));
      slow.getOutputStream().flush();

      assertThat(Get.text(server.address(), "/").statusCode()).isEqualTo(200);
    }
  }
}
