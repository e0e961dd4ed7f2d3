package io.millrace.transport.grpc;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.millrace.component.ByteBudget;
import io.millrace.component.CannotListenException;
import io.millrace.component.Listener;
import io.millrace.transport.OfferedPorts;
import io.millrace.transport.ServerTls;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Serves unary methods on raw bytes.
 *
 * <p>What it holds is reserved in the budget before it is allocated: what the transport buffers per
 * stream ({@code StreamCharge}), then the message's array. Without room a call is handed to {@link
 * UnaryHandler#refuse}. A message over the limit is answered RESOURCE_EXHAUSTED, an unknown method
 * UNIMPLEMENTED, one that does not decompress INVALID_ARGUMENT, one that does not come in time
 * DEADLINE_EXCEEDED.
 *
 * <p>Started and shut down by one control thread; handlers run on event loops.
 */
public final class GrpcServer implements Listener {
  private static final Duration FORCE = Duration.ofSeconds(1);

  private final GrpcServerConfig config;
  private final Map<String, UnaryHandler> methods;
  private final ByteBudget budget;
  private final Consumer<Throwable> fatal;
  private volatile boolean listening;
  private volatile boolean closing;
  private final SlowCalls slowCalls = new SlowCalls();
  private final GrpcPort port;
  private InetSocketAddress address;
  private @Nullable Server server;
  private @Nullable ServerTls tls;
  private @Nullable Future<?> slowCallsTimer;

  /**
   * Describes a server that does not listen yet.
   *
   * @param methods handlers by full method name, {@code package.Service/Method}
   * @param fatal is told when the listener dies without {@link #shutdown}
   */
  public GrpcServer(
      GrpcServerConfig config,
      Map<String, UnaryHandler> methods,
      ByteBudget budget,
      Consumer<Throwable> fatal) {
    this.config = config;
    this.address = config.address();
    this.port = new GrpcPort(config, this::listenerClosed);
    this.methods = Map.copyOf(methods);
    this.budget = budget;
    this.fatal = fatal;
  }

  /**
   * Listens.
   *
   * @return the address bound, with its port
   * @throws IOException when TLS has no usable certificate, or the address cannot be bound, a
   *     {@link CannotListenException} then
   */
  public InetSocketAddress start() throws IOException {
    if (config.tls() != null) {
      tls = ServerTls.open(config.tls());
    }
    ServerBuilder<?> builder = GrpcNetty.serverBuilder(config, tls, port);
    builder
        .directExecutor()
        .decompressorRegistry(MessageCodec.DECOMPRESSORS)
        .addStreamTracerFactory(StreamCharge.factory(budget, GrpcNetty.SERVER_WINDOW_BYTES));
    methods.forEach((name, handler) -> builder.addService(service(name, handler)));
    Server started = bound(builder.build());
    server = started;
    listening = true;
    slowCallsTimer = GrpcNetty.every(config.pace().checkInterval(), slowCalls::end);
    address = (InetSocketAddress) started.getListenSockets().getFirst();
    return address;
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public boolean offer() {
    boolean isShared = port.share();
    if (isShared) {
      OfferedPorts.add(address);
    }
    return isShared;
  }

  @Override
  public void withdraw() {
    OfferedPorts.remove(address);
  }

  @Override
  public void close() {
    closing = true;
    if (tls != null) {
      tls.close();
    }
    if (server != null) {
      server.shutdown();
    }
  }

  private Server bound(Server unbound) throws CannotListenException {
    try {
      return unbound.start();
    } catch (IOException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new CannotListenException("gRPC", config.address(), cause);
    }
  }

  /**
   * Takes no new connections and calls, waits for calls under way, then closes what is left. Does
   * nothing when not started, or the second time.
   */
  public void shutdown(Duration grace) {
    close();
    Server started = server;
    if (started == null) {
      return;
    }
    server = null;
    if (slowCallsTimer != null) {
      slowCallsTimer.cancel(false);
    }
    if (!terminated(started, grace)) {
      started.shutdownNow();
      terminated(started, FORCE);
    }
  }

  GrpcServerConfig config() {
    return config;
  }

  ByteBudget budget() {
    return budget;
  }

  SlowCalls slowCalls() {
    return slowCalls;
  }

  private ServerServiceDefinition service(String method, UnaryHandler handler) {
    return ServerServiceDefinition.builder(method.substring(0, method.indexOf('/')))
        .addMethod(RawMethod.of(method), callHandler(handler))
        .build();
  }

  private ServerCallHandler<InputStream, InputStream> callHandler(UnaryHandler handler) {
    return (ServerCall<InputStream, InputStream> call, Metadata headers) -> {
      InboundCall inbound = new InboundCall(call, headers, handler, this);
      inbound.start();
      return inbound;
    };
  }

  /** Also called when the address could not be bound, which {@link #start} says. */
  private void listenerClosed() {
    if (listening && !closing) {
      fatal.accept(new IOException("gRPC listener on " + config.address() + " closed"));
    }
  }

  private static boolean terminated(Server server, Duration grace) {
    try {
      return server.awaitTermination(grace.toNanos(), NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
