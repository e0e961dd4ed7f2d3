package io.millrace.processor.tailsampling;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The rows of {@code sentences.txt}, each on a clock of its own. The policies that look at one
 * trace alone are in {@link PolicyConformanceTest}, the shape of the output in {@link ExportsTest},
 * thresholds in {@link ConsistentSamplingTest}, bytes in {@link MemoryBoundTest}, and what is
 * refused in {@link TailSamplingConfigTest}.
 *
 * <p>A row is a sentence and the lines of a {@link SamplerScript}. Definitions in front of the rows
 * begin with {@code $}; a line that begins with a blank goes on with the one before.
 */
class TailSamplingConformanceTest {
  private final Map<String, String> definitions = new LinkedHashMap<>();

  @TestFactory
  List<DynamicTest> everySentence() {
    List<DynamicTest> rows = new ArrayList<>();
    for (String block : table().replace("\n ", "").split("\n\n", -1)) {
      if (block.startsWith("$")) {
        block.lines().forEach(this::define);
      } else {
        List<String> lines = expand(block).lines().toList();
        rows.add(
            DynamicTest.dynamicTest(
                lines.getFirst(), () -> new SamplerScript(lines.subList(1, lines.size())).run()));
      }
    }
    return rows;
  }

  /** Returns the table without its comments. */
  private static String table() {
    try (InputStream in =
        Objects.requireNonNull(
            TailSamplingConformanceTest.class.getResourceAsStream("sentences.txt"))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.replaceAll("(?m)^#.*\n", "").strip();
    } catch (IOException e) {
      throw new AssertionError("sentences.txt", e);
    }
  }

  private void define(String line) {
    String[] parts = line.split(" = ", 2);
    definitions.put(parts[0], expand(parts[1]));
  }

  private String expand(String text) {
    String expanded = text;
    for (Map.Entry<String, String> each : definitions.entrySet()) {
      String word = Pattern.quote(each.getKey()) + "\\b";
      expanded = expanded.replaceAll(word, Matcher.quoteReplacement(each.getValue()));
    }
    return expanded;
  }
}
