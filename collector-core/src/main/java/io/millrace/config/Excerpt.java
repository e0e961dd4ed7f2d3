package io.millrace.config;

import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A source line with carets below a range of it.
 *
 * <p>From the first secret on, the line is masked to its end: those that a record declared, what
 * follows a key with a telling name, and what looks like a key or a token. Immutable.
 */
final class Excerpt {
  private static final int WIDTH_MAX = 160;
  private static final Pattern TELLING_KEY =
      Pattern.compile(
          "(?i)(pass|secret|token|credential|authorization|header|api[_-]?key|private|_pem)"
              + "[\\w-]{0,64}[\"']?\\s{0,8}[:=]\\s{0,8}(?=\\S)");
  private static final Pattern LONG_WORD = Pattern.compile("[A-Za-z0-9+/=_-]{32,}+");

  private Excerpt() {}

  /** Returns two lines without a trailing line break. */
  static String of(Position position, Collection<Position> secrets) {
    String line = masked(position, secrets);
    int caret = Math.min(position.column() - 1, line.length());
    int from = line.length() > WIDTH_MAX ? Math.max(0, caret - WIDTH_MAX / 2) : 0;
    String shown = line.substring(from, Math.min(line.length(), from + WIDTH_MAX));
    caret -= from;
    int carets = Math.clamp(position.length(), 1, Math.max(1, shown.length() - caret));
    String number = Integer.toString(position.line());
    String margin = "\n  " + " ".repeat(number.length()) + " | ";
    return "  " + number + " | " + shown + margin + " ".repeat(caret) + "^".repeat(carets);
  }

  private static String masked(Position position, Collection<Position> secrets) {
    String line = position.source().line(position.line()).replace('\t', ' ');
    int end = Math.min(firstTellingKey(line), firstToken(line));
    for (Position secret : secrets) {
      if (secret.line() == position.line() && secret.source().equals(position.source())) {
        end = Math.min(end, secret.column() - 1);
      }
    }
    return end < line.length() ? line.substring(0, end) + Secret.REDACTED : line;
  }

  private static int firstTellingKey(String line) {
    Matcher key = TELLING_KEY.matcher(line);
    return key.find() ? key.end() : line.length();
  }

  /** Keys have no digits, as a rule; random words of this length do. */
  private static int firstToken(String line) {
    Matcher word = LONG_WORD.matcher(line);
    while (word.find()) {
      if (word.group().chars().anyMatch(Character::isDigit)) {
        return word.start();
      }
    }
    return line.length();
  }
}
