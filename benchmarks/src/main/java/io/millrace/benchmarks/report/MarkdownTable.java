package io.millrace.benchmarks.report;

import java.util.Locale;

/** A table whose first column is text and whose others are numbers. Confined to one thread. */
public final class MarkdownTable {
  private final int columns;
  private final StringBuilder text = new StringBuilder();

  public MarkdownTable(String... header) {
    columns = header.length;
    row(header);
    text.append("|---").append("|---:".repeat(columns - 1)).append("|\n");
  }

  /** Adds a row; cells that are missing at its end stay empty. */
  public void row(String... cells) {
    for (String cell : cells) {
      text.append("| ").append(cell).append(' ');
    }
    text.append("| ".repeat(columns - cells.length)).append("|\n");
  }

  /** Returns the number as a cell, with separated thousands. */
  public static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /** Returns the table, each row on a line of its own. */
  @Override
  public String toString() {
    return text.toString();
  }
}
