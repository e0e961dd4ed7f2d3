package io.millrace.transport.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;

/**
 * The process's one group of event loops for HTTP, over epoll where the machine has it, and the
 * choices that every connection on it shares.
 *
 * <p>Started on first use; its threads are daemons and live as long as the process. Thread safe.
 */
final class EventLoops {
  static final AddressResolverGroup<InetSocketAddress> RESOLVERS = new OffLoopResolverGroup();

  private EventLoops() {}

  private static final class Holder {
    static final EventLoopGroup GROUP =
        new MultiThreadIoEventLoopGroup(
            Runtime.getRuntime().availableProcessors(),
            new DefaultThreadFactory("http-loop", true),
            ioHandler());

    private static IoHandlerFactory ioHandler() {
      return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }
  }

  /** Lets a bound channel share its port; returns false where the system has no such thing. */
  static boolean share(Channel listener) {
    return listener.config().setOption(UnixChannelOption.SO_REUSEPORT, true);
  }

  // The allocator by name: Netty's default has changed before.
  static ServerBootstrap server(boolean sharesPort) {
    ServerBootstrap server = new ServerBootstrap();
    if (sharesPort) {
      server.option(UnixChannelOption.SO_REUSEPORT, true);
    }
    return server
        .group(Holder.GROUP)
        .channel(
            Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
        .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT);
  }

  static Bootstrap client() {
    return new Bootstrap()
        .group(Holder.GROUP)
        .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
        .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
        .resolver(RESOLVERS);
  }
}
