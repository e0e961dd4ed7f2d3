package io.millrace.config;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Runs the YAML parser as far as nodes with marks; nothing is constructed, so no text can create an
 * object. Thread safe.
 */
final class YamlComposer {
  /** The tag of a scalar without quotes and without a tag: {@link GoScalar} decides. */
  static final Tag PLAIN = new Tag("tag:millrace.io,2026:plain");

  static final int CODE_POINTS_MAX = 1 << 20;
  private static final int DEPTH_MAX = 50;
  private static final int ALIASES_MAX = 50;

  private YamlComposer() {}

  /**
   * Returns the root of the only document; {@code null} when there is none.
   *
   * @throws YAMLException when the text is not YAML, or exceeds a bound
   */
  static @Nullable Node compose(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(CODE_POINTS_MAX);
    options.setNestingDepthLimit(DEPTH_MAX);
    options.setMaxAliasesForCollections(ALIASES_MAX);
    ParserImpl parser = new ParserImpl(new StreamReader(text), options);
    return new Composer(parser, new PlainResolver(), options).getSingleNode();
  }

  /** Reads a source that the user wrote; reports why and returns null when it is not YAML. */
  static @Nullable ConfigNode read(ConfigSource source, Problems problems) {
    return read(source, source.text(), problems);
  }

  /** The same for a part of the source, which stands at the same lines and columns of the text. */
  static @Nullable ConfigNode read(ConfigSource source, String text, Problems problems) {
    problems.reading(source);
    Node root;
    try {
      root = compose(text);
    } catch (YAMLException e) {
      SyntaxProblem syntax = SyntaxProblem.of(e, source);
      problems.error(new Place(syntax.position(), ""), syntax.message(), syntax.expected());
      return null;
    }
    if (root == null) {
      return ConfigNode.Scalar.nothing(new Position(source, 1, 1, 1));
    }
    return new YamlReader(node -> range(node, source), null, problems).read(root, "");
  }

  private static Position range(Node node, ConfigSource source) {
    Mark start = node.getStartMark();
    Mark end = node.getEndMark();
    int endColumn =
        end.getLine() == start.getLine()
            ? end.getColumn()
            : source.line(start.getLine() + 1).length();
    int length = Math.max(1, endColumn - start.getColumn());
    return new Position(source, start.getLine() + 1, start.getColumn() + 1, length);
  }

  /** Leaves the type of plain scalars open; the library's own rules are those of YAML 1.1. */
  private static final class PlainResolver extends Resolver {
    @Override
    protected void addImplicitResolvers() {}

    @Override
    public Tag resolve(NodeId kind, String value, boolean implicit) {
      return kind == NodeId.scalar && implicit ? PLAIN : super.resolve(kind, value, implicit);
    }
  }
}
