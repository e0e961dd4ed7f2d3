package io.millrace.processor.ottl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cuts an expression into tokens. Confined to one thread. */
final class Lexer {
  /** Bounds the work that one expression can ask for. */
  static final int LENGTH_MAX = 64 * 1024;

  private static final List<String> SIGNS =
      List.of(
          "==", "!=", "<=", ">=", "<", ">", "=", "+", "-", "*", "/", "(", ")", "[", "]", ",", ".");

  /** What people write who know another language. */
  private static final Map<Character, String> FOREIGN =
      Map.of(
          '\'', "text in double quotes",
          '&', "`and`",
          '|', "`or`",
          '!', "`not` or `!=`",
          '{', "no map, which conditions do not compare");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int position;

  private Lexer(String text) {
    this.text = text;
  }

  /** Returns the tokens, the last of which is {@link Token.Type#END}. */
  static List<Token> tokens(String text) {
    if (text.length() > LENGTH_MAX) {
      throw new OttlException(
          text, LENGTH_MAX, text.length() + " characters (expected: <= " + LENGTH_MAX + ")");
    }
    Lexer lexer = new Lexer(text);
    lexer.readAll();
    return lexer.tokens;
  }

  private void readAll() {
    for (skipBlanks(); position < text.length(); skipBlanks()) {
      read(text.charAt(position));
    }
    add(Token.Type.END, position);
  }

  private void skipBlanks() {
    while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }

  private void read(char first) {
    if (isLetter(first)) {
      add(Token.Type.WORD, endOfWord(position));
    } else if (isDigit(first) || (first == '.' && isDigit(at(position + 1)))) {
      readNumber();
    } else if (first == '"') {
      add(Token.Type.TEXT, endOfText());
    } else {
      readSign(first);
    }
  }

  private void readSign(char first) {
    for (String sign : SIGNS) {
      if (text.startsWith(sign, position)) {
        add(Token.Type.SIGN, position + sign.length());
        return;
      }
    }
    @Nullable String instead = FOREIGN.get(first);
    throw new OttlException(
        text,
        position,
        "`"
            + first
            + "` (expected: "
            + (instead == null ? "an operator or a value" : instead)
            + ")");
  }

  private void readNumber() {
    if (text.startsWith("0x", position)) {
      add(Token.Type.BYTES, endOfWord(position + 2));
      return;
    }
    int end = endOfDigits(position);
    if (at(end) != '.' || !isDigit(at(end + 1))) {
      add(Token.Type.INT, end);
      return;
    }
    add(Token.Type.FLOAT, endOfExponent(endOfDigits(end + 1)));
  }

  private int endOfExponent(int end) {
    if (at(end) != 'e' && at(end) != 'E') {
      return end;
    }
    int digits = at(end + 1) == '-' || at(end + 1) == '+' ? end + 2 : end + 1;
    return isDigit(at(digits)) ? endOfDigits(digits) : end;
  }

  private int endOfText() {
    for (int end = position + 1; end < text.length(); end++) {
      char c = text.charAt(end);
      if (c == '"') {
        return end + 1;
      }
      if (c == '\\') {
        end++;
      }
    }
    throw new OttlException(text, position, "a text without an end (expected: `\"`)");
  }

  private int endOfWord(int end) {
    while (isLetter(at(end)) || isDigit(at(end)) || at(end) == '_') {
      end++;
    }
    return end;
  }

  private int endOfDigits(int end) {
    while (isDigit(at(end))) {
      end++;
    }
    return end;
  }

  private void add(Token.Type type, int end) {
    tokens.add(new Token(type, text.substring(position, end), position));
    position = end;
  }

  /** Returns the character there, or a blank behind the end. */
  private char at(int index) {
    return index < text.length() ? text.charAt(index) : ' ';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
