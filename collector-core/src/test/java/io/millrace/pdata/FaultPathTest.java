package io.millrace.pdata;

import static io.millrace.pdata.RawFields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class FaultPathTest {
  /** A damaged message: its first field has no end. */
  private static final byte[] DAMAGE = Hex.bytes("08 80");

  /** Two of every repeated message are in front, so that the index tells something. */
  private static final int INDEX = 2;

  /**
   * Scenario: every message of OTLP is damaged in turn, wherever the descriptors let it occur; of
   * values in values one round is walked.
   *
   * <p>Guarantees: the path in the error is the one that the descriptors spell, so that no name in
   * {@link OtlpSchema} is missing, wrong or left over.
   */
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PROFILES")
  void namesEveryMessageAsTheDescriptorsDo(Signal signal) {
    List<List<FieldDescriptor>> paths = new ArrayList<>();
    collect(RandomOtlp.emptyRequest(signal).getDescriptorForType(), List.of(), paths);
    assertThat(paths).hasSizeGreaterThan(15);
    for (List<FieldDescriptor> path : paths) {
      byte[] request = damaged(path);
      String expected = spell(path) + ": byte " + (request.length - 1) + ": varint without an end";
      assertThatThrownBy(() -> OtlpValidator.deep(signal, request, 0, request.length))
          .hasMessageStartingWith(expected);
    }
  }

  private static void collect(
      Descriptor type, List<FieldDescriptor> path, List<List<FieldDescriptor>> paths) {
    for (FieldDescriptor field : type.getFields()) {
      if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE || isSecondRound(field, path)) {
        continue;
      }
      List<FieldDescriptor> longer = new ArrayList<>(path);
      longer.add(field);
      paths.add(longer);
      collect(field.getMessageType(), longer, paths);
    }
  }

  private static boolean isSecondRound(FieldDescriptor field, List<FieldDescriptor> path) {
    Set<FieldDescriptor> seen = new HashSet<>(path);
    return seen.contains(field);
  }

  private static byte[] damaged(List<FieldDescriptor> path) {
    byte[] bytes = DAMAGE;
    for (FieldDescriptor field : path.reversed()) {
      byte[] empty = field.isRepeated() ? field(field.getNumber()) : new byte[0];
      bytes = RawFields.concat(empty, empty, field(field.getNumber(), bytes));
    }
    return bytes;
  }

  private static String spell(List<FieldDescriptor> path) {
    List<String> names = new ArrayList<>();
    for (FieldDescriptor field : path) {
      names.add(field.getName() + (field.isRepeated() ? "[" + INDEX + "]" : ""));
    }
    return String.join(".", names);
  }
}
