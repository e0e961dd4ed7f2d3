package io.millrace.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.component.ByteBudget;
import io.millrace.transport.RawHttp1;
import io.millrace.transport.RawHttp1.Response;
import io.millrace.transport.RawHttp2;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Preflights, and what answers say of their origin. */
final class CorsTest {
  private static final String PAGE = "https://shop.example";

  private final ByteBudget budget = new ByteBudget(64 * 1024 * 1024);
  private final FakeHandler handler = new FakeHandler(budget);
  private final HttpServer server =
      server(
          new CorsConfig(
              List.of(PAGE, "http://*.dev.example:3000"), List.of("X-Tenant"), List.of("X-A"), 60));
  private int port;

  @BeforeEach
  void listen() throws IOException {
    port = server.start().getPort();
  }

  @AfterEach
  void shutdown() {
    server.shutdown(Duration.ofSeconds(5));
  }

  @Test
  void answersAPreflightWithoutTheHandler() throws IOException {
    Response response = preflight(PAGE, "POST", "content-type, x-tenant");

    assertThat(response.status()).isEqualTo(204);
    assertThat(response.headers())
        .containsEntry("access-control-allow-origin", PAGE)
        .containsEntry("access-control-allow-methods", "POST")
        .containsEntry("access-control-allow-headers", "content-type, x-tenant")
        .containsEntry("access-control-allow-credentials", "true")
        .containsEntry("access-control-max-age", "60")
        .containsEntry("x-server", "millrace")
        .doesNotContainKey("content-length");
    assertThat(response.headers().get("vary")).contains("Origin");
    assertThat(handler.bodies).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://shop.example, POST, x-tenant, true",
    "HTTPS://SHOP.EXAMPLE, POST, '', true",
    "http://a.dev.example:3000, POST, X-Requested-With, true",
    "http://.dev.example:3000, POST, '', true",
    "http://dev.example:3000, POST, '', false",
    "https://other.example, POST, '', false",
    "https://shop.example.evil, POST, '', false",
    "https://shop.example, DELETE, '', false",
    "https://shop.example, POST, x-secret, false",
  })
  void allowsWhatItIsTold(String origin, String method, String headers, boolean isAllowed)
      throws IOException {
    assertThat(
            preflight(origin, method, headers).headers().containsKey("access-control-allow-origin"))
        .isEqualTo(isAllowed);
  }

  @Test
  void marksTheAnswersOfOtherOrigins() throws IOException {
    try (RawHttp1 raw = new RawHttp1(port)) {
      raw.post("/v1/x", new byte[1], "Origin: " + PAGE);
      assertThat(raw.response().headers())
          .containsEntry("access-control-allow-origin", PAGE)
          .containsEntry("access-control-expose-headers", "X-A")
          .containsEntry("vary", "Origin");
      raw.post("/v1/x", new byte[1], "Origin: https://evil.example");
      Response strange = raw.response();
      assertThat(strange.status()).isEqualTo(200);
      assertThat(strange.headers()).doesNotContainKey("access-control-allow-origin");
    }
  }

  @Test
  void speaksHttp2Too() throws IOException {
    try (RawHttp2 raw = new RawHttp2(port)) {
      raw.post(1, RawHttp2.END_STREAM, "/v1/x", "origin", PAGE);
      Http2Headers headers = raw.awaitHeaders();
      assertThat(String.valueOf(headers.get("access-control-allow-origin"))).isEqualTo(PAGE);
      assertThat(String.valueOf(headers.get("x-server"))).isEqualTo("millrace");
    }
  }

  @Test
  void leavesOptionsToTheHandlerWithoutOrigins() throws IOException {
    HttpServer closed = server(CorsConfig.DEFAULT);
    int at = closed.start().getPort();
    try (RawHttp1 raw = new RawHttp1(at)) {
      raw.lines("OPTIONS /v1/x HTTP/1.1", "Host: t", "Origin: " + PAGE);
      raw.lines("Access-Control-Request-Method: POST", "");
      assertThat(raw.response().status()).isEqualTo(405);
    }
    closed.shutdown(Duration.ofSeconds(5));
  }

  @Test
  void refusesTwoWildcards() {
    assertThatThrownBy(() -> new CorsConfig(List.of("http://*.a.*"), List.of(), List.of(), 0))
        .hasMessageContaining("allowed_origins");
  }

  private Response preflight(String origin, String method, String headers) throws IOException {
    try (RawHttp1 raw = new RawHttp1(port)) {
      raw.lines("OPTIONS /v1/x HTTP/1.1", "Host: test", "Origin: " + origin);
      raw.lines("Access-Control-Request-Method: " + method);
      raw.lines("Access-Control-Request-Headers: " + headers, "");
      return raw.response();
    }
  }

  private HttpServer server(CorsConfig cors) {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new HttpServer(
        new HttpServerConfig(
            loopback,
            BodyLimits.DEFAULT,
            10,
            HttpTimeouts.DEFAULT,
            true,
            Map.of("X-Server", "millrace"),
            cors,
            null),
        Map.of("/v1/x", handler),
        budget,
        error -> {
          throw new AssertionError(error);
        });
  }
}
