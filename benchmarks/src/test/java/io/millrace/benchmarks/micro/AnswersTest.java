package io.millrace.benchmarks.micro;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.benchmarks.payload.Payload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rivals of every question agree, so that the comparisons do not rot between measurements. */
class AnswersTest {
  @ParameterizedTest
  @EnumSource(names = {"SEMCONV", "TESTBED", "TINY"})
  void validationCountsWhatAParseCounts(Payload payload) {
    ValidateOrParseBenchmark question = new ValidateOrParseBenchmark();
    question.payload = payload;

    assertThatCode(question::assertSameAnswer).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource(names = {"SEMCONV", "TESTBED", "TINY"})
  void joiningGivesWhatMergingGives(Payload payload) {
    JoinOrMergeBenchmark question = new JoinOrMergeBenchmark();
    question.payload = payload;

    assertThatCode(question::assertSameAnswer).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource(names = {"SEMCONV", "TESTBED", "TINY"})
  void viewsReadWhatObjectsHold(Payload payload) {
    ReadByViewBenchmark question = new ReadByViewBenchmark();
    question.payload = payload;

    assertThatCode(question::assertSameAnswer).doesNotThrowAnyException();
  }

  @Test
  void splittingGivesWhatDistributingGives() {
    SplitOrDecodeBenchmark question = new SplitOrDecodeBenchmark();

    assertThatCode(question::assertSameAnswer).doesNotThrowAnyException();
  }

  @Test
  void differentAnswersStopTheMeasurement() {
    assertThatThrownBy(() -> Answers.requireEqual(1, 2)).isInstanceOf(IllegalStateException.class);
  }
}
