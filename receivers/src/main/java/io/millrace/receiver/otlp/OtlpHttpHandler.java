package io.millrace.receiver.otlp;

import io.millrace.component.Door;
import io.millrace.component.InboundRequest;
import io.millrace.component.Reply;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Signal;
import io.millrace.transport.BodyFault;
import io.millrace.transport.RpcStatus;
import io.millrace.transport.grpc.GrpcCode;
import io.millrace.transport.http.HttpAnswer;
import io.millrace.transport.http.HttpExchange;
import io.millrace.transport.http.HttpHandler;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One signal's path over HTTP. Thread safe. */
final class OtlpHttpHandler implements HttpHandler {
  private static final String TRANSPORT = "http";
  private static final String PROTOBUF = "application/x-protobuf";
  private static final HttpAnswer OK = new HttpAnswer(200, PROTOBUF, new byte[0]);
  private static final HttpAnswer NOT_POST =
      new HttpAnswer(
          405,
          "text/plain; charset=utf-8",
          HttpAnswer.text(405, "405 method not allowed, supported: [POST]").body(),
          Map.of("Allow", "POST"));
  private static final HttpAnswer NOT_PROTOBUF =
      HttpAnswer.text(415, "415 unsupported media type, supported: [" + PROTOBUF + "]");
  private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Signal signal;
  private final Door door;
  private final boolean includeMetadata;

  OtlpHttpHandler(Signal signal, Door door, boolean includeMetadata) {
    this.signal = signal;
    this.door = door;
    this.includeMetadata = includeMetadata;
  }

  @Override
  public @Nullable HttpAnswer check(HttpExchange exchange) {
    if (!exchange.method().equals("POST")) {
      return NOT_POST;
    }
    return isProtobuf(exchange.header("content-type")) ? null : NOT_PROTOBUF;
  }

  @Override
  public void handle(HttpExchange exchange, byte[] body, long reservedBytes) {
    door.enter(
        new InboundRequest(
            signal, body, 0, body.length, reservedBytes, context(exchange), TRANSPORT),
        new ExchangeReply(exchange));
  }

  @Override
  public void fail(HttpExchange exchange, BodyFault fault) {
    Reply reply = new ExchangeReply(exchange);
    switch (fault) {
      case NO_ROOM -> door.refuseUnread(signal, TRANSPORT, reply);
      case TOO_LARGE -> reply.tooLarge("request body: too large");
      case MALFORMED -> reply.rejected("request body: damaged, or not in its Content-Encoding");
      case UNSUPPORTED_ENCODING ->
          reply.rejected("unsupported Content-Encoding: " + exchange.header("content-encoding"));
    }
  }

  private RequestContext context(HttpExchange exchange) {
    return includeMetadata
        ? new RequestContext(exchange.headers(), Map.of(), exchange.peer())
        : RequestContext.EMPTY;
  }

  /** Parameters, such as a character set, are tolerated. */
  private static boolean isProtobuf(String contentType) {
    int end = contentType.indexOf(';');
    String type = end < 0 ? contentType : contentType.substring(0, end);
    return type.strip().toLowerCase(Locale.ROOT).equals(PROTOBUF);
  }

  private record ExchangeReply(HttpExchange exchange) implements Reply {
    @Override
    public void accepted() {
      exchange.answer(OK);
    }

    @Override
    public void refused(String reason, long retryAfterNanos) {
      long seconds = Math.max(1, Math.ceilDiv(retryAfterNanos, NANOS_PER_SECOND));
      fail(
          503,
          GrpcCode.UNAVAILABLE,
          reason,
          retryAfterNanos,
          Map.of("Retry-After", Long.toString(seconds)));
    }

    @Override
    public void rejected(String reason) {
      fail(400, GrpcCode.INVALID_ARGUMENT, reason, 0, Map.of());
    }

    @Override
    public void tooLarge(String reason) {
      fail(413, GrpcCode.RESOURCE_EXHAUSTED, reason, 0, Map.of());
    }

    private void fail(
        int status,
        GrpcCode code,
        String reason,
        long retryAfterNanos,
        Map<String, String> headers) {
      byte[] body = new RpcStatus(code.number(), reason, retryAfterNanos).encode();
      exchange.answer(new HttpAnswer(status, PROTOBUF, body, headers));
    }
  }
}
