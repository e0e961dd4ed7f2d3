package io.millrace.transport.http;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Looks names up with the JDK, whose look-up blocks, on a virtual thread, and gives up in time.
 *
 * <p>Thread safe.
 */
final class OffLoopResolverGroup extends AddressResolverGroup<InetSocketAddress> {
  private static final long TIMEOUT_SECONDS = 10;

  @Override
  protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
    return new OffLoopResolver(executor).asAddressResolver();
  }

  private static final class OffLoopResolver extends InetNameResolver {
    OffLoopResolver(EventExecutor executor) {
      super(executor);
    }

    @Override
    protected void doResolve(String host, Promise<InetAddress> promise) {
      lookUp(host, promise, () -> InetAddress.getByName(host));
    }

    @Override
    protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
      lookUp(host, promise, () -> List.of(InetAddress.getAllByName(host)));
    }

    private <T> void lookUp(String host, Promise<T> promise, LookUp<T> lookUp) {
      executor()
          .schedule(
              () -> promise.tryFailure(new UnknownHostException(host + ": look-up timed out")),
              TIMEOUT_SECONDS,
              TimeUnit.SECONDS);
      Thread.ofVirtual().name("resolve-" + host).start(() -> settle(promise, lookUp));
    }

    private static <T> void settle(Promise<T> promise, LookUp<T> lookUp) {
      try {
        promise.trySuccess(lookUp.run());
      } catch (UnknownHostException e) {
        promise.tryFailure(e);
      }
    }
  }

  private interface LookUp<T> {
    T run() throws UnknownHostException;
  }
}
