package io.millrace.receiver.otlp;

import io.millrace.component.Door;
import io.millrace.component.InboundRequest;
import io.millrace.component.Reply;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Signal;
import io.millrace.receiver.otlp.OtlpReceiverConfig.Http;
import io.millrace.transport.BodyFault;
import io.millrace.transport.http.HttpAnswer;
import io.millrace.transport.http.HttpExchange;
import io.millrace.transport.http.HttpHandler;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One signal's path: brings requests to the door. Thread safe. */
final class OtlpHttpHandler implements HttpHandler {
  private static final String TRANSPORT = "http";
  private static final HttpAnswer WRONG_METHOD =
      new HttpAnswer(
          405,
          "text/plain; charset=utf-8",
          "405 method not allowed, supported: [POST]\n".getBytes(StandardCharsets.US_ASCII),
          Map.of("allow", "POST"));
  private static final HttpAnswer JSON =
      HttpAnswer.text(
          415, "415 application/json is not supported yet, supported: [application/x-protobuf]\n");
  private static final HttpAnswer WRONG_TYPE =
      HttpAnswer.text(415, "415 unsupported media type, supported: [application/x-protobuf]\n");

  private final Signal signal;
  private final Door door;
  private final boolean includeMetadata;

  OtlpHttpHandler(Signal signal, Door door, boolean includeMetadata) {
    this.signal = signal;
    this.door = door;
    this.includeMetadata = includeMetadata;
  }

  /** Returns the signal's path. */
  static String path(Signal signal, Http config) {
    return switch (signal) {
      case TRACES -> config.tracesUrlPath();
      case METRICS -> config.metricsUrlPath();
      case LOGS -> config.logsUrlPath();
      case PROFILES -> "/v1development/profiles";
    };
  }

  @Override
  public @Nullable HttpAnswer check(HttpExchange exchange) {
    if (!exchange.method().equals("POST")) {
      return WRONG_METHOD;
    }
    return switch (mediaType(exchange.header("content-type"))) {
      case HttpReply.PROTOBUF -> null;
      case "application/json" -> JSON;
      default -> WRONG_TYPE;
    };
  }

  @Override
  public void handle(HttpExchange exchange, byte[] body, long reservedBytes) {
    door.enter(
        new InboundRequest(
            signal, body, 0, body.length, reservedBytes, context(exchange), TRANSPORT),
        new HttpReply(exchange));
  }

  @Override
  public void fail(HttpExchange exchange, BodyFault fault) {
    Reply reply = new HttpReply(exchange);
    switch (fault) {
      case NO_ROOM -> door.refuseUnread(signal, TRANSPORT, reply);
      case TOO_LARGE -> reply.tooLarge("request body is too large");
      case MALFORMED -> reply.rejected("request body does not decompress, or ends early");
      case UNSUPPORTED_ENCODING ->
          reply.rejected(
              "content-encoding: "
                  + exchange.header("content-encoding")
                  + " (expected: gzip or none)");
    }
  }

  private RequestContext context(HttpExchange exchange) {
    return includeMetadata
        ? new RequestContext(exchange.headers(), Map.of(), exchange.peer())
        : RequestContext.EMPTY;
  }

  private static String mediaType(String contentType) {
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    return type.strip().toLowerCase(Locale.ROOT);
  }
}
