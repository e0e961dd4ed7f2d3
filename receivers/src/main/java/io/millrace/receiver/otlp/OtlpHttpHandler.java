package io.millrace.receiver.otlp;

import io.millrace.component.Door;
import io.millrace.component.InboundRequest;
import io.millrace.component.ServerAuthenticator.Authentication;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Signal;
import io.millrace.receiver.otlp.OtlpReceiverConfig.Http;
import io.millrace.telemetry.Counter;
import io.millrace.transport.BodyFault;
import io.millrace.transport.ContentEncoding;
import io.millrace.transport.ServerGuard;
import io.millrace.transport.http.HttpAnswer;
import io.millrace.transport.http.HttpExchange;
import io.millrace.transport.http.HttpHandler;
import io.millrace.transport.json.OtlpJsonReader;
import io.millrace.wire.MalformedWireException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One signal's path: brings requests to the door. Thread safe. */
final class OtlpHttpHandler implements HttpHandler {
  private static final String TRANSPORT = "http";
  private static final String TOO_LARGE = "request body is too large";
  private static final String MALFORMED = "request body does not decompress, or ends early";
  private static final HttpAnswer WRONG_METHOD =
      new HttpAnswer(
          405,
          "text/plain; charset=utf-8",
          "405 method not allowed, supported: [POST]\n".getBytes(StandardCharsets.US_ASCII),
          Map.of("allow", "POST"));
  private static final HttpAnswer WRONG_TYPE =
      HttpAnswer.text(
          415,
          "415 unsupported media type, supported: [application/json, application/x-protobuf]\n");

  private final Signal signal;
  private final Door door;
  private final Http config;
  private final ServerGuard guard;
  private final JsonConversions conversions;
  private final Counter repairedBytes;

  /**
   * Creates a handler.
   *
   * @param repairedBytes counts what was no UTF-8 in JSON; the door counts it in protobuf
   */
  OtlpHttpHandler(
      Signal signal,
      Door door,
      Http config,
      ServerGuard guard,
      JsonConversions conversions,
      Counter repairedBytes) {
    this.signal = signal;
    this.door = door;
    this.config = config;
    this.guard = guard;
    this.conversions = conversions;
    this.repairedBytes = repairedBytes;
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
  public void decide(HttpExchange exchange, Consumer<@Nullable HttpAnswer> then) {
    BodyFormat format = BodyFormat.of(exchange.header("content-type"));
    boolean isPost = exchange.method().equals("POST");
    guard.authenticate(exchange::headers, found -> then.accept(refusal(found, isPost, format)));
  }

  /** Returns the answer to a request whose body is not wanted, otherwise {@code null}. */
  private @Nullable HttpAnswer refusal(
      Authentication found, boolean isPost, @Nullable BodyFormat format) {
    AtomicReference<@Nullable HttpAnswer> refusal = new AtomicReference<>();
    HttpReply reply = reply(refusal::set, format);
    if (found instanceof Authentication.Refused refused) {
      reply.unauthenticated(refused.reason());
    } else if (!isPost) {
      return WRONG_METHOD;
    } else if (format == null) {
      return WRONG_TYPE;
    } else if (found instanceof Authentication.Overloaded || !guard.admits()) {
      door.refuseUnread(signal, TRANSPORT, reply);
    }
    return refusal.get();
  }

  @Override
  public void handle(HttpExchange exchange, byte[] body, long reservedBytes) {
    HttpReply reply = reply(exchange);
    RequestContext context = context(exchange);
    guard.authenticate(
        exchange::headers,
        found -> {
          switch (found) {
            case Authentication.Passed passed ->
                take(exchange, reply, context.withAuth(passed.attributes()), body, reservedBytes);
            case Authentication.Refused refused -> {
              door.budget().release(reservedBytes);
              reply.unauthenticated(refused.reason());
            }
            case Authentication.Overloaded _ -> {
              door.budget().release(reservedBytes);
              door.refuseUnread(signal, TRANSPORT, reply);
            }
          }
        });
  }

  @Override
  public void fail(HttpExchange exchange, BodyFault fault) {
    HttpReply reply = reply(exchange);
    switch (fault) {
      case NO_ROOM -> door.refuseUnread(signal, TRANSPORT, reply);
      case TOO_LARGE -> reply.tooLarge(TOO_LARGE);
      case MALFORMED -> door.rejectUnreadable(signal, TRANSPORT, MALFORMED, reply);
      case UNSUPPORTED_ENCODING ->
          reply.rejected(
              "content-encoding: "
                  + exchange.header("content-encoding")
                  + " (expected: "
                  + ContentEncoding.EXPECTED
                  + ")");
    }
  }

  private void take(
      HttpExchange exchange,
      HttpReply reply,
      RequestContext context,
      byte[] body,
      long reservedBytes) {
    if (reply.format() != BodyFormat.JSON) {
      enter(reply, context, body, reservedBytes);
    } else if (!conversions.run(
        body.length, exchange, () -> convert(reply, context, body, reservedBytes))) {
      door.budget().release(reservedBytes);
      door.refuseUnread(signal, TRANSPORT, reply);
    }
  }

  /** Brings JSON to the door as what it would have been in protobuf. */
  private void convert(HttpReply reply, RequestContext context, byte[] json, long reservedBytes) {
    OtlpJsonReader reader = new OtlpJsonReader(door.budget(), config.bodyLimits().bytesMax(), json);
    BodyFault fault;
    try {
      fault = reader.read(signal);
    } catch (MalformedWireException e) {
      door.budget().release(reservedBytes);
      door.rejectUnreadable(signal, TRANSPORT, String.valueOf(e.getMessage()), reply);
      return;
    }
    door.budget().release(reservedBytes);
    if (fault == BodyFault.NO_ROOM) {
      door.refuseUnread(signal, TRANSPORT, reply);
      return;
    }
    if (fault != null) {
      reply.tooLarge(TOO_LARGE);
      return;
    }
    if (reader.repairedBytes() > 0) {
      repairedBytes.add(reader.repairedBytes());
    }
    enter(reply, context, reader.bytes(), reader.bytes().length);
  }

  private void enter(HttpReply reply, RequestContext context, byte[] body, long reservedBytes) {
    door.enter(
        new InboundRequest(signal, body, 0, body.length, reservedBytes, context, TRANSPORT), reply);
  }

  private HttpReply reply(HttpExchange exchange) {
    return reply(exchange::answer, BodyFormat.of(exchange.header("content-type")));
  }

  private HttpReply reply(Consumer<HttpAnswer> to, @Nullable BodyFormat format) {
    return new HttpReply(
        to, format == null ? BodyFormat.PROTOBUF : format, config.tooLargeStatus());
  }

  private RequestContext context(HttpExchange exchange) {
    return config.includeMetadata()
        ? new RequestContext(exchange.headers(), Map.of(), exchange.peer())
        : RequestContext.EMPTY;
  }
}
