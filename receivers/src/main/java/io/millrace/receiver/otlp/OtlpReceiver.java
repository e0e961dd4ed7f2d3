package io.millrace.receiver.otlp;

import io.millrace.component.ComponentContext;
import io.millrace.component.Door;
import io.millrace.component.Receiver;
import io.millrace.pdata.Signal;
import io.millrace.receiver.otlp.OtlpReceiverConfig.Grpc;
import io.millrace.receiver.otlp.OtlpReceiverConfig.Http;
import io.millrace.receiver.otlp.OtlpReceiverConfig.Protocols;
import io.millrace.transport.ListenAddress;
import io.millrace.transport.grpc.GrpcServer;
import io.millrace.transport.grpc.GrpcServerConfig;
import io.millrace.transport.grpc.UnaryHandler;
import io.millrace.transport.http.HttpHandler;
import io.millrace.transport.http.HttpServer;
import io.millrace.transport.http.HttpServerConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The receiver's life: binds its listeners, all or none, and closes them.
 *
 * <p>Confined to the control thread.
 */
final class OtlpReceiver implements Receiver {
  private static final Logger logger = LoggerFactory.getLogger(OtlpReceiver.class);
  private static final Duration GRACE = Duration.ofSeconds(4);
  private static final int MIB = 1 << 20;

  private final ComponentContext context;
  private final Door door;
  private final @Nullable Grpc grpc;
  private final @Nullable Http http;
  private final List<InetSocketAddress> boundAddresses = new ArrayList<>();
  private @Nullable GrpcServer grpcServer;
  private @Nullable HttpServer httpServer;

  OtlpReceiver(ComponentContext context, Protocols protocols, Door door) {
    this.context = context;
    this.door = door;
    grpc = protocols.grpc();
    http = protocols.http();
  }

  @Override
  public void start() throws IOException {
    try {
      if (grpc != null) {
        startGrpc(grpc);
      }
      if (http != null) {
        startHttp(http);
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
    if (grpcServer != null) {
      grpcServer.shutdown(GRACE);
    }
  }

  /** Returns where it listens, gRPC before HTTP; empty before the start. */
  List<InetSocketAddress> boundAddresses() {
    return List.copyOf(boundAddresses);
  }

  private void startGrpc(Grpc config) throws IOException {
    ListenAddress address = ListenAddress.parse(config.endpoint());
    Map<String, UnaryHandler> methods = new HashMap<>();
    for (Signal signal : signals()) {
      methods.put(
          OtlpGrpcService.method(signal),
          new OtlpGrpcService(signal, door, config.includeMetadata()));
    }
    grpcServer =
        new GrpcServer(
            new GrpcServerConfig(
                address.toSocketAddress(),
                config.maxRecvMsgSizeMib() * MIB,
                config.maxConcurrentStreams()),
            methods,
            door.budget(),
            context.fatal());
    announce("grpc", address, grpcServer.start());
  }

  private void startHttp(Http config) throws IOException {
    ListenAddress address = ListenAddress.parse(config.endpoint());
    Map<String, HttpHandler> routes = new HashMap<>();
    for (Signal signal : signals()) {
      routes.put(path(config, signal), new OtlpHttpHandler(signal, door, config.includeMetadata()));
    }
    HttpServerConfig defaults = HttpServerConfig.listenOn(address.toSocketAddress());
    httpServer =
        new HttpServer(
            new HttpServerConfig(
                defaults.address(),
                config.maxRequestBodySize(),
                defaults.connectionsMax(),
                defaults.patience()),
            routes,
            door.budget(),
            context.fatal());
    announce("http/protobuf", address, httpServer.start());
  }

  private List<Signal> signals() {
    return Arrays.stream(Signal.values()).filter(door::takes).toList();
  }

  private static String path(Http config, Signal signal) {
    return switch (signal) {
      case TRACES -> config.tracesUrlPath();
      case METRICS -> config.metricsUrlPath();
      case LOGS -> config.logsUrlPath();
      case PROFILES -> "/v1development/profiles";
    };
  }

  /** Says where it listens, and how to point an application at it. */
  private void announce(String protocol, ListenAddress configured, InetSocketAddress bound) {
    boundAddresses.add(bound);
    boolean isEverywhere = configured.isEverywhere();
    String host = isEverywhere ? "localhost" : configured.host();
    logger.info(
        "{} listens on {}; to send: OTEL_EXPORTER_OTLP_ENDPOINT=http://{}"
            + " OTEL_EXPORTER_OTLP_PROTOCOL={}",
        context.id(),
        bound,
        new ListenAddress(host, bound.getPort()),
        protocol);
    if (isEverywhere) {
      logger.warn(
          "{} accepts from every interface on port {}; bind localhost unless others must reach it",
          context.id(),
          bound.getPort());
    }
  }
}
