package io.millrace.testkit.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads JSON into maps, lists and leaves, by the letter of RFC 8259 and with no code of the parser
 * under test. An object is a list of entries, so that a key may stand twice. Confined to one
 * thread.
 */
final class JsonText {
  /** A number as it was written. */
  record Digits(String text) {}

  record Entry(String key, Object value) {}

  static final Object NULL = new Object();

  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
  private static final Map<String, Object> WORDS = new HashMap<>();

  static {
    WORDS.put("true", true);
    WORDS.put("false", false);
    WORDS.put("null", NULL);
  }

  private final String text;
  private int at;

  private JsonText(String text) {
    this.text = text;
  }

  /** Returns the value, or throws {@link IllegalArgumentException}. */
  static Object parse(String text) {
    JsonText json = new JsonText(text);
    Object value = json.value(0);
    json.space();
    json.require(json.at == text.length());
    return value;
  }

  private Object value(int depth) {
    require(depth < 200);
    space();
    return switch (peek()) {
      case '{' -> object(depth + 1);
      case '[' -> array(depth + 1);
      case '"' -> string();
      case 't', 'f', 'n' -> word();
      default -> number();
    };
  }

  private List<Entry> object(int depth) {
    List<Entry> entries = new ArrayList<>();
    for (boolean more = open('}'); more; more = next('}')) {
      space();
      String key = string();
      space();
      require(peek() == ':');
      at++;
      entries.add(new Entry(key, value(depth)));
    }
    return entries;
  }

  private Object[] array(int depth) {
    List<Object> values = new ArrayList<>();
    for (boolean more = open(']'); more; more = next(']')) {
      values.add(value(depth));
    }
    return values.toArray();
  }

  private boolean open(char end) {
    at++;
    space();
    boolean isEmpty = peek() == end;
    at += isEmpty ? 1 : 0;
    return !isEmpty;
  }

  private boolean next(char end) {
    space();
    char c = peek();
    require(c == ',' || c == end);
    at++;
    return c == ',';
  }

  private String string() {
    require(peek() == '"');
    at++;
    StringBuilder value = new StringBuilder();
    while (peek() != '"') {
      char c = text.charAt(at++);
      require(c >= ' ');
      value.append(c == '\\' ? escape() : c);
    }
    at++;
    return value.toString();
  }

  private char escape() {
    char c = peek();
    at++;
    int simple = "\"\\/bfnrt".indexOf(c);
    if (simple >= 0) {
      return "\"\\/\b\f\n\r\t".charAt(simple);
    }
    require(c == 'u' && at + 4 <= text.length());
    String hex = text.substring(at, at + 4);
    require(hex.matches("[0-9a-fA-F]{4}"));
    at += 4;
    return (char) Integer.parseInt(hex, 16);
  }

  private Object word() {
    for (Map.Entry<String, Object> word : WORDS.entrySet()) {
      if (text.startsWith(word.getKey(), at)) {
        at += word.getKey().length();
        return word.getValue();
      }
    }
    throw new IllegalArgumentException("word at " + at);
  }

  private Digits number() {
    Matcher matcher = NUMBER.matcher(text).region(at, text.length());
    require(matcher.lookingAt() && matcher.group().length() <= 128);
    at = matcher.end();
    return new Digits(matcher.group());
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    require(at < text.length());
    return text.charAt(at);
  }

  private void require(boolean ok) {
    if (!ok) {
      throw new IllegalArgumentException("not JSON at " + at);
    }
  }
}
