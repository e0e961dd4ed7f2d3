package io.millrace.exporter.otlpgrpc;

import static java.util.Objects.requireNonNull;

import io.millrace.exporter.sending.Authorizer;
import io.millrace.exporter.sending.OtlpResponse;
import io.millrace.exporter.sending.SendCallback;
import io.millrace.exporter.sending.SendResult;
import io.millrace.exporter.sending.Sender;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Signal;
import io.millrace.transport.grpc.GrpcClient;
import io.millrace.transport.grpc.GrpcClientConfig;
import io.millrace.transport.grpc.GrpcCode;
import io.millrace.transport.grpc.UnaryResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes one unary call per batch and reads the answer by OTLP's table.
 *
 * <p>Source: OTLP specification 1.11, failures and throttling of OTLP/gRPC. Thread safe.
 */
final class GrpcSender implements Sender {
  /** What grpc-go, grpc-java and Millrace say of a message over their limit. */
  private static final List<String> SIZE_WORDS =
      List.of("larger than max", "exceeds maximum", "message: over");

  /** What Tempo says of a tenant's rate, local or global. */
  private static final Pattern RATE =
      Pattern.compile(
          "ingestion rate limit \\((?:local: )?(?<rate>[0-9]+) bytes.*"
              + "exceeded while adding (?<bytes>[0-9]+) bytes");

  private static final int DIGITS_MAX = 18;

  private final GrpcClientConfig config;
  private final Authorizer authorizer;
  private final String method;
  private volatile @Nullable GrpcClient client;

  GrpcSender(GrpcClientConfig config, Authorizer authorizer, Signal signal) {
    this.config = config;
    this.authorizer = authorizer;
    this.method = method(signal);
  }

  private static String method(Signal signal) {
    return "opentelemetry.proto.collector."
        + switch (signal) {
          case TRACES -> "trace.v1.TraceService/Export";
          case METRICS -> "metrics.v1.MetricsService/Export";
          case LOGS -> "logs.v1.LogsService/Export";
          case PROFILES -> "profiles.v1development.ProfilesService/Export";
        };
  }

  @Override
  public void start() throws IOException {
    client = new GrpcClient(config);
  }

  @Override
  public void shutdown() {
    GrpcClient started = client;
    if (started != null) {
      started.close();
    }
  }

  @Override
  public ContextKeys reads() {
    return authorizer.reads();
  }

  @Override
  public void send(OtlpBatch batch, long timeoutNanos, SendCallback callback) {
    send(batch, Map.of(), timeoutNanos, callback, Answer::new);
  }

  /**
   * Makes one attempt with headers that win over the authenticator's, as those do over the
   * configured ones.
   *
   * @param answer makes what reads the answer, of what is to be told the result
   */
  void send(
      OtlpBatch batch,
      Map<String, String> headers,
      long timeoutNanos,
      SendCallback callback,
      Function<SendCallback, UnaryResponse> answer) {
    GrpcClient started = requireNonNull(client, "not started");
    authorizer.authorize(
        batch.context(),
        callback,
        (credentials, authorized) ->
            started.call(
                method,
                batch.bytes(),
                batch.offset(),
                batch.length(),
                merged(credentials, headers),
                timeoutNanos,
                answer.apply(authorized)));
  }

  private static Map<String, String> merged(Map<String, String> some, Map<String, String> winning) {
    if (some.isEmpty()) {
      return winning;
    }
    Map<String, String> merged = new HashMap<>(some);
    merged.putAll(winning);
    return merged;
  }

  private record Answer(SendCallback callback) implements UnaryResponse {
    @Override
    public void succeeded(byte[] message) {
      callback.finished(OtlpResponse.read(message));
    }

    @Override
    public void failed(GrpcCode code, String message, long retryAfterNanos) {
      callback.finished(classify(code, message, retryAfterNanos));
    }
  }

  static SendResult classify(GrpcCode code, String message, long retryAfterNanos) {
    String reason = message.isEmpty() ? code.name() : code + ": " + message;
    return switch (code) {
      case CANCELLED, DEADLINE_EXCEEDED, ABORTED, OUT_OF_RANGE, UNAVAILABLE, DATA_LOSS ->
          new SendResult.Retryable(reason, retryAfterNanos);
      case UNAUTHENTICATED, PERMISSION_DENIED -> new SendResult.Held(reason);
      case UNIMPLEMENTED -> new SendResult.Unserved(reason);
      case RESOURCE_EXHAUSTED -> exhausted(message, reason, retryAfterNanos);
      default -> new SendResult.Permanent(reason);
    };
  }

  /** With a hint it is overload, without one a limit; gRPC's libraries use it for size alone. */
  private static SendResult exhausted(String message, String reason, long retryAfterNanos) {
    if (isOverRate(message)) {
      return new SendResult.TooLarge(reason);
    }
    if (retryAfterNanos > 0) {
      return new SendResult.Retryable(reason, retryAfterNanos);
    }
    boolean isSize = SIZE_WORDS.stream().anyMatch(message::contains);
    return isSize ? new SendResult.TooLarge(reason) : new SendResult.Permanent(reason);
  }

  /** A request of more than Tempo takes in a second may come again in vain, whatever the hint. */
  private static boolean isOverRate(String message) {
    Matcher matcher = RATE.matcher(message);
    return matcher.find()
        && matcher.group("bytes").length() <= DIGITS_MAX
        && matcher.group("rate").length() <= DIGITS_MAX
        && Long.parseLong(matcher.group("bytes")) > Long.parseLong(matcher.group("rate"));
  }
}
