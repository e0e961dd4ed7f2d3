package io.millrace.config;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Says where and why a text is not YAML, in the words of somebody who writes it rather than of its
 * grammar where the cause is a common one. Immutable.
 */
record SyntaxProblem(Position position, String message, String expected) {
  static SyntaxProblem of(YAMLException e, ConfigSource source) {
    return switch (e) {
      case MarkedYAMLException marked -> of(marked, source);
      case ReaderException unreadable -> {
        Position position = at(unreadable.getPosition(), source);
        yield new SyntaxProblem(position, "a control character", "text");
      }
      default -> new SyntaxProblem(at(0, source), "not YAML: " + e.getMessage(), "");
    };
  }

  private static SyntaxProblem of(MarkedYAMLException e, ConfigSource source) {
    String problem = e.getProblem() == null ? "" : e.getProblem();
    Position there = at(e.getProblemMark(), source);
    Position start = e.getContextMark() == null ? there : at(e.getContextMark(), source);
    if (problem.contains("TAB")) {
      return new SyntaxProblem(there, "a tab where YAML wants blanks", "indentation by blanks");
    }
    if (problem.contains("mapping values are not allowed")) {
      String expected = "the indentation of the lines above, and a blank after every colon there";
      return new SyntaxProblem(there, "a key where none can be", expected);
    }
    if (problem.contains("could not find expected ':'")) {
      return new SyntaxProblem(start, "a key without a colon and a blank", "key: value");
    }
    if (problem.contains("expected <block end>")) {
      String expected = "the indentation of a line above";
      return new SyntaxProblem(there, "an indentation that fits no line above", expected);
    }
    if (problem.contains("stream end") || problem.contains("end of stream")) {
      return new SyntaxProblem(start, "not closed before the end of the text", "");
    }
    int hint = problem.indexOf(". (");
    String reason = hint < 0 ? problem : problem.substring(0, hint);
    return new SyntaxProblem(there, "not YAML: " + reason, "");
  }

  private static Position at(@Nullable Mark mark, ConfigSource source) {
    return mark == null
        ? new Position(source, 1, 1, 1)
        : new Position(source, mark.getLine() + 1, mark.getColumn() + 1, 1);
  }

  private static Position at(int index, ConfigSource source) {
    String before = source.text().substring(0, index);
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    int column = before.length() - before.lastIndexOf('\n');
    return new Position(source, line, column, 1);
  }
}
