package io.millrace.transport.http;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.Arrays;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client: carries one request at a time and goes back to the idle ones when its
 * response has ended.
 *
 * <p>Confined to the channel's event loop, but for {@link #channel()}.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {
  private static final byte[] EMPTY = {};

  private final HttpClient client;
  private final Channel channel;
  private final ChannelFutureListener onWritten = this::written;
  private @Nullable OutboundRequest request;
  private @Nullable ChannelFuture written;
  private @Nullable Future<?> timeout;
  private io.netty.handler.codec.http.@Nullable HttpResponse head;
  private byte[] body = EMPTY;
  private int bodyLength;

  HttpConnection(HttpClient client, Channel channel) {
    this.client = client;
    this.channel = channel;
  }

  Channel channel() {
    return channel;
  }

  /** Sends a request; the connection must be idle. A connection lost meanwhile gives it back. */
  void send(OutboundRequest next) {
    if (!channel.isActive()) {
      client.dispatch(next);
      return;
    }
    request = next;
    timeout =
        channel
            .eventLoop()
            .schedule(() -> fail("no response in time"), next.timeoutNanos(), NANOSECONDS);
    written = channel.writeAndFlush(client.message(next)).addListener(onWritten);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (request == null) {
        channel.close(); // nobody asked
      } else if (message instanceof io.netty.handler.codec.http.HttpResponse response) {
        begin(response);
      } else if (message instanceof HttpContent content) {
        read(content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail("connection closed before the response");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(cause.toString());
    channel.close();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof IdleStateEvent && request == null) {
      channel.close();
    }
  }

  private void written(ChannelFuture write) {
    if (!write.isSuccess()) {
      fail(String.valueOf(write.cause()));
    }
  }

  private void begin(io.netty.handler.codec.http.HttpResponse response) {
    if (response.decoderResult().isFailure()) {
      fail("response is not HTTP: " + response.decoderResult().cause().getMessage());
    } else {
      head = response;
    }
  }

  private void read(HttpContent content) {
    boolean fits = append(content.content());
    if (content.decoderResult().isFailure()) {
      fail("response is not HTTP: " + content.decoderResult().cause().getMessage());
    } else if (!fits) {
      end(false);
    } else if (content instanceof LastHttpContent) {
      endUnlessInformational();
    }
  }

  private boolean append(ByteBuf content) {
    int room = HttpClientConfig.RESPONSE_BYTES_MAX - bodyLength;
    int length = Math.min(content.readableBytes(), room);
    if (length > 0) {
      body = Arrays.copyOf(body, bodyLength + length);
      content.readBytes(body, bodyLength, length);
      bodyLength += length;
    }
    return !content.isReadable();
  }

  private void endUnlessInformational() {
    io.netty.handler.codec.http.HttpResponse response = head;
    if (response == null) {
      return;
    }
    if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
      head = null;
      return;
    }
    ChannelFuture sent = written;
    end(HttpUtil.isKeepAlive(response) && sent != null && sent.isSuccess());
  }

  private void end(boolean reusable) {
    OutboundRequest ended = request;
    io.netty.handler.codec.http.HttpResponse response = head;
    if (ended == null || response == null) {
      return;
    }
    HttpResponse answer = new HttpResponse(response.status().code(), response.headers(), body);
    clear();
    client.release(this, reusable);
    ended.callback().answered(answer);
  }

  private void fail(String reason) {
    OutboundRequest failed = request;
    if (failed == null) {
      return;
    }
    clear();
    client.release(this, false);
    failed.callback().failed(reason);
  }

  private void clear() {
    if (timeout != null) {
      timeout.cancel(false);
    }
    timeout = null;
    request = null;
    written = null;
    head = null;
    body = EMPTY;
    bodyLength = 0;
  }
}
