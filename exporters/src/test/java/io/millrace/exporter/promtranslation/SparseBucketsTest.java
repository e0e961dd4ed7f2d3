package io.millrace.exporter.promtranslation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pdata.BucketsView;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint.Buckets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparseBucketsTest {
  /** Golden vectors: offset, scale-down, counts; spans as offset+length, deltas. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          0, 0, 4 3 2 1, 1+4, 4 -1 -1 -1
          0, 1, 4 3 2 1, 1+2, 7 -4
          0, 2, 4 3 2 1, 1+1, 10
          1, 1, 4 3 2 1, 1+3, 4 1 -4
          1, 2, 4 3 2 1, 1+2, 9 -8
          4, 0, 4 2 0 2 0 0 0 0 0 0 0 0 0 0 0 0 1, 5+4 12+1, 4 -2 -2 2 -1
          4, 2, 4 2 0 2 0 0 0 0 0 0 0 0 0 0 0 0 1, 2+1 3+1, 8 -7
          4, 2, 4 2 0 2 0 0 0 0 0 0 0 0 1, 2+4, 8 -8 0 1
          -2, 0, 3 1 0 0 0 1, -1+2 3+1, 3 -2 0
          -2, 1, 3 1 0 0 0 1, 0+3, 4 -4 1
          -2, 2, 3 1 0 0 0 1, 0+2, 4 -3
          0, 1, 0 0 3 4, 2+1, 7
          0, 1, 1 1 0 0 3 4, 1+3, 2 -2 7
          0, 0, 0 0 0, '', ''
          3, 0, 10 0 0 20 5 2, 4+6, 10 -10 0 20 -15 -3
          """)
  void encodesTheGoldenVectors(int offset, int down, String counts, String spans, String deltas) {
    SparseBuckets sparse = read(offset, down, counts);
    assertThat(spans(sparse)).isEqualTo(spans);
    assertThat(deltas(sparse)).isEqualTo(deltas);
  }

  @Test
  void mergesBeforeItLeavesOutWhatIsEmpty() {
    Random random = new Random(7);
    for (int round = 0; round < 2000; round++) {
      int offset = random.nextInt(-40, 40);
      int down = random.nextInt(5);
      long[] counts = random.longs(random.nextInt(1, 40), -3, 5).map(n -> Math.max(0, n)).toArray();
      Map<Long, Long> expected = new TreeMap<>();
      for (int i = 0; i < counts.length; i++) {
        expected.merge(((long) (offset + i) >> down) + 1, counts[i], Long::sum);
      }
      expected.values().removeIf(count -> count == 0);
      assertThat(decode(read(offset, down, counts)))
          .as("offset %s, down %s, counts %s", offset, down, Arrays.toString(counts))
          .isEqualTo(expected);
    }
  }

  private static Map<Long, Long> decode(SparseBuckets sparse) {
    Map<Long, Long> decoded = new TreeMap<>();
    long index = 0;
    long count = 0;
    int bucket = 0;
    for (int span = 0; span < sparse.spans(); span++) {
      index += sparse.spanOffset(span);
      for (int i = 0; i < sparse.spanLength(span); i++) {
        count += sparse.delta(bucket++);
        if (count != 0) {
          decoded.put(index, count);
        }
        index++;
      }
    }
    return decoded;
  }

  private static SparseBuckets read(int offset, int down, String counts) {
    return read(
        offset, down, Arrays.stream(counts.split(" ")).mapToLong(Long::parseLong).toArray());
  }

  private static SparseBuckets read(int offset, int down, long... counts) {
    Buckets.Builder buckets = Buckets.newBuilder().setOffset(offset);
    Arrays.stream(counts).forEach(buckets::addBucketCounts);
    byte[] bytes = buckets.build().toByteArray();
    BucketsView view = new BucketsView();
    view.wrap(bytes, 0, bytes.length);
    SparseBuckets sparse = new SparseBuckets();
    assertThat(sparse.read(view, down)).isTrue();
    return sparse;
  }

  private static String spans(SparseBuckets sparse) {
    StringJoiner text = new StringJoiner(" ");
    for (int i = 0; i < sparse.spans(); i++) {
      text.add(sparse.spanOffset(i) + "+" + sparse.spanLength(i));
    }
    return text.toString();
  }

  private static String deltas(SparseBuckets sparse) {
    StringJoiner text = new StringJoiner(" ");
    for (int i = 0; i < sparse.buckets(); i++) {
      text.add(Long.toString(sparse.delta(i)));
    }
    return text.toString();
  }
}
