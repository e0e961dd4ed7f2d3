package io.millrace.testkit.json;

import java.util.Random;

/** Damages a text as senders and networks do. Thread safe. */
public final class JsonMutation {
  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "null",
    "true",
    "0",
    "-1",
    "1e3",
    "1.5",
    "\"x\"",
    "[]",
    "{}",
    "\\u0000",
    "\\",
    "99999999999999999999",
    "NaN",
    "\"NaN\"",
    " ",
    "e",
    "."
  };

  private JsonMutation() {}

  /** Returns the text with one to three faults, which may leave it sound. */
  public static String mutate(String json, Random random) {
    StringBuilder text = new StringBuilder(json);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), at + random.nextInt(6));
      switch (random.nextInt(6)) {
        case 0 -> text.delete(at, end);
        case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
        case 2 -> text.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
        case 3 -> text.insert(at, text.substring(at, end));
        case 4 -> replaceValue(text, at, PIECES[random.nextInt(PIECES.length)]);
        default -> text.setLength(random.nextInt(4) == 0 ? at : text.length());
      }
    }
    return text.toString();
  }

  /** Puts another value behind the next colon, so that most mutants are still JSON. */
  private static void replaceValue(StringBuilder text, int from, String value) {
    int colon = text.indexOf(":", from);
    if (colon < 0) {
      return;
    }
    int end = colon + 1;
    while (end < text.length() && ",]}{[".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    text.replace(colon + 1, end, value);
  }
}
