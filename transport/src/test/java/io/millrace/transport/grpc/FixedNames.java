package io.millrace.transport.grpc;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.StatusOr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;

/** Resolves every name of the scheme {@code fixed} to the same ports on loopback. Immutable. */
final class FixedNames extends NameResolverProvider {
  private final List<EquivalentAddressGroup> addresses;

  FixedNames(List<Integer> ports) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    addresses =
        ports.stream()
            .map(port -> new EquivalentAddressGroup(new InetSocketAddress(loopback, port)))
            .toList();
  }

  @Override
  public NameResolver newNameResolver(URI target, NameResolver.Args args) {
    return new NameResolver() {
      @Override
      public String getServiceAuthority() {
        return "fixed";
      }

      @Override
      public void start(Listener2 listener) {
        listener.onResult(
            ResolutionResult.newBuilder()
                .setAddressesOrError(StatusOr.fromValue(addresses))
                .build());
      }

      @Override
      public void shutdown() {}
    };
  }

  @Override
  protected boolean isAvailable() {
    return true;
  }

  @Override
  protected int priority() {
    return 5;
  }

  @Override
  public String getDefaultScheme() {
    return "fixed";
  }
}
