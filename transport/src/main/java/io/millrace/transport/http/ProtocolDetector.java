package io.millrace.transport.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells HTTP/2, which begins with {@code PRI} whether by prior knowledge or ALPN, from HTTP/1.1,
 * which has no such method, and makes way. Confined to the connection's event loop.
 */
final class ProtocolDetector extends ByteToMessageDecoder {
  private static final byte[] HTTP_2 = {'P', 'R', 'I'};
  private static final int LINE_BYTES_MAX = 4 * 1024;
  private static final int HEADER_BYTES_MAX = 16 * 1024;

  private final HttpServer server;
  private @Nullable Future<?> timeout;

  ProtocolDetector(HttpServer server) {
    this.server = server;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    Duration limit = server.config().timeouts().head();
    if (limit.isPositive()) {
      timeout =
          context.executor().schedule(() -> context.close(), limit.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ConnectionEnd) {
      context.close();
    }
  }

  /** Mostly a failed handshake of TLS, or a client that is gone. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    int length = Math.min(HTTP_2.length, in.readableBytes());
    for (int i = 0; i < length; i++) {
      if (in.getByte(in.readerIndex() + i) != HTTP_2[i]) {
        speakHttp1(context.pipeline());
        return;
      }
    }
    if (length == HTTP_2.length) {
      context.pipeline().addLast(Http2Connection.create(server, context.channel()));
      context.pipeline().remove(this);
    }
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext context) {
    if (timeout != null) {
      timeout.cancel(false);
    }
  }

  private void speakHttp1(ChannelPipeline pipeline) {
    pipeline
        .addLast(
            new HttpRequestDecoder(
                new HttpDecoderConfig()
                    .setMaxInitialLineLength(LINE_BYTES_MAX)
                    .setMaxHeaderSize(HEADER_BYTES_MAX)
                    .setMaxChunkSize(Integer.MAX_VALUE))) // a body part is what one read brought
        .addLast(new HttpResponseEncoder())
        .addLast(new Http1Connection(server, pipeline.channel()));
    pipeline.remove(this);
  }
}
