package io.millrace.processor.probabilisticsampler;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The sampler once more, plainly: objects of protobuf-java, strings, regular expressions and exact
 * arithmetic. Shares nothing with the code under test but the configuration.
 */
final class ReferenceSampler {
  private static final BigInteger ALL = BigInteger.ONE.shiftLeft(56);
  private static final BigInteger MAX = ALL.subtract(BigInteger.ONE);
  private static final Pattern MEMBER =
      Pattern.compile(
          "(?:[a-z][a-z0-9_*/-]{0,255}|[a-z0-9][a-z0-9_*/-]{0,240}@[a-z][a-z0-9_*/-]{0,13})"
              + "=[ -+\\--<>-~]{0,255}[!-+\\--<>-~]");
  private static final Pattern OT =
      Pattern.compile("[a-z][a-z0-9]*:[a-zA-Z0-9._-]*(;[a-z][a-z0-9]*:[a-zA-Z0-9._-]*)*");

  /** What a record says of sampling. */
  private static final class Item {
    boolean isMalformed;
    String rv = "";
    String th = "";
    BigInteger randomness = MAX;
    boolean isMissing = true;
    boolean isFrozen;
  }

  private final ProbabilisticSamplerConfig config;

  ReferenceSampler(ProbabilisticSamplerConfig config) {
    this.config = config;
  }

  ExportTraceServiceRequest sample(ExportTraceServiceRequest request) {
    ExportTraceServiceRequest.Builder out = request.toBuilder().clearResourceSpans();
    for (ResourceSpans resource : request.getResourceSpansList()) {
      ResourceSpans.Builder newResource = resource.toBuilder().clearScopeSpans();
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        ScopeSpans.Builder newScope = scope.toBuilder().clearSpans();
        for (Span span : scope.getSpansList()) {
          sample(span).ifPresent(newScope::addSpans);
        }
        if (newScope.getSpansCount() > 0) {
          newResource.addScopeSpans(newScope);
        }
      }
      if (newResource.getScopeSpansCount() > 0) {
        out.addResourceSpans(newResource);
      }
    }
    if (out.getResourceSpansCount() == 0) {
      return ExportTraceServiceRequest.getDefaultInstance();
    }
    return out.build();
  }

  ExportLogsServiceRequest sample(ExportLogsServiceRequest request) {
    ExportLogsServiceRequest.Builder out = request.toBuilder().clearResourceLogs();
    for (ResourceLogs resource : request.getResourceLogsList()) {
      ResourceLogs.Builder newResource = resource.toBuilder().clearScopeLogs();
      for (ScopeLogs scope : resource.getScopeLogsList()) {
        ScopeLogs.Builder newScope = scope.toBuilder().clearLogRecords();
        for (LogRecord log : scope.getLogRecordsList()) {
          sample(log).ifPresent(newScope::addLogRecords);
        }
        if (newScope.getLogRecordsCount() > 0) {
          newResource.addScopeLogs(newScope);
        }
      }
      if (newResource.getScopeLogsCount() > 0) {
        out.addResourceLogs(newResource);
      }
    }
    if (out.getResourceLogsCount() == 0) {
      return ExportLogsServiceRequest.getDefaultInstance();
    }
    return out.build();
  }

  private Optional<Span> sample(Span span) {
    Item item = new Item();
    Map<String, String> vendors = new LinkedHashMap<>();
    List<String> others = new ArrayList<>();
    parse(span.getTraceState(), item, vendors, others);
    byte[] id = span.getTraceId().toByteArray();
    boolean hasId = new BigInteger(1, id).signum() != 0;
    switch (mode(false)) {
      case "never" -> use(item, MAX);
      case "hash_seed" -> {
        if (hasId) {
          use(item, hashed(id));
        }
        freezeIfMarked(item);
        if (!item.isFrozen && !item.isMalformed) {
          item.rv = hex(item.randomness);
        }
      }
      default -> {
        if (!item.rv.isEmpty()) {
          use(item, new BigInteger(item.rv, 16));
        } else if (hasId && !item.isMalformed) {
          use(item, new BigInteger(1, id).and(MAX));
        }
      }
    }
    Double priority = priority(span);
    BigInteger threshold = threshold(item, false);
    if (priority != null) {
      threshold = priority == 0 ? ALL : BigInteger.ZERO;
    }
    if (threshold.compareTo(item.randomness) > 0) {
      return Optional.empty();
    }
    if (item.isMalformed || item.isFrozen) {
      return Optional.of(span);
    }
    raise(item, threshold);
    return Optional.of(span.toBuilder().setTraceState(print(item, vendors, others)).build());
  }

  private Optional<LogRecord> sample(LogRecord log) {
    Item item = new Item();
    item.rv = string(log, "sampling.randomness");
    item.th = string(log, "sampling.threshold");
    item.isMalformed =
        !(item.rv.isEmpty() || item.rv.matches("[0-9a-fA-F]{14}"))
            || !(item.th.isEmpty() || item.th.matches("[0-9a-fA-F]{1,14}"));
    boolean isNewRandomness = false;
    byte[] id = log.getTraceId().toByteArray();
    boolean hasId = new BigInteger(1, id).signum() != 0;
    switch (mode(true)) {
      case "never" -> use(item, MAX);
      case "hash_seed" -> {
        if (hasId && config.attributeSource().equals("traceID")) {
          use(item, hashed(id));
        } else if (hashable(log).length > 0) {
          use(item, hashed(hashable(log)));
        }
        freezeIfMarked(item);
        if (!item.isFrozen && !item.isMalformed && !item.isMissing) {
          item.rv = hex(item.randomness);
          isNewRandomness = true;
        }
      }
      default -> {
        if (item.isMalformed) {
          break;
        }
        if (!item.rv.isEmpty()) {
          use(item, new BigInteger(item.rv, 16));
        } else if (hasId) {
          use(item, new BigInteger(1, id).and(MAX));
        }
      }
    }
    BigInteger threshold = threshold(item, true);
    double share = percentage(log) / 100;
    if (share >= 0x1p-56 && share <= 1) {
      threshold = exact(share, config.samplingPrecision());
    }
    if (threshold.compareTo(item.randomness) > 0) {
      return Optional.empty();
    }
    LogRecord.Builder out = log.toBuilder();
    if (!item.isMalformed && !item.isFrozen) {
      if (isNewRandomness) {
        put(out, "sampling.randomness", item.rv);
      }
      if (raise(item, threshold)) {
        put(out, "sampling.threshold", item.th);
      }
    }
    return Optional.of(out.build());
  }

  private String mode(boolean isLogs) {
    float percentage = (float) config.samplingPercentage();
    boolean isHash = config.modeFor(isLogs) == SamplerMode.HASH_SEED;
    if (percentage == 0 || (isHash && rate() == 0)) {
      return "never";
    }
    return config.modeFor(isLogs).name().toLowerCase(Locale.ROOT);
  }

  private int rate() {
    return (int) (Math.min((float) config.samplingPercentage(), 100f) * 163.84f);
  }

  private static void use(Item item, BigInteger randomness) {
    item.randomness = randomness;
    item.isMissing = false;
  }

  private static void freezeIfMarked(Item item) {
    item.isFrozen = !item.rv.isEmpty() || !item.th.isEmpty();
  }

  private BigInteger threshold(Item item, boolean isLogs) {
    boolean isFaulty = item.isMalformed || item.isFrozen || item.isMissing;
    if (!isFaulty && !item.th.isEmpty() && value(item.th).compareTo(item.randomness) > 0) {
      item.th = "";
      isFaulty = true;
    }
    if (isFaulty) {
      return config.failClosed() ? ALL : BigInteger.ZERO;
    }
    double ratio = (double) Math.min((float) config.samplingPercentage(), 100f) / 100;
    BigInteger incoming = item.th.isEmpty() ? BigInteger.ZERO : value(item.th);
    return switch (mode(isLogs)) {
      case "never" -> ALL;
      case "hash_seed" -> BigInteger.valueOf(16384 - rate()).shiftLeft(42);
      case "equalizing" -> exact(ratio, config.samplingPrecision()).max(incoming);
      default -> {
        double before = ALL.subtract(incoming).doubleValue() / ALL.doubleValue();
        yield before * ratio < 0x1p-56 ? ALL : exact(before * ratio, config.samplingPrecision());
      }
    };
  }

  /** Rounds half up at the digit that precision and the leading 0s or fs ask for. */
  private static BigInteger exact(double probability, int precision) {
    BigDecimal share = new BigDecimal(probability);
    BigInteger kept =
        share.multiply(new BigDecimal(ALL)).setScale(0, RoundingMode.HALF_UP).toBigInteger();
    BigInteger threshold = ALL.subtract(kept);
    int leading = Math.max(leading(probability), leading(1 - probability));
    int cut = 4 * (14 - Math.min(14, precision + leading));
    if (cut == 0 || probability == 1) {
      return threshold;
    }
    return threshold.add(BigInteger.ONE.shiftLeft(cut - 1)).shiftRight(cut).shiftLeft(cut);
  }

  /** Counts how often a fraction can be multiplied by 16 and stay below 1. */
  private static int leading(double fraction) {
    int count = 0;
    for (double rest = fraction; rest > 0 && rest * 16 < 1; rest *= 16) {
      count++;
    }
    return count;
  }

  private BigInteger hashed(byte[] bytes) {
    BigInteger prime = BigInteger.valueOf(16777619);
    BigInteger mask = BigInteger.ONE.shiftLeft(32).subtract(BigInteger.ONE);
    BigInteger hash = BigInteger.valueOf(2166136261L);
    byte[] all = new byte[4 + bytes.length];
    for (int i = 0; i < 4; i++) {
      all[i] = (byte) (config.hashSeed() >> (8 * i));
    }
    System.arraycopy(bytes, 0, all, 4, bytes.length);
    for (byte b : all) {
      hash = hash.xor(BigInteger.valueOf(b & 0xff)).multiply(prime).and(mask);
    }
    long bucket = hash.longValue() % 16384;
    long top = hash.longValue() / 262144;
    return BigInteger.valueOf(16383 - bucket)
        .shiftLeft(42)
        .or(BigInteger.valueOf(top ^ (top * 1024)).shiftLeft(14))
        .or(BigInteger.valueOf(bucket));
  }

  private static boolean raise(Item item, BigInteger threshold) {
    if (!item.th.isEmpty() && value(item.th).compareTo(threshold) > 0) {
      return false;
    }
    String digits = hex(threshold).replaceFirst("0+$", "");
    item.th = digits.isEmpty() ? "0" : digits;
    return true;
  }

  private static BigInteger value(String th) {
    return new BigInteger((th + "00000000000000").substring(0, 14), 16);
  }

  private static String hex(BigInteger number) {
    String digits = number.toString(16);
    return "0".repeat(14 - digits.length()) + digits;
  }

  private static void parse(
      String text, Item item, Map<String, String> vendors, List<String> others) {
    item.isMalformed = text.length() > 1024;
    int index = 0;
    for (String raw : text.isEmpty() ? new String[0] : text.split(",", 0)) {
      String member = raw.replaceAll("^[ \t]+|[ \t]+$", "");
      if (member.isEmpty()) {
        continue;
      }
      if (!MEMBER.matcher(member).matches()) {
        item.isMalformed = true;
      } else if (member.startsWith("ot=")) {
        item.rv = "";
        item.th = "";
        others.clear();
        parseOt(member.substring(3), item, others);
      } else {
        vendors.put(member + "#" + index++, member);
      }
    }
    if (item.isMalformed) {
      item.rv = "";
      item.th = "";
    }
  }

  private static void parseOt(String text, Item item, List<String> others) {
    if (!OT.matcher(text).matches()) {
      item.isMalformed = true;
      return;
    }
    for (String pair : text.split(";", -1)) {
      String value = pair.substring(pair.indexOf(':') + 1);
      if (pair.startsWith("rv:")) {
        item.isMalformed |= !value.matches("[0-9a-fA-F]{14}");
        item.rv = value;
      } else if (pair.startsWith("th:")) {
        item.isMalformed |= !value.matches("[0-9a-fA-F]{1,14}");
        item.th = value;
      } else {
        others.add(pair);
      }
    }
  }

  private static String print(Item item, Map<String, String> vendors, List<String> others) {
    List<String> ot = new ArrayList<>();
    if (!item.rv.isEmpty()) {
      ot.add("rv:" + item.rv);
    }
    if (!item.th.isEmpty()) {
      ot.add("th:" + item.th);
    }
    ot.addAll(others);
    List<String> members = new ArrayList<>(vendors.values());
    members.addFirst("ot=" + String.join(";", ot));
    return String.join(",", members);
  }

  private static @Nullable Double priority(Span span) {
    for (KeyValue attribute : span.getAttributesList()) {
      if (attribute.getKey().equals("sampling.priority")) {
        double number =
            switch (attribute.getValue().getValueCase()) {
              case INT_VALUE -> attribute.getValue().getIntValue();
              case DOUBLE_VALUE -> attribute.getValue().getDoubleValue();
              case STRING_VALUE -> parse(attribute.getValue().getStringValue());
              default -> -1;
            };
        return number >= 0 ? number : null;
      }
    }
    return null;
  }

  private static double parse(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static String string(LogRecord log, String key) {
    return find(log, key).map(AnyValue::getStringValue).orElse("");
  }

  private static Optional<AnyValue> find(LogRecord log, String key) {
    return log.getAttributesList().stream()
        .filter(attribute -> attribute.getKey().equals(key))
        .findFirst()
        .map(KeyValue::getValue);
  }

  private byte[] hashable(LogRecord log) {
    return find(log, config.fromAttribute())
        .map(value ->
            switch (value.getValueCase()) {
              case STRING_VALUE -> value.getStringValue().getBytes(StandardCharsets.UTF_8);
              case BYTES_VALUE -> value.getBytesValue().toByteArray();
              case INT_VALUE -> (value.getIntValue() + "").getBytes(StandardCharsets.UTF_8);
              case BOOL_VALUE -> (value.getBoolValue() + "").getBytes(StandardCharsets.UTF_8);
              default -> new byte[0];
            })
        .orElse(new byte[0]);
  }

  private double percentage(LogRecord log) {
    return find(log, config.samplingPriority())
        .map(value -> value.hasIntValue() ? value.getIntValue() : value.getDoubleValue())
        .orElse(0.0);
  }

  private static void put(LogRecord.Builder log, String key, String text) {
    AnyValue value = AnyValue.newBuilder().setStringValue(text).build();
    for (KeyValue.Builder attribute : log.getAttributesBuilderList()) {
      if (attribute.getKey().equals(key)) {
        attribute.setValue(value);
        return;
      }
    }
    log.addAttributes(KeyValue.newBuilder().setKey(key).setValue(value));
  }
}
