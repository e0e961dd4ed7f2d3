package io.millrace.transport.grpc;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.grpc.ManagedChannelBuilder;
import io.grpc.ServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.millrace.transport.ClientTls;
import io.millrace.transport.ServerTls;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Names grpc-netty-shaded, as only {@link GrpcTls}, {@link GrpcPort} and {@link ConnectionLimit} do
 * too: makes servers and channels on one group of event loops for the process, over epoll where the
 * machine has it.
 *
 * <p>Thread safe.
 */
final class GrpcNetty {
  /** Flow control window of a server's streams and connections. */
  static final int SERVER_WINDOW_BYTES = 256 * 1024;

  /** A response is empty or tells of a partial success. */
  private static final int CLIENT_WINDOW_BYTES = 64 * 1024;

  /** Requests are large: fewer reads, and fewer pieces of a message to put together. */
  private static final int READ_BYTES_MAX = SERVER_WINDOW_BYTES;

  private static final int READ_BYTES = 16 * 1024;
  private static final int HEADER_BYTES_MAX = 16 * 1024;

  // Held, because the log manager keeps loggers weakly. A sender's mistake must not write a stack
  // trace per request; what they would tell goes to the sender.
  private static final List<Logger> QUIET =
      List.of(
          Logger.getLogger("io.grpc.netty.shaded.io.grpc.netty.NettyServerStream"),
          Logger.getLogger("io.grpc.netty.shaded.io.grpc.netty.NettyServerHandler"),
          Logger.getLogger("io.grpc.netty.shaded.io.grpc.netty.NettyServerTransport"));

  private GrpcNetty() {}

  /** Started on first use; its threads are daemons and live as long as the process. */
  private static final class Loops {
    static final EventLoopGroup GROUP =
        new MultiThreadIoEventLoopGroup(
            Runtime.getRuntime().availableProcessors(),
            new DefaultThreadFactory("grpc-loop", true),
            ioHandler());

    private static IoHandlerFactory ioHandler() {
      return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }
  }

  /** Runs a task again and again on an event loop, so it must be short. */
  static Future<?> every(Duration period, Runnable task) {
    return Loops.GROUP.scheduleWithFixedDelay(
        task, period.toNanos(), period.toNanos(), NANOSECONDS);
  }

  /**
   * Prepares a server.
   *
   * @param tls {@code null} for plaintext
   * @param port to listen on
   */
  static ServerBuilder<?> serverBuilder(
      GrpcServerConfig config, @Nullable ServerTls tls, GrpcPort port) {
    QUIET.forEach(logger -> logger.setLevel(Level.SEVERE));
    NettyServerBuilder builder = NettyServerBuilder.forAddress(config.address());
    if (tls != null) {
      builder.sslContext(GrpcTls.of(tls));
    }
    keepalive(builder, config.keepalive());
    return builder
        .channelFactory(port::open)
        .bossEventLoopGroup(Loops.GROUP)
        .workerEventLoopGroup(Loops.GROUP)
        .withChildOption(
            ChannelOption.RECVBUF_ALLOCATOR,
            new AdaptiveRecvByteBufAllocator(1024, READ_BYTES, READ_BYTES_MAX))
        .flowControlWindow(SERVER_WINDOW_BYTES)
        .maxInboundMessageSize(config.messageBytesMax())
        .maxInboundMetadataSize(HEADER_BYTES_MAX)
        .maxConcurrentCallsPerConnection(config.streamsPerConnectionMax())
        .maxRstFramesPerWindow(200, 30)
        .handshakeTimeout(10, SECONDS);
  }

  private static void keepalive(NettyServerBuilder builder, GrpcKeepalive keepalive) {
    builder
        .keepAliveTime(keepalive.time().toNanos(), NANOSECONDS)
        .keepAliveTimeout(keepalive.timeout().toNanos(), NANOSECONDS)
        .permitKeepAliveTime(keepalive.minTime().toNanos(), NANOSECONDS)
        .permitKeepAliveWithoutCalls(keepalive.permitWithoutStream());
    if (keepalive.idle().isPositive()) {
      builder.maxConnectionIdle(keepalive.idle().toNanos(), NANOSECONDS);
    }
    if (keepalive.age().isPositive()) {
      builder.maxConnectionAge(keepalive.age().toNanos(), NANOSECONDS);
    }
    if (keepalive.ageGrace().isPositive()) {
      builder.maxConnectionAgeGrace(keepalive.ageGrace().toNanos(), NANOSECONDS);
    }
  }

  /**
   * Prepares a channel.
   *
   * @param tls {@code null} for plaintext
   */
  static ManagedChannelBuilder<?> channelBuilder(GrpcClientConfig config, @Nullable ClientTls tls) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forTarget(config.target())
            .channelFactory(GrpcNetty::connection)
            .eventLoopGroup(Loops.GROUP)
            .flowControlWindow(CLIENT_WINDOW_BYTES)
            .maxInboundMetadataSize(HEADER_BYTES_MAX)
            .maxInboundMessageSize(GrpcClientConfig.RESPONSE_BYTES_MAX);
    configure(builder, config.connection());
    if (tls == null) {
      return builder.usePlaintext();
    }
    String override = config.tls().serverNameOverride();
    if (!override.isEmpty()) {
      builder.overrideAuthority(override);
    }
    return builder.useTransportSecurity().sslContext(GrpcTls.of(tls));
  }

  private static void configure(NettyChannelBuilder builder, GrpcConnection connection) {
    builder.defaultLoadBalancingPolicy(connection.balancer());
    builder.userAgent(connection.userAgent());
    if (!connection.authority().isEmpty()) {
      builder.overrideAuthority(connection.authority());
    }
    KeepaliveConfig keepalive = connection.keepalive();
    if (keepalive != null) {
      builder
          .keepAliveTime(keepalive.time().toNanos(), NANOSECONDS)
          .keepAliveTimeout(keepalive.timeout().toNanos(), NANOSECONDS)
          .keepAliveWithoutCalls(keepalive.permitWithoutStream());
    }
  }

  private static Channel connection() {
    return Epoll.isAvailable() ? new EpollSocketChannel() : new NioSocketChannel();
  }
}
