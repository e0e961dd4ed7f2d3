package io.millrace.exporter.loki;

import java.util.ArrayList;
import java.util.List;

/** A pair of a logfmt line: {@code key=value}, the value in quotes where it must be. Immutable. */
record LogfmtPair(String key, String value) {
  /** Appends the pair; a key loses what no key may have, one of which nothing is left is none. */
  void appendTo(StringBuilder line) {
    String name =
        key.codePoints()
            .filter(LogfmtPair::isPlain)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    if (name.isEmpty()) {
      return;
    }
    line.append(line.isEmpty() ? "" : " ").append(name).append('=');
    if (value.codePoints().allMatch(LogfmtPair::isPlain) && !value.equals("null")) {
      line.append(value);
    } else {
      quote(line);
    }
  }

  private static boolean isPlain(int c) {
    return c > ' ' && c != '=' && c != '"' && c != 0xfffd;
  }

  private void quote(StringBuilder line) {
    line.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> line.append('\\').append(c);
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> {
          if (c < ' ') {
            line.append("\\u%04x".formatted((int) c));
          } else {
            line.append(c);
          }
        }
      }
    }
    line.append('"');
  }

  /**
   * Reads a line of which every word is a pair.
   *
   * @return nothing for any other text
   */
  static List<LogfmtPair> parse(String line) {
    List<LogfmtPair> pairs = new ArrayList<>();
    int at = skipBlanks(line, 0);
    while (at < line.length()) {
      int equals = at;
      while (equals < line.length() && isPlain(line.charAt(equals))) {
        equals++;
      }
      if (equals == at || equals == line.length() || line.charAt(equals) != '=') {
        return List.of();
      }
      StringBuilder value = new StringBuilder();
      int end = readValue(line, equals + 1, value);
      if (end < 0) {
        return List.of();
      }
      pairs.add(new LogfmtPair(line.substring(at, equals), value.toString()));
      at = skipBlanks(line, end);
    }
    return pairs;
  }

  private static int skipBlanks(String line, int from) {
    int at = from;
    while (at < line.length() && line.charAt(at) <= ' ') {
      at++;
    }
    return at;
  }

  /** Returns where the value ends, -1 when it is none. */
  private static int readValue(String line, int from, StringBuilder value) {
    if (from < line.length() && line.charAt(from) == '"') {
      return readQuoted(line, from + 1, value);
    }
    int at = from;
    while (at < line.length() && isPlain(line.charAt(at))) {
      value.append(line.charAt(at++));
    }
    return at == line.length() || line.charAt(at) <= ' ' ? at : -1;
  }

  private static int readQuoted(String line, int from, StringBuilder value) {
    for (int at = from; at < line.length(); at++) {
      char c = line.charAt(at);
      if (c == '"') {
        boolean isEnd = at + 1 == line.length() || line.charAt(at + 1) <= ' ';
        return isEnd ? at + 1 : -1;
      }
      if (c == '\\' && at + 1 < line.length()) {
        value.append(unescaped(line.charAt(++at)));
      } else {
        value.append(c);
      }
    }
    return -1;
  }

  private static char unescaped(char escape) {
    return switch (escape) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> escape;
    };
  }
}
