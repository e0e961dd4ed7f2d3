package io.millrace.pdata;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.profiles.v1development.ExportProfilesServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.List;
import java.util.Random;

/**
 * A seeded generator of valid OTLP export requests, for tests that compare with protobuf-java.
 *
 * <p>It walks the published descriptors, so every field of every message occurs: present and
 * absent, several and empty resources and scopes, all five kinds of metric, nested and empty
 * values, repeated keys, non-ASCII text, unknown enum numbers, numbers at the ends of their range.
 * Profile-dictionary fields of the common messages are left out of the other signals. {@link
 * #bytes} renders a request in odd but legal wire forms. Equal seeds give equal requests; print the
 * seed in every failure. Confined to one thread.
 *
 * <pre>{@code
 * for (int seed = 0; seed < 1000; seed++) {
 *   RandomOtlp random = new RandomOtlp(seed);
 *   Message request = random.request(Signal.TRACES, seed % 60);
 *   byte[] odd = random.bytes(request);
 * }
 * }</pre>
 */
public final class RandomOtlp {
  /** Keeps values well inside the 32 levels that deep validation allows. */
  private static final int MAX_DEPTH = 40;

  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "http.method",
          "http.method",
          "k",
          "GET",
          "größe",
          "名前",
          "🙂",
          "\u0000",
          "naïve ");
  private static final long[] NUMBERS = {
    0, 1, -1, 127, 128, 300, 1L << 32, 1_700_000_000_000_000_000L, Long.MAX_VALUE, Long.MIN_VALUE
  };
  private static final double[] DOUBLES = {
    0.0, -0.0, 1.5, -273.15, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE, 1e300
  };

  private final Random random;

  public RandomOtlp(long seed) {
    random = new Random(seed * 0x9E3779B97F4A7C15L);
  }

  /** Returns an empty request of the signal, whose parser serves as the oracle. */
  public static Message emptyRequest(Signal signal) {
    return switch (signal) {
      case TRACES -> ExportTraceServiceRequest.getDefaultInstance();
      case METRICS -> ExportMetricsServiceRequest.getDefaultInstance();
      case LOGS -> ExportLogsServiceRequest.getDefaultInstance();
      case PROFILES -> ExportProfilesServiceRequest.getDefaultInstance();
    };
  }

  /**
   * Returns a random request.
   *
   * @param size roughly how many messages it consists of; 0 gives an empty request, and a loop that
   *     ramps it up meets small failures first
   */
  public Message request(Signal signal, int size) {
    return fill(emptyRequest(signal), size, 0, signal == Signal.PROFILES);
  }

  public ExportTraceServiceRequest traces(int size) {
    return (ExportTraceServiceRequest) request(Signal.TRACES, size);
  }

  public ExportMetricsServiceRequest metrics(int size) {
    return (ExportMetricsServiceRequest) request(Signal.METRICS, size);
  }

  public ExportLogsServiceRequest logs(int size) {
    return (ExportLogsServiceRequest) request(Signal.LOGS, size);
  }

  /**
   * Returns {@code message} in an odd but legal wire form that protobuf-java parses into an equal
   * message, apart from unknown fields (which {@code DiscardUnknownFieldsParser} leaves out).
   *
   * <p>Fields are in any order, singular messages are in several parts, scalars are overwritten by
   * later ones, numbers are packed and unpacked, varints are padded, and fields nobody knows are
   * strewn in: of all wire types, groups among them, and known numbers with a wrong wire type.
   */
  public byte[] bytes(Message message) {
    return new OddWireForm(random).bytes(message);
  }

  private Message fill(Message empty, int size, int depth, boolean dictionary) {
    Message.Builder builder = empty.newBuilderForType();
    Descriptor type = builder.getDescriptorForType();
    for (FieldDescriptor field : type.getFields()) {
      boolean skipped = !dictionary && field.getName().endsWith("strindex");
      if (field.getRealContainingOneof() == null && !skipped && random.nextInt(10) < 8) {
        set(builder, field, size, depth, dictionary);
      }
    }
    for (OneofDescriptor oneof : type.getRealOneofs()) {
      FieldDescriptor member = oneof.getField(random.nextInt(oneof.getFieldCount()));
      boolean skipped = !dictionary && member.getName().endsWith("strindex");
      if (!skipped && random.nextInt(10) < 9) {
        set(builder, member, size, depth, dictionary);
      }
    }
    return builder.build();
  }

  private void set(
      Message.Builder builder, FieldDescriptor field, int size, int depth, boolean dictionary) {
    boolean message = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    if (message && (size <= 0 || depth >= MAX_DEPTH)) {
      return;
    }
    int count = field.isRepeated() ? count(size) : 1;
    for (int i = 0; i < count; i++) {
      Object value =
          message
              ? fill(
                  builder.newBuilderForField(field).build(),
                  (size - 1) / count,
                  depth + 1,
                  dictionary)
              : scalar(field);
      if (field.isRepeated()) {
        builder.addRepeatedField(field, value);
      } else {
        builder.setField(field, value);
      }
    }
  }

  /** Mostly a few, sometimes one child for everything that is left. */
  private int count(int size) {
    return random.nextInt(random.nextInt(8) == 0 ? size + 2 : 4);
  }

  private Object scalar(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case STRING -> text();
      case BYTE_STRING -> ByteString.copyFrom(bytes(field.getName()));
      case BOOLEAN -> random.nextBoolean();
      case INT -> (int) number();
      case LONG -> number();
      case DOUBLE -> decimal();
      case FLOAT -> (float) decimal();
      case ENUM -> enumValue(field.getEnumType());
      case MESSAGE -> throw new IllegalArgumentException("field: " + field + " (expected: scalar)");
    };
  }

  private String text() {
    String text = TEXTS.get(random.nextInt(TEXTS.size()));
    return random.nextInt(12) == 0 ? text.repeat(random.nextInt(40)) : text;
  }

  private byte[] bytes(String fieldName) {
    int length =
        switch (fieldName) {
          case "trace_id", "profile_id" -> 16;
          case "span_id", "parent_span_id" -> 8;
          default -> random.nextInt(200);
        };
    byte[] bytes = new byte[random.nextInt(8) == 0 ? 0 : length];
    random.nextBytes(bytes);
    return bytes;
  }

  private long number() {
    return switch (random.nextInt(3)) {
      case 0 -> NUMBERS[random.nextInt(NUMBERS.length)];
      case 1 -> random.nextInt(20);
      default -> random.nextLong() >>> random.nextInt(64);
    };
  }

  private double decimal() {
    return random.nextBoolean() ? DOUBLES[random.nextInt(DOUBLES.length)] : random.nextGaussian();
  }

  private Object enumValue(EnumDescriptor type) {
    int number = random.nextInt(8) == 0 ? (int) number() : random.nextInt(type.getValues().size());
    return type.findValueByNumberCreatingIfUnknown(number);
  }
}
