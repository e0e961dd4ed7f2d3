package io.millrace.processor.probabilisticsampler;

import io.millrace.pdata.AnyValueView;
import io.millrace.pdata.AttributeEditor;
import io.millrace.pdata.AttributeView;
import io.millrace.pdata.ByteRange;
import io.millrace.pdata.EditedAttribute;
import io.millrace.pdata.LogRecordView;
import io.millrace.pdata.LogsTags.LogRecord;
import io.millrace.pdata.RangeCursor;
import io.millrace.pdata.Splice;
import io.millrace.processor.probability.Hex;
import io.millrace.processor.probability.Randomness;
import io.millrace.processor.probability.Threshold;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Log records carry sampling information in the attributes {@code sampling.threshold} and {@code
 * sampling.randomness}. Confined to the ring thread.
 */
final class LogCarrier implements Carrier {
  private static final byte[] THRESHOLD = ascii("sampling.threshold");
  private static final byte[] RANDOMNESS = ascii("sampling.randomness");

  private static final int RANDOMNESS_SLOT = 0;
  private static final int THRESHOLD_SLOT = 1;

  private final Sampler sampler;
  private final ProbabilisticSamplerConfig config;
  private final byte[] fromAttribute;
  private final byte[] priorityAttribute;
  private final LogRecordView log = new LogRecordView();
  private final AttributeView attribute = new AttributeView();
  private final AttributeEditor outcome =
      new AttributeEditor(List.of("sampling.randomness", "sampling.threshold"));
  private final byte[] digits = new byte[Threshold.DIGITS];
  private byte[] bytes = new byte[0];
  private int offset;
  private int length;

  LogCarrier(Sampler sampler, ProbabilisticSamplerConfig config) {
    this.sampler = sampler;
    this.config = config;
    this.fromAttribute = config.fromAttribute().getBytes(StandardCharsets.UTF_8);
    this.priorityAttribute = config.samplingPriority().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void read(byte[] source, int start, int size, Sampling into) {
    bytes = source;
    offset = start;
    length = size;
    log.wrap(source, start, size);
    into.isWritable = true;
    ByteRange thresholdText = text(THRESHOLD);
    boolean hasThreshold = !thresholdText.isEmpty();
    into.threshold = threshold(thresholdText);
    boolean isReadable = hasThreshold == (into.threshold != Threshold.NONE);
    ByteRange randomnessText = text(RANDOMNESS);
    boolean hasRandomness = !randomnessText.isEmpty();
    long randomness = randomness(randomnessText);
    isReadable &= hasRandomness == (randomness != Randomness.NONE);
    switch (sampler.kind()) {
      case NEVER -> into.use(Randomness.MAX, Policy.SAMPLING_PRIORITY);
      case HASH -> readHashed(hasRandomness, hasThreshold, into);
      case EQUALIZING, PROPORTIONAL -> readConsistent(randomness, isReadable, into);
    }
    if (!isReadable) {
      into.fail(Fault.UNREADABLE);
    }
  }

  private void readHashed(boolean hasRandomness, boolean hasThreshold, Sampling into) {
    int seed = (int) config.hashSeed();
    if (config.usesTraceId()) {
      into.use(HashedRandomness.ofTraceId(log.traceId(), seed), Policy.TRACE_ID_HASH);
    }
    if (into.isMissing()) {
      into.use(hashedAttribute(seed), Policy.ATTRIBUTE);
    }
    if (hasRandomness) {
      into.fail(Fault.RANDOMNESS_IN_USE);
    } else if (hasThreshold) {
      into.fail(Fault.THRESHOLD_IN_USE);
    } else {
      into.isNewRandomness = !into.isMissing();
    }
  }

  private void readConsistent(long randomness, boolean isReadable, Sampling into) {
    if (!isReadable) {
      return;
    }
    if (randomness != Randomness.NONE) {
      into.use(randomness, Policy.SAMPLING_RANDOMNESS);
    } else {
      into.use(Randomness.ofTraceId(log.traceId()), Policy.TRACE_ID_W3C);
    }
  }

  private long hashedAttribute(int seed) {
    if (fromAttribute.length == 0 || !find(fromAttribute)) {
      return Randomness.NONE;
    }
    AnyValueView value = attribute.value();
    return switch (value.kind()) {
      case STRING -> hash(value.stringValue(), seed);
      case BYTES -> hash(value.bytesValue(), seed);
      case INT, BOOL, DOUBLE -> {
        byte[] text = Numbers.print(value);
        yield text.length == 0 ? Randomness.NONE : HashedRandomness.of(text, 0, text.length, seed);
      }
      case NOT_SET, ARRAY, KVLIST, STRING_STRINDEX -> Randomness.NONE;
    };
  }

  private static long hash(ByteRange value, int seed) {
    return value.isEmpty()
        ? Randomness.NONE
        : HashedRandomness.of(value.bytes(), value.offset(), value.length(), seed);
  }

  private static long threshold(ByteRange text) {
    return Threshold.parse(text.bytes(), text.offset(), text.offset() + text.length());
  }

  private static long randomness(ByteRange text) {
    return text.length() == Threshold.DIGITS
        ? Hex.parse(text.bytes(), text.offset(), text.offset() + text.length())
        : Randomness.NONE;
  }

  /** Returns the text of an attribute, empty without one; lent until the next look. */
  private ByteRange text(byte[] key) {
    attribute.wrap(bytes, offset, 0);
    find(key);
    return attribute.value().stringValue();
  }

  /** Moves to the first attribute with the key; without one, stands at any other. */
  private boolean find(byte[] key) {
    RangeCursor attributes = log.attributes();
    while (attributes.next(attribute)) {
      if (attribute.key().contentEquals(key)) {
        return true;
      }
    }
    attribute.wrap(bytes, offset, 0);
    return false;
  }

  /** A record may ask for a percentage of its own, which then stands for the configured one. */
  @Override
  public long prioritized(long threshold, Sampling sampling) {
    if (priorityAttribute.length == 0 || !find(priorityAttribute)) {
      return threshold;
    }
    AnyValueView value = attribute.value();
    double probability =
        switch (value.kind()) {
          case INT -> value.intValue() / 100.0;
          case DOUBLE -> value.doubleValue() / 100.0;
          case NOT_SET, STRING, BOOL, ARRAY, KVLIST, BYTES, STRING_STRINDEX -> 0;
        };
    if (!(probability >= 0x1p-56 && probability <= 1)) {
      return threshold;
    }
    sampling.policy = Policy.SAMPLING_PRIORITY;
    return Threshold.ofProbability(probability, sampler.precision());
  }

  @Override
  public boolean isChanged(Sampling sampling) {
    if (!sampling.isWritable || sampling.isNewRandomness) {
      return sampling.isWritable;
    }
    return sampling.isNewThreshold && !says(sampling.threshold);
  }

  private boolean says(long threshold) {
    int length = Threshold.print(threshold, digits, 0);
    ByteRange text = text(THRESHOLD);
    int from = text.offset();
    return Arrays.equals(digits, 0, length, text.bytes(), from, from + text.length());
  }

  /** The outcome takes the place of the first attribute of its name; further ones go. */
  @Override
  public void write(Sampling sampling, Splice splice) {
    outcome.read(bytes, offset, length, LogRecord.ATTRIBUTES);
    if (sampling.isNewRandomness) {
      set(RANDOMNESS_SLOT, Hex.print(sampling.randomness, digits, 0));
    }
    if (sampling.isNewThreshold) {
      set(THRESHOLD_SLOT, Threshold.print(sampling.threshold, digits, 0));
    }
    outcome.write(splice);
  }

  private void set(int slot, int digitCount) {
    EditedAttribute attribute = outcome.findOrAppend(slot);
    outcome.setString(attribute, digits, 0, digitCount);
    outcome.removeBehind(attribute);
  }
}
