package io.millrace.receiver.otlp;

import io.millrace.component.ComponentContext;
import io.millrace.component.Door;
import io.millrace.component.Listener;
import io.millrace.component.Receiver;
import io.millrace.pdata.Signal;
import io.millrace.receiver.otlp.OtlpReceiverConfig.Grpc;
import io.millrace.receiver.otlp.OtlpReceiverConfig.Http;
import io.millrace.receiver.otlp.OtlpReceiverConfig.Protocols;
import io.millrace.telemetry.Counter;
import io.millrace.transport.ListenAddress;
import io.millrace.transport.MiddlewareConfig;
import io.millrace.transport.ServerAuthConfig;
import io.millrace.transport.ServerGuard;
import io.millrace.transport.ServerTlsConfig;
import io.millrace.transport.grpc.GrpcServer;
import io.millrace.transport.grpc.UnaryHandler;
import io.millrace.transport.http.HttpHandler;
import io.millrace.transport.http.HttpServer;
import io.millrace.transport.http.HttpServerConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Binds both listeners or none, and ends them again. Confined to the control thread. */
final class OtlpReceiver implements Receiver {
  private static final Logger LOG = LoggerFactory.getLogger(OtlpReceiver.class);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final ComponentContext context;
  private final Protocols protocols;
  private final Door door;
  private final ServerGuard grpcGuard;
  private final ServerGuard httpGuard;
  private @Nullable GrpcServer grpcServer;
  private @Nullable HttpServer httpServer;
  private final JsonConversions conversions = new JsonConversions();

  OtlpReceiver(ComponentContext context, Protocols protocols, Door door) {
    this.context = context;
    this.protocols = protocols;
    this.door = door;
    Grpc grpc = protocols.grpc();
    grpcGuard = grpc == null ? ServerGuard.NONE : guard(grpc.auth(), grpc.middlewares());
    Http http = protocols.http();
    httpGuard = http == null ? ServerGuard.NONE : guard(http.auth(), http.middlewares());
  }

  @Override
  public void start() throws IOException {
    try {
      if (protocols.grpc() != null) {
        startGrpc(protocols.grpc());
      }
      if (protocols.http() != null) {
        startHttp(protocols.http());
      }
    } catch (IOException e) {
      shutdown();
      throw e;
    }
  }

  @Override
  public void shutdown() {
    if (httpServer != null) {
      httpServer.shutdown(GRACE);
    }
    conversions.close();
    if (grpcServer != null) {
      grpcServer.shutdown(GRACE);
    }
  }

  @Override
  public List<Listener> listeners() {
    List<Listener> listeners = new ArrayList<>();
    if (grpcServer != null) {
      listeners.add(grpcServer);
    }
    if (httpServer != null) {
      listeners.add(httpServer);
    }
    return listeners;
  }

  /** The port bound for gRPC; 0 when there is none. */
  int grpcPort() {
    return grpcServer == null ? 0 : grpcServer.address().getPort();
  }

  /** The port bound for HTTP; 0 when there is none. */
  int httpPort() {
    return httpServer == null ? 0 : httpServer.address().getPort();
  }

  private void startGrpc(Grpc config) throws IOException {
    InetSocketAddress address = resolve(config.endpoint());
    Map<String, UnaryHandler> services = new HashMap<>();
    for (Signal signal : Signal.values()) {
      if (door.takes(signal)) {
        services.put(
            OtlpGrpcService.method(signal),
            new OtlpGrpcService(signal, door, config.includeMetadata(), grpcGuard));
      }
    }
    GrpcServer server =
        new GrpcServer(
            config.listenOn(address),
            TimedUnaryHandler.all(services, context),
            door.budget(),
            context.fatal());
    grpcServer = server;
    report("grpc", config.endpoint(), config.tls(), server.start());
  }

  private void startHttp(Http config) throws IOException {
    HttpServerConfig listen = config.listenOn(resolve(config.endpoint()));
    Map<String, HttpHandler> routes = new HashMap<>();
    for (Signal signal : Signal.values()) {
      if (door.takes(signal)) {
        routes.put(
            OtlpHttpHandler.path(signal, config),
            new OtlpHttpHandler(
                signal, door, config, httpGuard, conversions, repairedBytes(signal)));
      }
    }
    if (config.cors().isUseless()) {
      LOG.warn("{}: cors has no effect without allowed_origins", context.id());
    }
    HttpServer server =
        new HttpServer(
            listen, TimedHttpHandler.all(routes, context), door.budget(), context.fatal());
    httpServer = server;
    report("http/protobuf", config.endpoint(), config.tls(), server.start());
  }

  private ServerGuard guard(@Nullable ServerAuthConfig auth, List<MiddlewareConfig> middlewares) {
    return ServerGuard.of(context.extensions(), auth, middlewares);
  }

  /** The door's counter of the same name: one number, whatever the format. */
  private Counter repairedBytes(Signal signal) {
    return context
        .metrics()
        .counter(
            "millrace_receiver_repaired_bytes_total",
            "Bytes of invalid UTF-8 that were overwritten by ? at the door.",
            "receiver",
            context.id().toString(),
            "signal",
            signal.id());
  }

  /** Says where it listens, and what makes an application with an SDK send there. */
  private void report(
      String protocol, String endpoint, @Nullable ServerTlsConfig tls, InetSocketAddress bound) {
    boolean isEverywhere = bound.getAddress().isAnyLocalAddress();
    String host = isEverywhere ? "localhost" : endpoint.substring(0, endpoint.lastIndexOf(':'));
    LOG.info(
        "{}: listening on {}; send with OTEL_EXPORTER_OTLP_ENDPOINT={}://{}:{}"
            + " OTEL_EXPORTER_OTLP_PROTOCOL={}",
        context.id(),
        endpoint,
        tls == null ? "http" : "https",
        host,
        bound.getPort(),
        protocol);
    if (isEverywhere) {
      LOG.warn("{}: {} is open to every network of this machine", context.id(), endpoint);
    }
  }

  private static InetSocketAddress resolve(String endpoint) throws UnknownHostException {
    ListenAddress listen = ListenAddress.parse(endpoint);
    if (listen == null || listen.resolve().isUnresolved()) {
      throw new UnknownHostException("endpoint: " + endpoint + " (expected: a known host)");
    }
    return listen.resolve();
  }
}
