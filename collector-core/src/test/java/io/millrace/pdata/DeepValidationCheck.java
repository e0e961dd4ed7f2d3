package io.millrace.pdata;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.wire.MalformedWireException;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Compares deep validation with protobuf-java on one range of bytes. Thread safe. */
final class DeepValidationCheck {
  private DeepValidationCheck() {}

  /**
   * Scenario: the same bytes are given to deep validation, framing and protobuf-java.
   *
   * <p>Guarantees: deep validation accepts exactly what protobuf-java accepts after the repair, but
   * for the deliberate exceptions; accepted requests have the same number of items for all three;
   * the repaired request is what protobuf-java reads from the original with the text repaired.
   *
   * @return whether deep validation accepted
   */
  static boolean check(Signal signal, byte[] original) throws IOException {
    byte[] bytes = original.clone();
    Validated validated = validate(signal, bytes);
    Optional<Integer> expectedItems = ProtobufOracle.items(signal, original);
    if (validated == null) {
      assertThat(expectedItems.isEmpty() || !ReferenceWalk.of(signal, original).reasons().isEmpty())
          .as(() -> "refused for a reason: " + HexFormat.of().formatHex(original))
          .isTrue();
      return false;
    }
    assertThat(expectedItems)
        .as(() -> "" + HexFormat.of().formatHex(original))
        .contains(validated.items());
    ReferenceWalk walk = ReferenceWalk.of(signal, original);
    assertThat(walk.reasons()).as(() -> "" + HexFormat.of().formatHex(original)).isEmpty();
    assertThat(OtlpValidator.framing(signal, original, 0, original.length))
        .as(() -> "framing of: " + HexFormat.of().formatHex(original))
        .isEqualTo(new Validated(validated.items(), 0));
    assertThat(bytes)
        .as(() -> "repair of: " + HexFormat.of().formatHex(original))
        .isEqualTo(walk.repaired());
    assertThat(validated.repairedBytes())
        .as(() -> "" + HexFormat.of().formatHex(original))
        .isEqualTo(differences(original, bytes));
    assertThat(ProtobufOracle.accepts(signal, bytes))
        .as(() -> "" + HexFormat.of().formatHex(original))
        .isTrue();
    return true;
  }

  private static int differences(byte[] original, byte[] repaired) {
    return (int)
        IntStream.range(0, original.length).filter(i -> original[i] != repaired[i]).count();
  }

  private static @Nullable Validated validate(Signal signal, byte[] bytes) {
    try {
      return OtlpValidator.deep(signal, bytes, 0, bytes.length);
    } catch (MalformedWireException e) {
      assertThat(e.offset()).isBetween(0, bytes.length);
      return null;
    }
  }
}
