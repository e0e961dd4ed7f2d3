package io.millrace.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.component.ByteBudget;
import io.millrace.component.Clock;
import io.millrace.component.ReceiverMiddleware;
import io.millrace.component.ServerAuthenticator;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Signal;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.RecordingDoor;
import io.millrace.transport.ClientTlsConfig;
import io.millrace.transport.Compression;
import io.millrace.transport.RpcStatus;
import io.millrace.transport.grpc.GrpcClient;
import io.millrace.transport.grpc.GrpcClientConfig;
import io.millrace.transport.grpc.GrpcCode;
import io.millrace.transport.grpc.UnaryResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who stands in front of the door, in either protocol. */
final class OtlpReceiverGuardTest {
  private static final byte[] BODY = {10, 0};

  enum Protocol {
    GRPC,
    HTTP
  }

  /** How a request ended; the code is gRPC's, also over HTTP. */
  private record Answer(int code, String message, boolean hasHint) {}

  private static final Answer OK = new Answer(0, "", false);

  /** Knows {@code good}; looks others up on another thread. */
  private static final class Login implements ServerAuthenticator {
    @Override
    public void authenticate(Map<String, List<String>> headers, Consumer<Authentication> result) {
      switch (headers.getOrDefault("authorization", List.of("")).getFirst()) {
        case "good" -> result.accept(GOOD);
        case "slowly good" -> Thread.startVirtualThread(() -> result.accept(GOOD));
        case "slowly bad" -> Thread.startVirtualThread(() -> result.accept(BAD));
        case "unanswered" -> unanswered.add(result);
        case "busy" -> result.accept(new Authentication.Overloaded());
        default -> result.accept(BAD);
      }
    }

    final BlockingQueue<Consumer<Authentication>> unanswered = new LinkedBlockingQueue<>();

    private static final Authentication GOOD = new Authentication.Passed(Map.of("subject", "anna"));
    private static final Authentication BAD = new Authentication.Refused("who are you");
  }

  private volatile boolean admits = true;
  private final Login login = new Login();
  private final ByteBudget budget = new ByteBudget(8 << 20);
  private final RecordingDoor door = new RecordingDoor(budget, EnumSet.allOf(Signal.class));
  private final HttpClient client = HttpClient.newHttpClient();
  private OtlpReceiver receiver;

  @BeforeEach
  void listen() throws IOException {
    FakeHost host =
        new FakeHost(Clock.SYSTEM)
            .extension("login", login)
            .extension("limit", (ReceiverMiddleware) () -> admits);
    String guard =
        "endpoint: localhost:0, auth: {authenticator: login}, middlewares: [{id: limit}]";
    receiver =
        new OtlpReceiver(
            host.context("otlp"),
            Configured.protocols("protocols: {grpc: {%s}, http: {%s}}".formatted(guard, guard)),
            door);
    receiver.start();
  }

  @AfterEach
  void holdsNothingAtTheEnd() {
    await().untilAsserted(() -> assertThat(budget.used()).isZero());
    client.close();
    receiver.shutdown();
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void takesWhatAKnownSenderSends(Protocol protocol) throws Exception {
    assertThat(send(protocol, "good")).isEqualTo(OK);
    assertThat(send(protocol, "slowly good")).isEqualTo(OK);

    assertThat(door.requests())
        .hasSize(2)
        .allMatch(request ->
            request.context().equals(new RequestContext(Map.of(), Map.of("subject", "anna"), "")));
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void refusesAnybodyElse(Protocol protocol) throws Exception {
    Answer refusal = new Answer(16, "who are you", false);
    assertThat(send(protocol, "bad")).isEqualTo(refusal);
    assertThat(send(protocol, "slowly bad")).isEqualTo(refusal);

    assertThat(door.requests()).isEmpty();
    assertThat(door.unreadCount()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void asksToComeBackWhoCannotBeLookedUpNow(Protocol protocol) throws Exception {
    assertThat(send(protocol, "busy")).isEqualTo(new Answer(14, "budget", true));

    assertThat(door.requests()).isEmpty();
    assertThat(door.unreadCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void refusesWithAHintWhatAMiddlewareDoesNotAdmit(Protocol protocol) throws Exception {
    admits = false;
    assertThat(send(protocol, "good")).isEqualTo(new Answer(14, "budget", true));
    assertThat(send(protocol, "bad").code()).as("the authenticator comes first").isEqualTo(16);

    assertThat(door.requests()).isEmpty();
    assertThat(door.unreadCount()).isEqualTo(1);
  }

  /** Guarantees: nothing of what strangers send is in memory while they are looked up. */
  @ParameterizedTest
  @EnumSource(Protocol.class)
  void readsNoRequestBeforeItIsKnownWhoSendsIt(Protocol protocol) throws Exception {
    byte[] large = new byte[4 << 20];
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try {
        answer.complete(send(protocol, "unanswered", large));
      } catch (Exception e) {
        answer.completeExceptionally(e);
      }
    });
    Consumer<ServerAuthenticator.Authentication> stranger =
        Objects.requireNonNull(login.unanswered.poll(20, TimeUnit.SECONDS));
    assertThat(budget.used()).isZero();
    stranger.accept(Login.BAD);

    assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(new Answer(16, "who are you", false));
    assertThat(login.unanswered).isEmpty();
  }

  private Answer send(Protocol protocol, String authorization) throws Exception {
    return send(protocol, authorization, BODY);
  }

  private Answer send(Protocol protocol, String authorization, byte[] body) throws Exception {
    return protocol == Protocol.GRPC ? call(authorization, body) : post(authorization, body);
  }

  private Answer post(String authorization, byte[] body) throws Exception {
    URI url = URI.create("http://localhost:" + receiver.httpPort() + "/v1/logs");
    HttpResponse<byte[]> response =
        client.send(
            HttpRequest.newBuilder(url)
                .header("content-type", "application/x-protobuf")
                .header("authorization", authorization)
                .POST(BodyPublishers.ofByteArray(body))
                .build(),
            BodyHandlers.ofByteArray());
    if (response.statusCode() == 200) {
      return OK;
    }
    RpcStatus status = RpcStatus.decode(response.body());
    assertThat(response.statusCode()).isEqualTo(status.code() == 16 ? 401 : 503);
    boolean hasHint = response.headers().firstValue("retry-after").isPresent();
    return new Answer(status.code(), status.message(), hasHint);
  }

  private Answer call(String authorization, byte[] body) throws Exception {
    GrpcClientConfig config =
        new GrpcClientConfig(
            "dns:///localhost:" + receiver.grpcPort(),
            Compression.NONE,
            Map.of(),
            ClientTlsConfig.PLAINTEXT);
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    try (GrpcClient grpc = new GrpcClient(config)) {
      grpc.call(
          OtlpGrpcService.method(Signal.LOGS),
          body,
          0,
          body.length,
          Map.of("authorization", authorization),
          TimeUnit.SECONDS.toNanos(20),
          new UnaryResponse() {
            @Override
            public void succeeded(byte[] message) {
              answer.complete(OK);
            }

            @Override
            public void failed(GrpcCode code, String message, long retryAfterNanos) {
              answer.complete(new Answer(code.number(), message, retryAfterNanos > 0));
            }
          });
      return answer.get(20, TimeUnit.SECONDS);
    }
  }
}
