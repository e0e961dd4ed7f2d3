package io.millrace.receiver.otlp;

import io.millrace.component.Door;
import io.millrace.component.InboundRequest;
import io.millrace.component.Reply;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Signal;
import io.millrace.receiver.otlp.OtlpReceiverConfig.Http;
import io.millrace.telemetry.Counter;
import io.millrace.transport.BodyFault;
import io.millrace.transport.ContentEncoding;
import io.millrace.transport.http.HttpAnswer;
import io.millrace.transport.http.HttpExchange;
import io.millrace.transport.http.HttpHandler;
import io.millrace.transport.json.OtlpJsonReader;
import io.millrace.wire.MalformedWireException;
import java.nio.charset.StandardCharsets;
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
  private static final HttpAnswer WRONG_TYPE =
      HttpAnswer.text(
          415,
          "415 unsupported media type, supported: [application/json, application/x-protobuf]\n");

  private final Signal signal;
  private final Door door;
  private final boolean includeMetadata;
  private final int bodyBytesMax;
  private final Counter repairedBytes;

  /**
   * Creates a handler.
   *
   * @param repairedBytes counts what was no UTF-8 in JSON; the door counts it in protobuf
   */
  OtlpHttpHandler(
      Signal signal, Door door, boolean includeMetadata, int bodyBytesMax, Counter repairedBytes) {
    this.signal = signal;
    this.door = door;
    this.includeMetadata = includeMetadata;
    this.bodyBytesMax = bodyBytesMax;
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
  public @Nullable HttpAnswer check(HttpExchange exchange) {
    if (!exchange.method().equals("POST")) {
      return WRONG_METHOD;
    }
    return BodyFormat.of(exchange.header("content-type")) == null ? WRONG_TYPE : null;
  }

  @Override
  public void handle(HttpExchange exchange, byte[] body, long reservedBytes) {
    if (format(exchange) == BodyFormat.JSON) {
      convert(exchange, body, reservedBytes);
    } else {
      enter(exchange, body, reservedBytes);
    }
  }

  @Override
  public void fail(HttpExchange exchange, BodyFault fault) {
    Reply reply = new HttpReply(exchange, format(exchange));
    switch (fault) {
      case NO_ROOM -> door.refuseUnread(signal, TRANSPORT, reply);
      case TOO_LARGE -> reply.tooLarge("request body is too large");
      case MALFORMED -> reply.rejected("request body does not decompress, or ends early");
      case UNSUPPORTED_ENCODING ->
          reply.rejected(
              "content-encoding: "
                  + exchange.header("content-encoding")
                  + " (expected: "
                  + ContentEncoding.EXPECTED
                  + ")");
    }
  }

  /** Brings JSON to the door as what it would have been in protobuf. */
  private void convert(HttpExchange exchange, byte[] json, long reservedBytes) {
    OtlpJsonReader reader = new OtlpJsonReader(door.budget(), bodyBytesMax, json);
    BodyFault fault;
    try {
      fault = reader.read(signal);
    } catch (MalformedWireException e) {
      door.budget().release(reservedBytes);
      new HttpReply(exchange, BodyFormat.JSON).rejected(String.valueOf(e.getMessage()));
      return;
    }
    door.budget().release(reservedBytes);
    if (fault != null) {
      fail(exchange, fault);
      return;
    }
    if (reader.repairedBytes() > 0) {
      repairedBytes.add(reader.repairedBytes());
    }
    enter(exchange, reader.bytes(), reader.bytes().length);
  }

  private void enter(HttpExchange exchange, byte[] body, long reservedBytes) {
    door.enter(
        new InboundRequest(
            signal, body, 0, body.length, reservedBytes, context(exchange), TRANSPORT),
        new HttpReply(exchange, format(exchange)));
  }

  private static BodyFormat format(HttpExchange exchange) {
    BodyFormat format = BodyFormat.of(exchange.header("content-type"));
    return format == null ? BodyFormat.PROTOBUF : format;
  }

  private RequestContext context(HttpExchange exchange) {
    return includeMetadata
        ? new RequestContext(exchange.headers(), Map.of(), exchange.peer())
        : RequestContext.EMPTY;
  }
}
