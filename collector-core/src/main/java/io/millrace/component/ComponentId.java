package io.millrace.component;

import java.util.regex.Pattern;

/**
 * The name of a configured component: {@code type} or {@code type/name}. Immutable.
 *
 * @param type which factory makes it
 * @param name tells several of one type apart; empty for the only one
 */
public record ComponentId(String type, String name) {
  private static final Pattern TYPE = Pattern.compile("[a-zA-Z][0-9a-zA-Z_]{0,62}");
  private static final Pattern BAD_NAME = Pattern.compile("[\\s\\p{Cntrl}\\p{S}]");
  private static final int NAME_LENGTH_MAX = 1024;

  public ComponentId {
    if (!TYPE.matcher(type).matches()) {
      throw new IllegalArgumentException(
          "component type \""
              + type
              + "\" (expected: a letter, then letters, digits and _; at most 63)");
    }
    if (name.length() > NAME_LENGTH_MAX || BAD_NAME.matcher(name).find()) {
      throw new IllegalArgumentException(
          "component name \""
              + name
              + "\" (expected: at most 1024 characters, no blanks, control characters or symbols)");
    }
  }

  /**
   * Reads {@code type[/name]}; blanks around either part are dropped.
   *
   * @throws IllegalArgumentException when the text is not an id; the message names the part
   */
  public static ComponentId parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return new ComponentId(text.strip(), "");
    }
    String name = text.substring(slash + 1).strip();
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "component id \"" + text + "\" (expected: a name after the slash)");
    }
    return new ComponentId(text.substring(0, slash).strip(), name);
  }

  @Override
  public String toString() {
    return name.isEmpty() ? type : type + "/" + name;
  }
}
