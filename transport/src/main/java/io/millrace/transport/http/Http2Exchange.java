package io.millrace.transport.http;

import static java.util.Objects.requireNonNull;

import io.millrace.transport.BodyFault;
import io.millrace.transport.BodyPace;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One stream of an HTTP/2 connection. */
final class Http2Exchange implements HttpExchange {
  private final int streamId;
  private final Http2Connection connection;
  private final Channel channel;
  private final Http2Headers headers;
  private final String path;
  private final AtomicBoolean answered = new AtomicBoolean();
  private @Nullable HttpHandler handler;
  private @Nullable InboundBody body;
  private @Nullable BodyPace pace;
  private @Nullable Queue<ByteBuf> held; // while it is undecided
  private int heldWindowBytes;
  private boolean endHeld;
  private long bodyBytes;
  private long answeredNanos;

  Http2Exchange(Http2Connection connection, Channel channel, int streamId, Http2Headers headers) {
    this.connection = connection;
    this.channel = channel;
    this.streamId = streamId;
    this.headers = headers;
    path = HeaderMap.path(text(headers.path()));
  }

  @Override
  public String method() {
    return text(headers.method());
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String query() {
    return HeaderMap.query(text(headers.path()));
  }

  @Override
  public String header(String name) {
    return text(headers.get(name));
  }

  @Override
  public Map<String, List<String>> headers() {
    return HeaderMap.of(headers.iterator());
  }

  @Override
  public String peer() {
    return HeaderMap.peer(channel.remoteAddress());
  }

  @Override
  public void answer(HttpAnswer answer) {
    if (!answered.compareAndSet(false, true)) {
      return;
    }
    if (channel.eventLoop().inEventLoop()) {
      connection.write(this, answer);
    } else {
      channel.eventLoop().execute(() -> connection.write(this, answer));
    }
  }

  int streamId() {
    return streamId;
  }

  /** Whether it has yet to be found out if the body is wanted. */
  boolean isUndecided() {
    return held != null;
  }

  /** From now on the body is held until {@link #decided}. */
  void undecided() {
    held = new ArrayDeque<>();
  }

  /** Holds a part of the body, and what it takes of the flow control window. */
  void hold(ByteBuf data, int windowBytes) {
    heldWindowBytes += windowBytes;
    requireNonNull(held).add(data);
  }

  /** Notes that the body has come to its end. */
  void holdEnd() {
    endHeld = true;
  }

  boolean isEndHeld() {
    return endHeld;
  }

  /** Hands on what was held, and returns what it takes of the flow control window. */
  int decided(Consumer<ByteBuf> data) {
    Queue<ByteBuf> parts = requireNonNull(held);
    held = null;
    for (ByteBuf part = parts.poll(); part != null; part = parts.poll()) {
      data.accept(part);
      part.release();
    }
    return heldWindowBytes;
  }

  /** The body while it is being read. */
  @Nullable InboundBody body() {
    return body;
  }

  /** Whether the client takes too long over its body, or over its answer. */
  boolean isOverdue(long nowNanos, HttpTimeouts timeouts) {
    if (body != null && pace != null) {
      return pace.isTooSlow(nowNanos, bodyBytes);
    }
    boolean isLimited = answeredNanos != 0 && timeouts.answer().isPositive();
    return isLimited && nowNanos - answeredNanos > timeouts.answer().toNanos();
  }

  /** Begins to read the body for a handler. */
  void receive(HttpHandler receiver, InboundBody started, BodyPace startedPace) {
    handler = receiver;
    body = started;
    pace = startedPace;
  }

  /** Notes that a part of the body has come. */
  void read(int bytes) {
    bodyBytes += bytes;
  }

  /** Notes that the answer is on its way to the client, who may not take it. */
  void writing(long nowNanos) {
    answeredNanos = nowNanos;
  }

  /** Hands the whole body to its handler. */
  void hand(InboundBody whole) {
    body = null;
    if (handler != null) {
      handler.handle(this, whole.bytes(), whole.reservedBytes());
    }
  }

  /** Gives the body up and lets the handler say so. */
  void fail(BodyFault fault) {
    discard();
    if (handler != null) {
      handler.fail(this, fault);
    }
  }

  /** Gives back what has been read of the body. */
  void discard() {
    if (held != null) {
      held.forEach(ByteBuf::release);
      held.clear();
    }
    if (body != null) {
      body.release();
    }
    body = null;
  }

  private static String text(@Nullable CharSequence value) {
    return value == null ? "" : value.toString();
  }
}
