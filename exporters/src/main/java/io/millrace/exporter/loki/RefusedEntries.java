package io.millrace.exporter.loki;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads out of the text of a 400 how many entries Loki has not stored.
 *
 * <p>It says so for entries that are too old or out of order ({@code total ignored: 2 out of 9}),
 * and for those it finds at fault one by one, alone or as {@code 3 errors like: …}. Where it
 * refuses whole streams, or the request, it does not. Source: Loki 3, {@code
 * pkg/validation/validate.go}, {@code pkg/ingester/stream.go}. Thread safe.
 */
final class RefusedEntries {
  private static final Pattern NEXT = Pattern.compile("; (?=\\d{1,9} errors like: )");
  private static final Pattern MANY = Pattern.compile("(\\d{1,9}) errors like: ");
  private static final Pattern IGNORED = Pattern.compile("total ignored: (\\d{1,9}) out of \\d");
  private static final List<String> OF_ONE_ENTRY =
      List.of(
          "max entry size",
          "has timestamp too old",
          "has timestamp too new",
          "has structured metadata too large",
          "has too many structured metadata labels",
          "includes structured metadata, but this feature is disallowed");

  private RefusedEntries() {}

  /** Returns the number of entries; nothing where the text does not tell. */
  static OptionalLong count(String text) {
    long count = 0;
    for (String error : NEXT.split(text, -1)) {
      long ofError = countOf(error);
      if (ofError == 0) {
        return OptionalLong.empty();
      }
      count += ofError;
    }
    return OptionalLong.of(count);
  }

  private static long countOf(String error) {
    Matcher many = MANY.matcher(error);
    long times = many.lookingAt() ? Long.parseLong(many.group(1)) : 1;
    if (OF_ONE_ENTRY.stream().anyMatch(error::contains)) {
      return times;
    }
    long ignored = 0;
    for (Matcher found = IGNORED.matcher(error); found.find(); ) {
      ignored += Long.parseLong(found.group(1));
    }
    return times * ignored;
  }
}
