package io.millrace.transport.grpc;

import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.unix.UnixChannelOption;
import io.millrace.transport.OfferedPorts;
import org.jspecify.annotations.Nullable;

/** The listening socket of a server, which grpc-java opens and does not show. Thread safe. */
final class GrpcPort {
  private final GrpcServerConfig config;
  private final Runnable onClose;
  private volatile @Nullable ServerChannel channel;

  /**
   * Describes a socket that is not open yet.
   *
   * @param onClose is run when it closes, for whatever reason
   */
  GrpcPort(GrpcServerConfig config, Runnable onClose) {
    this.config = config;
    this.onClose = onClose;
  }

  /** Opens the socket, to be bound. */
  ServerChannel open() {
    ServerChannel opened =
        Epoll.isAvailable() ? new EpollServerSocketChannel() : new NioServerSocketChannel();
    if (OfferedPorts.take(config.address())) {
      opened.config().setOption(UnixChannelOption.SO_REUSEPORT, true);
    }
    opened.closeFuture().addListener(closed -> onClose.run());
    opened.pipeline().addLast(new ConnectionLimit(config.connectionsMax()));
    channel = opened;
    return opened;
  }

  /** Lets another socket bind the port; returns false where the system has no such thing. */
  boolean share() {
    ServerChannel listening = channel;
    return listening != null && listening.config().setOption(UnixChannelOption.SO_REUSEPORT, true);
  }
}
