package io.millrace.distribution;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.millrace.pdata.Signal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.zip.GZIPOutputStream;

/** Sends any bytes as a request of any signal, one at a time. Confined to one thread. */
final class RequestSender implements AutoCloseable {
  private final ManagedChannel channel;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;

  RequestSender(RunningMillrace millrace) {
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", millrace.grpcPort()).usePlaintext().build();
    url = "http://127.0.0.1:" + millrace.httpPort() + "/v1/";
  }

  /** Returns {@code OK}, {@code INVALID_ARGUMENT} also for HTTP's 400, or what else it is. */
  String send(RequestWay way, Signal signal, byte[] request)
      throws IOException, InterruptedException {
    return way.isGrpc ? call(way, signal, request) : post(way, signal, request);
  }

  private String call(RequestWay way, Signal signal, byte[] request) {
    CallOptions options =
        way.isGzip ? CallOptions.DEFAULT.withCompression("gzip") : CallOptions.DEFAULT;
    try {
      ClientCalls.blockingUnaryCall(channel, method(signal), options, request);
      return Status.Code.OK.name();
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode().name();
    }
  }

  private String post(RequestWay way, Signal signal, byte[] request)
      throws IOException, InterruptedException {
    HttpRequest.Builder post =
        HttpRequest.newBuilder(URI.create(url + signal.id()))
            .header("Content-Type", way.isJson ? "application/json" : "application/x-protobuf")
            .POST(HttpRequest.BodyPublishers.ofByteArray(way.isGzip ? gzip(request) : request));
    if (way.isGzip) {
      post.header("Content-Encoding", "gzip");
    }
    int status = client.send(post.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    return switch (status) {
      case 200 -> Status.Code.OK.name();
      case 400 -> Status.Code.INVALID_ARGUMENT.name();
      default -> "HTTP " + status;
    };
  }

  private static MethodDescriptor<byte[], byte[]> method(Signal signal) {
    String service =
        switch (signal) {
          case TRACES -> "trace.v1.TraceService";
          case METRICS -> "metrics.v1.MetricsService";
          case LOGS -> "logs.v1.LogsService";
          case PROFILES -> "profiles.v1development.ProfilesService";
        };
    return RawSender.method("opentelemetry.proto.collector." + service + "/Export");
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(target)) {
      out.write(plain);
    }
    return target.toByteArray();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    client.shutdownNow();
  }
}
