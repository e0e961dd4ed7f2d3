package io.millrace.exporter.promtranslation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.wire.ByteAppender;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The golden vectors of label names: plain, preserving underscores, sanitizing a leading one. */
class LabelNamerTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          label:with:colons, label_with_colons, label_with_colons, label_with_colons, label_with_colons
          123label, key_123label, key_123label, key_123label, key_123label
          .foo, _foo, _foo, key_foo, key_foo
          _x, _x, _x, key_x, key_x
          __a_2, _a_2, __a_2, key_a_2, __a_2
          label__d, label_d, label__d, label_d, label__d
          __reserved__label__name__, __reserved_label_name__, __reserved__label__name__, __reserved_label_name__, __reserved__label__name__
          trailing___, trailing_, trailing___, trailing_, trailing___
          label_字符, label_, label___, label_, label___
          http.request.method, http_request_method, http_request_method, http_request_method, http_request_method
          ようこそ, , , ,
          __, , , ,
          '', , , ,
          """)
  void namesLabels(String key, String plain, String preserved, String sanitized, String both) {
    assertThat(name(key, new LabelNamer(true, false, false))).isEqualTo(plain);
    assertThat(name(key, new LabelNamer(true, true, false))).isEqualTo(preserved);
    assertThat(name(key, new LabelNamer(true, false, true))).isEqualTo(sanitized);
    assertThat(name(key, new LabelNamer(true, true, true))).isEqualTo(both);
  }

  @ParameterizedTest
  @CsvSource({"http.method, http.method", "字符, 字符", "__, ", "'', "})
  void keepsUtf8(String key, String expected) {
    assertThat(name(key, new LabelNamer(false, true, true))).isEqualTo(expected);
  }

  private static @Nullable String name(String key, LabelNamer namer) {
    byte[] bytes = ("<" + key + ">").getBytes(UTF_8);
    ByteAppender out = new ByteAppender(1);
    out.put('!');
    boolean isNamed = namer.append(bytes, 1, bytes.length - 2, out);
    return isNamed ? new String(out.bytes(), 1, out.length() - 1, UTF_8) : null;
  }
}
