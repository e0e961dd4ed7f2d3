package io.millrace.config;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Looks up the expressions of one value: <code>${env:NAME}</code>, <code>${NAME}</code>, both with
 * {@code :-default}, <code>${file:path}</code> and <code>${yaml:text}</code>; they nest. {@code $$}
 * is a dollar sign, a single one stands for itself, and a brace that is not closed too. Confined to
 * the loading thread.
 */
final class Substitution {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final String DEFAULT_SEPARATOR = ":-";
  private static final int ROUNDS_MAX = 1000;

  private final Map<String, String> environment;
  private final Place place;
  private final Problems problems;
  private int rounds;

  /**
   * @param place of the value, for problems
   */
  Substitution(Map<String, String> environment, Place place, Problems problems) {
    this.environment = environment;
    this.place = place;
    this.problems = problems;
  }

  Place place() {
    return place;
  }

  /** Returns whether the text is one expression and nothing else. */
  static boolean isWhole(String text) {
    Integer end = closings(text).get(0);
    return end != null && end == text.length() - 1;
  }

  /** Returns the text with every expression, and every one in what these give, replaced. */
  String replace(String text) {
    Map<Integer, Integer> closings = closings(text);
    StringBuilder replaced = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      Integer end = closings.get(at);
      if (end != null) {
        replaced.append(replace(value(text.substring(at, end + 1))));
        at = end + 1;
      } else {
        replaced.append(text.charAt(at));
        at += text.startsWith("$$", at) ? 2 : 1;
      }
    }
    return replaced.toString();
  }

  /** Returns what a whole expression gives, as it is; empty after a problem. */
  String value(String expression) {
    rounds++;
    if (rounds > ROUNDS_MAX) {
      if (rounds == ROUNDS_MAX + 1) {
        problems.error(place, "an expression that leads to itself", "at most 1000 rounds");
      }
      return "";
    }
    return lookUp(replace(expression.substring(2, expression.length() - 1)));
  }

  private String lookUp(String reference) {
    int colon = reference.indexOf(':');
    if (colon < 0 || reference.startsWith(DEFAULT_SEPARATOR, colon)) {
      return variable(reference);
    }
    String rest = reference.substring(colon + 1);
    return switch (reference.substring(0, colon)) {
      case "env" -> variable(rest);
      case "yaml" -> rest;
      case "file" -> file(rest);
      default -> {
        String scheme = reference.substring(0, colon);
        problems.error(place, "scheme \"" + scheme + "\" is not supported", "env, file or yaml");
        yield "";
      }
    };
  }

  private String variable(String reference) {
    int separator = reference.indexOf(DEFAULT_SEPARATOR);
    String name = separator < 0 ? reference : reference.substring(0, separator);
    if (!NAME.matcher(name).matches()) {
      problems.error(
          place,
          "\"" + name + "\" cannot be the name of an environment variable",
          "letters, digits and _, not a digit first; $${ for a plain ${");
      return "";
    }
    String value = environment.get(name);
    if (value != null) {
      return value;
    }
    if (separator >= 0) {
      return reference.substring(separator + DEFAULT_SEPARATOR.length());
    }
    problems.warn(place, "environment variable " + name + " is not set");
    return "";
  }

  /** One line break at the end belongs to the file, not to the token in it. */
  private String file(String path) {
    try {
      String text = TextFile.read(path);
      return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    } catch (IOException e) {
      problems.error(place, "file " + path + " " + e.getMessage(), "a file with the value");
      return "";
    }
  }

  /** Returns where each <code>${</code> that is closed is closed, by index. */
  private static Map<Integer, Integer> closings(String text) {
    Map<Integer, Integer> closings = new HashMap<>();
    Deque<Integer> open = new ArrayDeque<>();
    int at = 0;
    while (at < text.length()) {
      boolean isPair = text.startsWith("$$", at) || text.startsWith("${", at);
      if (text.startsWith("${", at)) {
        open.push(at);
      } else if (text.charAt(at) == '}' && !open.isEmpty()) {
        closings.put(open.pop(), at);
      }
      at += isPair ? 2 : 1;
    }
    return closings;
  }
}
