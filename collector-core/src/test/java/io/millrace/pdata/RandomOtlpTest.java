package io.millrace.pdata;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RandomOtlpTest {
  private static final int SEEDS = 500;

  @ParameterizedTest
  @EnumSource(Signal.class)
  void oddWireFormParsesIntoTheSameMessage(Signal signal) throws InvalidProtocolBufferException {
    var parser =
        DiscardUnknownFieldsParser.wrap(RandomOtlp.emptyRequest(signal).getParserForType());
    int odd = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      RandomOtlp random = new RandomOtlp(seed);
      Message request = random.request(signal, seed % 60);
      byte[] bytes = random.bytes(request);
      assertThat(parser.parseFrom(bytes)).as("seed %d", seed).isEqualTo(request);
      odd += Arrays.equals(bytes, request.toByteArray()) ? 0 : 1;
    }
    assertThat(odd).isGreaterThan(SEEDS / 2);
  }

  @ParameterizedTest
  @EnumSource(Signal.class)
  void everyFieldOccurs(Signal signal) {
    Set<FieldDescriptor> missing = new HashSet<>();
    Set<FieldDescriptor> seen = new HashSet<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      collect(new RandomOtlp(seed).request(signal, seed % 200), seen, missing);
    }
    missing.removeAll(seen);
    missing.removeIf(f -> signal != Signal.PROFILES && f.getName().endsWith("strindex"));
    assertThat(missing).isEmpty();
  }

  @Test
  void equalSeedsGiveEqualRequests() {
    assertThat(new RandomOtlp(7).traces(50)).isEqualTo(new RandomOtlp(7).traces(50));
    assertThat(new RandomOtlp(7).traces(50)).isNotEqualTo(new RandomOtlp(8).traces(50));
  }

  private static void collect(
      Message message, Set<FieldDescriptor> seen, Set<FieldDescriptor> missing) {
    missing.addAll(message.getDescriptorForType().getFields());
    message
        .getAllFields()
        .forEach((field, value) -> {
          seen.add(field);
          if (value instanceof Message child) {
            collect(child, seen, missing);
          } else if (value instanceof Iterable<?> children) {
            children.forEach(c -> collectChild(c, seen, missing));
          }
        });
  }

  private static void collectChild(
      Object child, Set<FieldDescriptor> seen, Set<FieldDescriptor> missing) {
    if (child instanceof Message message) {
      collect(message, seen, missing);
    }
  }
}
