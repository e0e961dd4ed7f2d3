package io.millrace.transport.http;

import io.millrace.transport.BodyFault;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection of a server: one request at a time, from its head to its answer.
 *
 * <p>A request is over when it has been read to its end and answered, in whichever order. What a
 * client sends ahead meanwhile waits in the backlog, which is at most what one read brought:
 * reading stops while there is one. A body nobody wants is skipped, so that the connection can go
 * on; where that is not worth it or not safe the answer says {@code close}, and what still comes is
 * discarded for a moment, so that the client reads the answer before it sees the end.
 *
 * <p>Confined to the channel's event loop.
 */
final class Http1Connection extends ChannelInboundHandlerAdapter {
  private static final long LINGER_SECONDS = 2;

  private final HttpServer server;
  private final Channel channel;
  private final ArrayDeque<Object> backlog = new ArrayDeque<>(0);
  private @Nullable Http1Exchange current;
  private @Nullable HttpHandler handler;
  private @Nullable InboundBody body;
  private boolean ended; // the current request has been read to its end
  private boolean answered; // and answered
  private boolean awaitsContinue;
  private boolean last; // no request after the current one
  private boolean closing; // the last answer is written
  private boolean resuming;
  private long skippedBytes;
  private final ClientPace pace;
  private boolean readMessage; // since the last read began
  private boolean deciding; // whether the current body is wanted
  private @Nullable Future<?> check;

  Http1Connection(HttpServer server, Channel channel) {
    this.server = server;
    this.channel = channel;
    pace = new ClientPace(server.config().timeouts(), System.nanoTime());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    long nanos = server.config().timeouts().checkInterval().toNanos();
    check =
        context
            .executor()
            .scheduleWithFixedDelay(this::closeIfOverdue, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    readMessage = true;
    if (closing) {
      ReferenceCountUtil.release(message);
    } else if (mustWait(message)) {
      backlog.add(message);
      readOn();
    } else {
      take(message);
    }
  }

  private boolean mustWait(Object message) {
    return deciding
        || !backlog.isEmpty()
        || !channel.isWritable()
        || (current != null && isHead(message));
  }

  /** A read that brought no message brought a part of a head. */
  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (!readMessage && current == null) {
      pace.head(System.nanoTime());
    }
    readMessage = false;
  }

  /** A client that does not take its answers is read, and answered, no further. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (!resuming) {
      resume();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    closing = true;
    discard();
    if (check != null) {
      check.cancel(false);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    channel.close();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ConnectionEnd) {
      last = true;
    }
    if (event == ConnectionEnd.ABORT || (last && current == null)) {
      channel.close();
    }
  }

  /** Writes the answer to the current request. */
  void write(Http1Exchange exchange, HttpAnswer answer) {
    if (closing || exchange != current) {
      return;
    }
    answered = true;
    last |= server.isClosing() || !server.config().keepAlive();
    boolean keepAlive = !last && !awaitsContinue && HttpUtil.isKeepAlive(exchange.request());
    ChannelFuture written = channel.writeAndFlush(response(exchange, answer, keepAlive));
    closeUnlessTaken(written);
    if (!keepAlive) {
      closeAfter(written);
    } else if (ended) {
      finish();
    }
  }

  private void take(Object message) {
    try {
      if (message instanceof HttpRequest request) {
        begin(request);
      }
      if (message instanceof HttpContent content && !closing) {
        read(content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void begin(HttpRequest request) {
    Http1Exchange exchange = new Http1Exchange(this, channel, request);
    current = exchange;
    ended = false;
    answered = false;
    skippedBytes = 0;
    pace.body(System.nanoTime());
    awaitsContinue = HttpUtil.is100ContinueExpected(request);
    HttpAnswer early = route(exchange);
    HttpHandler found = handler;
    if (early != null) {
      exchange.answer(early);
    } else if (found == null) {
      exchange.answer(HttpAnswer.text(404, "404 page not found\n"));
    } else {
      deciding = true;
      pace.ours(System.nanoTime());
      found.decide(exchange, answer -> onLoop(() -> decided(exchange, answer)));
    }
  }

  private void onLoop(Runnable task) {
    if (channel.eventLoop().inEventLoop()) {
      task.run();
    } else {
      channel.eventLoop().execute(task);
    }
  }

  /** Reads the body, unless there is an answer; what has come of it meanwhile waits. */
  private void decided(Http1Exchange exchange, @Nullable HttpAnswer early) {
    if (closing || exchange != current || !deciding) {
      return;
    }
    deciding = false;
    pace.body(System.nanoTime());
    if (early == null) {
      beginBody(exchange);
    } else {
      exchange.answer(early);
    }
    if (!backlog.isEmpty() && !resuming) {
      resume();
    }
  }

  /** Finds the handler, or an answer that needs neither it nor the body. */
  private @Nullable HttpAnswer route(Http1Exchange exchange) {
    if (exchange.request().decoderResult().isFailure()) {
      last = true;
      return malformed(exchange.request().decoderResult().cause());
    }
    HttpAnswer preflight = server.cors().preflight(exchange);
    if (preflight != null) {
      return preflight;
    }
    handler = server.handler(exchange.path());
    return null;
  }

  private void beginBody(Http1Exchange exchange) {
    InboundBody next =
        new InboundBody(
            server.budget(),
            server.config().body(),
            declaredLength(exchange.request()),
            exchange.header("content-encoding"));
    BodyFault fault = next.begin();
    if (fault != null) {
      fail(exchange, next, fault);
      return;
    }
    body = next;
    if (awaitsContinue) {
      awaitsContinue = false;
      channel.writeAndFlush(empty(HttpResponseStatus.CONTINUE));
    }
  }

  private void read(HttpContent content) {
    Http1Exchange exchange = current;
    if (exchange == null) {
      return;
    }
    if (content.decoderResult().isFailure()) {
      failDamaged(exchange);
      return;
    }
    pace.read(content.content().readableBytes());
    InboundBody target = body;
    if (target == null) {
      skip(content);
    } else {
      BodyFault fault = target.append(content.content());
      if (fault != null) {
        fail(exchange, target, fault);
      }
    }
    if (content instanceof LastHttpContent && !closing) {
      end(exchange);
    }
  }

  private void end(Http1Exchange exchange) {
    ended = true;
    pace.ours(System.nanoTime());
    InboundBody whole = body;
    body = null;
    if (whole != null) {
      hand(exchange, whole);
    } else if (answered) {
      finish();
    }
  }

  private void hand(Http1Exchange exchange, InboundBody whole) {
    BodyFault fault = whole.end();
    if (fault != null) {
      fail(exchange, whole, fault);
    } else if (handler != null) {
      handler.handle(exchange, whole.bytes(), whole.reservedBytes());
    }
  }

  private void fail(Http1Exchange exchange, InboundBody failed, BodyFault fault) {
    failed.release();
    body = null;
    last |= fault == BodyFault.TOO_LARGE && !ended;
    if (handler != null) {
      handler.fail(exchange, fault);
    }
  }

  /** The framing is lost, such as by a bad chunk: nothing behind it can be a request. */
  private void failDamaged(Http1Exchange exchange) {
    last = true;
    if (answered) {
      channel.close();
      return;
    }
    InboundBody failed = body;
    if (failed != null) {
      fail(exchange, failed, BodyFault.MALFORMED);
    }
  }

  private void skip(HttpContent content) {
    skippedBytes += content.content().readableBytes();
    if (skippedBytes > server.config().body().bytesMax()) {
      channel.close();
    }
  }

  private void finish() {
    current = null;
    handler = null;
    pace.idle(System.nanoTime());
    if (last) {
      channel.close();
    } else if (!backlog.isEmpty() && !resuming) {
      resume();
    }
  }

  private void resume() {
    resuming = true;
    while (canResume()) {
      take(backlog.poll());
    }
    resuming = false;
    readOn();
  }

  private boolean canResume() {
    return !backlog.isEmpty()
        && !closing
        && !deciding
        && channel.isWritable()
        && (current == null || !isHead(backlog.peek()));
  }

  private void readOn() {
    channel.config().setAutoRead(closing || (backlog.isEmpty() && channel.isWritable()));
  }

  private static boolean isHead(Object message) {
    return message instanceof HttpRequest;
  }

  private void closeAfter(ChannelFuture written) {
    closing = true;
    boolean wholeRead = ended;
    discard();
    if (wholeRead) {
      written.addListener(ChannelFutureListener.CLOSE);
      return;
    }
    readOn();
    written.addListener(done -> endOutput());
    channel.eventLoop().schedule(() -> channel.close(), LINGER_SECONDS, TimeUnit.SECONDS);
  }

  private void endOutput() {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls == null) {
      ((DuplexChannel) channel).shutdownOutput();
    } else {
      tls.closeOutbound();
    }
  }

  private void discard() {
    if (body != null) {
      body.release();
    }
    body = null;
    backlog.forEach(ReferenceCountUtil::release);
    backlog.clear();
  }

  /** Closes when the client, and not the handler, has been waited for too long. */
  private void closeIfOverdue() {
    if (pace.isOverdue(System.nanoTime())) {
      channel.close();
    }
  }

  /** Mostly the socket has taken it at once. */
  private void closeUnlessTaken(ChannelFuture written) {
    Duration limit = server.config().timeouts().answer();
    if (!written.isDone() && limit.isPositive()) {
      Future<?> late =
          channel
              .eventLoop()
              .schedule(() -> channel.close(), limit.toNanos(), TimeUnit.NANOSECONDS);
      written.addListener(done -> late.cancel(false));
    }
  }

  private static long declaredLength(HttpRequest request) {
    return HttpUtil.isTransferEncodingChunked(request)
        ? -1
        : HttpUtil.getContentLength(request, 0L);
  }

  private static HttpAnswer malformed(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException _ -> HttpAnswer.text(414, "request line is too long\n");
      case TooLongHttpHeaderException _ -> HttpAnswer.text(431, "headers are too large\n");
      default -> HttpAnswer.text(400, "request is not HTTP/1.1\n");
    };
  }

  private static FullHttpResponse empty(HttpResponseStatus status) {
    return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
  }

  private FullHttpResponse response(Http1Exchange exchange, HttpAnswer answer, boolean keepAlive) {
    boolean bodiless = exchange.request().method().equals(HttpMethod.HEAD);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            bodiless ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(answer.body()));
    HttpHeaders headers = response.headers();
    server.config().answerHeaders().forEach(headers::set);
    server.cors().headers(exchange).forEach(headers::set);
    if (!answer.isBodiless()) {
      headers.set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
      headers.set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
    }
    answer.headers().forEach(headers::set);
    HttpUtil.setKeepAlive(headers, exchange.request().protocolVersion(), keepAlive);
    return response;
  }
}
