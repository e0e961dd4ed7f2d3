package io.millrace.pdata;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pdata.AnyValueView.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Legal bytes that a careless reader gets wrong, each written out. */
class ViewVectorsTest {
  private final AttributeView attribute = new AttributeView();

  @Test
  void resourceInTwoPartsIsMerged() {
    ResourceView resource = new ResourceView();
    wrap(
        resource,
        """
        0a 0d  0a 09  0a 01 61  12 04 0a 02 31 31  10 07  # resource: a=11, dropped 7
        1a 01 73                                          # schema_url s
        0a 0c  0a 08  0a 01 62  12 03 0a 01 32  10 09     # resource: b=2, dropped 9
        """);

    assertThat(texts(resource.attributes())).containsExactly("a=11", "b=2");
    assertThat(resource.droppedAttributesCount()).isEqualTo(9);
    assertThat(resource.schemaUrl().utf8()).isEqualTo("s");
  }

  @Test
  void scopeAfterItsRecordsIsFound() {
    ScopeView scope = new ScopeView();
    wrap(
        scope,
        """
        12 03 2a 01 78     # span x
        0a 03 0a 01 6e     # scope n
        12 03 2a 01 79     # span y
        """);

    SpanView span = new SpanView();
    RangeCursor records = scope.records();
    assertThat(scope.name().utf8()).isEqualTo("n");
    assertThat(records.next(span)).isTrue();
    assertThat(span.name().utf8()).isEqualTo("x");
    assertThat(records.next(span)).isTrue();
    assertThat(span.name().utf8()).isEqualTo("y");
    assertThat(records.next(span)).isFalse();
  }

  @Test
  void lastScalarCountsEvenWhenItIsEmpty() {
    SpanView span = new SpanView();
    wrap(
        span,
        """
        2a 01 78   # name x
        30 02      # kind SERVER
        2a 00      # name, empty
        30 00      # kind UNSPECIFIED
        """);

    assertThat(span.name().isEmpty()).isTrue();
    assertThat(span.kind()).isZero();
  }

  @Test
  void statusInTwoPartsIsMerged() {
    SpanView span = new SpanView();
    wrap(span, "7a 03 12 01 6d  7a 02 18 02"); // message m, then code ERROR

    assertThat(span.status().message().utf8()).isEqualTo("m");
    assertThat(span.status().code()).isEqualTo(2);
  }

  @Test
  void laterMemberOfTheOneofReplacesTheEarlier() {
    wrap(attribute, "12 03 0a 01 61  12 02 18 05"); // value "a", then value 5

    assertThat(attribute.value().kind()).isEqualTo(Kind.INT);
    assertThat(attribute.value().intValue()).isEqualTo(5);
    assertThat(attribute.value().stringValue().isEmpty()).isTrue();
  }

  @Test
  void listsInARowAreMergedAndAnythingBetweenThemStartsAnew() {
    String one = "2a 04 0a 02 18 01"; // array_value [1]
    String two = "2a 04 0a 02 18 02"; // array_value [2]
    AnyValueView value = new AnyValueView();

    wrap(value, one + two);
    assertThat(ints(value.arrayValue())).containsExactly(1L, 2L);
    wrap(value, one + "0a 01 61" + two);
    assertThat(ints(value.arrayValue())).containsExactly(2L);
    wrap(value, one + "32 00" + two); // a list of entries between
    assertThat(ints(value.arrayValue())).containsExactly(2L);
  }

  @Test
  void stringIndexReplacesStringInTheOneof() {
    AnyValueView value = new AnyValueView();
    wrap(value, "0a 01 61  40 07");

    assertThat(value.kind()).isEqualTo(Kind.STRING_STRINDEX);
    assertThat(value.stringValueStrindex()).isEqualTo(7);
  }

  @Test
  void unknownFieldsOfEveryWireTypeAreSkipped() {
    wrap(
        attribute,
        """
        f8 01 01                              # field 31 varint
        f9 01 01 02 03 04 05 06 07 08         # field 31 fixed64
        fa 01 02 0a 00                        # field 31 bytes
        fb 01 0a 01 7a fb 01 fc 01 fc 01      # field 31 group, in it a key and a group
        fd 01 01 02 03 04                     # field 31 fixed32
        0a 01 6b                              # key k
        """);

    assertThat(attribute.key().utf8()).isEqualTo("k");
  }

  @Test
  void knownFieldWithAnotherWireTypeIsUnknown() {
    SpanView span = new SpanView();
    wrap(
        span,
        """
        28 05                 # name as varint
        32 01 02              # kind as bytes
        38 05                 # start time as varint
        4d 01 02 03 04        # attributes as fixed32
        """);

    assertThat(span.name().isEmpty()).isTrue();
    assertThat(span.kind()).isZero();
    assertThat(span.startTimeUnixNano()).isZero();
    assertThat(span.attributes().next(attribute)).isFalse();
  }

  @Test
  void unknownAndNegativeEnumNumbersAreKept() {
    SpanView span = new SpanView();
    wrap(span, "30 63");
    assertThat(span.kind()).isEqualTo(99);
    wrap(span, "30 ff ff ff ff ff ff ff ff ff 01");
    assertThat(span.kind()).isEqualTo(-1);
  }

  @Test
  void paddedTagsLengthsAndNumbersAreRead() {
    wrap(attribute, "8a 80 00  82 80 80 80 00  6b 6c  92 00 04 18 85 80 00");

    assertThat(attribute.key().utf8()).isEqualTo("kl");
    assertThat(attribute.value().intValue()).isEqualTo(5);
  }

  @Test
  void packedAndUnpackedRunsAreOneList() {
    BucketsView buckets = new BucketsView();
    wrap(
        buckets,
        """
        12 02 01 02        # packed 1, 2
        10 03              # unpacked 3
        08 03              # offset -2
        12 00              # packed, empty
        12 03 ac 02 04     # packed 300, 4
        """);

    NumberCursor counts = buckets.bucketCounts();
    List<Long> values = new ArrayList<>();
    while (counts.next()) {
      values.add(counts.longValue());
    }
    assertThat(values).containsExactly(1L, 2L, 3L, 300L, 4L);
    assertThat(counts.size()).isEqualTo(5);
    assertThat(buckets.offset()).isEqualTo(-2);
  }

  @Test
  void lastKindOfMetricCounts() {
    MetricView metric = new MetricView();
    wrap(
        metric,
        """
        3a 06 0a 00 10 02 18 01   # sum: a point, cumulative, monotonic
        2a 02 0a 00               # gauge: a point
        2a 04 0a 00 0a 00         # gauge: two points more
        """);

    assertThat(metric.kind()).isEqualTo(MetricView.Kind.GAUGE);
    assertThat(count(metric.dataPoints())).isEqualTo(3);
    assertThat(metric.isMonotonic()).isFalse();
  }

  @Test
  void fieldsThatAnotherKindOfMetricLacksAreUnknownThere() {
    MetricView metric = new MetricView();
    wrap(metric, "2a 04 10 02 18 01"); // a gauge with fields 2 and 3
    assertThat(metric.aggregationTemporality()).isZero();
    assertThat(metric.isMonotonic()).isFalse();
    wrap(metric, "4a 04 10 02 18 01"); // a histogram with fields 2 and 3
    assertThat(metric.aggregationTemporality()).isEqualTo(2);
    assertThat(metric.isMonotonic()).isFalse();
  }

  @Test
  void instrumentationLibrariesCountWhereThereAreNoScopes() {
    String library = "c2 3e 05  0a 03 0a 01 6f"; // field 1000: a scope named o
    String scope = "12 05  0a 03 0a 01 6e"; // field 2: a scope named n

    assertThat(scopeNames(library)).containsExactly("o");
    assertThat(scopeNames(library + scope)).containsExactly("n");
  }

  private static List<String> scopeNames(String hex) {
    ResourceView resource = new ResourceView();
    wrap(resource, hex);
    RangeCursor scopes = resource.scopes();
    ScopeView scope = new ScopeView();
    List<String> names = new ArrayList<>();
    while (scopes.next(scope)) {
      names.add(scope.name().utf8());
    }
    return names;
  }

  private List<String> texts(RangeCursor attributes) {
    List<String> texts = new ArrayList<>();
    while (attributes.next(attribute)) {
      texts.add(attribute.key().utf8() + "=" + attribute.value().stringValue().utf8());
    }
    return texts;
  }

  private static List<Long> ints(RangeCursor values) {
    AnyValueView value = new AnyValueView();
    List<Long> ints = new ArrayList<>();
    while (values.next(value)) {
      ints.add(value.intValue());
    }
    return ints;
  }

  private static int count(RangeCursor messages) {
    ByteRange message = new ByteRange();
    int count = 0;
    while (messages.next(message)) {
      count++;
    }
    return count;
  }

  private static void wrap(View view, String hex) {
    byte[] bytes = Hex.bytes(hex);
    view.wrap(bytes, 0, bytes.length);
  }
}
