package io.millrace.config;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Writes a tree of maps, lists, texts, numbers, booleans and nulls as YAML, which this package
 * reads back as the same tree, or as JSON. Thread safe.
 */
public final class TreeWriter {
  private static final String INDENT = "  ";

  private TreeWriter() {}

  /** Returns block-style YAML that ends with a line break. */
  public static String yaml(@Nullable Object tree) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(FlowStyle.BLOCK);
    options.setIndicatorIndent(2);
    options.setIndentWithIndicator(true);
    options.setSplitLines(false);
    StringWriter out = new StringWriter();
    new Yaml(options).serialize(node(tree), out);
    return out.toString();
  }

  private static Node node(@Nullable Object tree) {
    return switch (tree) {
      case Map<?, ?> map -> {
        List<NodeTuple> tuples = new ArrayList<>();
        map.forEach(
            (key, value) -> tuples.add(new NodeTuple(string(String.valueOf(key)), node(value))));
        yield new MappingNode(Tag.MAP, tuples, style(map.isEmpty()));
      }
      case List<?> list ->
          new SequenceNode(
              Tag.SEQ, list.stream().map(TreeWriter::node).toList(), style(list.isEmpty()));
      case String text -> string(text);
      case null -> plain(Tag.NULL, "null");
      case Boolean flag -> plain(Tag.BOOL, flag.toString());
      case Double number -> plain(Tag.FLOAT, floating(number));
      case Number number -> plain(Tag.INT, number.toString());
      default -> throw new IllegalArgumentException("tree: " + tree.getClass());
    };
  }

  private static FlowStyle style(boolean isEmpty) {
    return isEmpty ? FlowStyle.FLOW : FlowStyle.BLOCK;
  }

  /** Quotes what Go's rules, or those of YAML 1.1, would take for something else. */
  private static ScalarNode string(String text) {
    boolean isPlain = GoScalar.resolve(text) instanceof String;
    ScalarStyle style = isPlain ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED;
    return new ScalarNode(Tag.STR, text, null, null, style);
  }

  private static ScalarNode plain(Tag tag, String text) {
    return new ScalarNode(tag, text, null, null, ScalarStyle.PLAIN);
  }

  private static String floating(double number) {
    if (Double.isNaN(number)) {
      return ".nan";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? ".inf" : "-.inf";
    }
    return Double.toString(number);
  }

  /** Returns indented JSON that ends with a line break; what is no finite number is a text. */
  public static String json(@Nullable Object tree) {
    StringBuilder out = new StringBuilder();
    writeJson(out, tree, "\n");
    return out.append('\n').toString();
  }

  /** Returns JSON without any line break. */
  public static String jsonLine(@Nullable Object tree) {
    StringBuilder out = new StringBuilder();
    writeJson(out, tree, "");
    return out.toString();
  }

  private static void writeJson(StringBuilder out, @Nullable Object tree, String lineBreak) {
    String deeper = lineBreak.isEmpty() ? "" : lineBreak + INDENT;
    String colon = lineBreak.isEmpty() ? ":" : ": ";
    switch (tree) {
      case Map<?, ?> map -> {
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          out.append(separator).append(deeper);
          writeString(out, String.valueOf(entry.getKey()));
          out.append(colon);
          writeJson(out, entry.getValue(), deeper);
          separator = ",";
        }
        out.append(map.isEmpty() ? "{}" : lineBreak + "}");
      }
      case List<?> list -> {
        String separator = "[";
        for (Object item : list) {
          out.append(separator).append(deeper);
          writeJson(out, item, deeper);
          separator = ",";
        }
        out.append(list.isEmpty() ? "[]" : lineBreak + "]");
      }
      case String text -> writeString(out, text);
      case Double number when !Double.isFinite(number) -> writeString(out, number.toString());
      case null -> out.append("null");
      default -> out.append(tree.toString());
    }
  }

  private static void writeString(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
