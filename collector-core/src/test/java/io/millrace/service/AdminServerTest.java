package io.millrace.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.config.ServiceConfig.Admin;
import io.millrace.service.ControlRequests.Request;
import io.millrace.service.ReloadResult.Outcome;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminServerTest {
  private final ControlRequests requests = new ControlRequests();
  private final AdminServer admin = new AdminServer(requests);
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void listen() throws Exception {
    admin.listen(new Admin(0));
  }

  @AfterEach
  void shutDown() {
    admin.shutdown();
    client.close();
  }

  @ParameterizedTest
  @CsvSource({"SUCCESS, 200", "UNCHANGED, 200", "FAILURE, 422", "RESTARTED, 500"})
  void answersHowTheReloadEnded(Outcome outcome, int status) throws Exception {
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(reload().build(), BodyHandlers.ofString());

    assertThat(requests.await()).isEqualTo(Request.RELOAD);
    requests.reloaded(new ReloadResult(outcome, "because\ncollector.yaml:3:1: unknown key"));

    assertThat(answer.get().statusCode()).isEqualTo(status);
    assertThat(answer.get().body())
        .isEqualToIgnoringCase(outcome + ": because\ncollector.yaml:3:1: unknown key\n");
  }

  @Test
  void takesNoOrderByGetOrFromAPageInABrowser() throws Exception {
    assertThat(send(reload().GET())).isEqualTo(405);
    assertThat(send(reload().header("Origin", "http://localhost:3000"))).isEqualTo(403);

    assertThat(requests.isIdle()).isTrue();
  }

  @Test
  void listensOnTheLoopbackInterfaceAlone() {
    assertThat(address().getAddress().isLoopbackAddress()).isTrue();
  }

  @Test
  void keepsItsPortUntilTheConfigurationWantsAnother() throws Exception {
    InetSocketAddress before = address();

    admin.listen(new Admin(0));
    assertThat(address()).isEqualTo(before);

    admin.listen(null);
    await()
        .untilAsserted(() ->
            assertThatThrownBy(() -> new Socket(before.getAddress(), before.getPort()).close())
                .isInstanceOf(IOException.class));
  }

  @Test
  void answersAnOrderWhoseReloadMovedIt() throws Exception {
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(reload().build(), BodyHandlers.ofString());
    assertThat(requests.await()).isEqualTo(Request.RELOAD);

    admin.listen(null);
    requests.reloaded(new ReloadResult(Outcome.SUCCESS, "done"));

    assertThat(answer.get().body()).isEqualTo("success: done\n");
  }

  private InetSocketAddress address() {
    return Objects.requireNonNull(admin.address());
  }

  private HttpRequest.Builder reload() {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address().getPort() + "/reload"))
        .POST(HttpRequest.BodyPublishers.noBody());
  }

  private int send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.discarding()).statusCode();
  }
}
