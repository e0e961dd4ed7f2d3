package io.millrace.config;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the valid name that somebody probably meant: by the fewest inserted, removed, replaced and
 * swapped characters, ignoring case, dashes and camel case. Thread safe.
 */
public final class NearestName {
  private static final int DISTANCE_MAX = 2;

  private NearestName() {}

  /** Returns the nearest name; {@code null} when none is near. The first of equals wins. */
  public static @Nullable String of(String written, Collection<String> valid) {
    String plain = plain(written);
    String nearest = null;
    int least = DISTANCE_MAX + 1;
    for (String name : valid) {
      int distance = distance(plain, plain(name));
      if (distance < least && distance * 2 <= Math.max(plain.length(), name.length())) {
        least = distance;
        nearest = name;
      }
    }
    return nearest;
  }

  /** Returns the nearest id for one of the form {@code type/name}, whose types are given. */
  static @Nullable String ofId(String written, Collection<String> types) {
    int slash = written.indexOf('/');
    String type = of(slash < 0 ? written : written.substring(0, slash), types);
    return type == null || slash < 0 ? type : type + written.substring(slash);
  }

  private static String plain(String name) {
    return SnakeCase.of(name.replace('-', '_')).toLowerCase(Locale.ROOT);
  }

  /** Optimal string alignment, with rows of the table that reach two back for swaps. */
  private static int distance(String a, String b) {
    if (Math.abs(a.length() - b.length()) > DISTANCE_MAX) {
      return DISTANCE_MAX + 1;
    }
    int[][] table = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      table[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      table[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        table[i][j] = cell(table, a, b, i, j);
      }
    }
    return table[a.length()][b.length()];
  }

  private static int cell(int[][] table, String a, String b, int i, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int least = table[i - 1][j - 1] + (same ? 0 : 1);
    least = Math.min(least, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, table[i - 2][j - 2] + 1) : least;
  }
}
