package io.millrace.benchmarks.load;

import io.millrace.benchmarks.report.MarkdownTable;
import java.util.ArrayList;
import java.util.List;

/** What a drill has counted, and the promises that were broken. Confined to one thread. */
final class DrillReport {
  private final String title;
  private final MarkdownTable table = new MarkdownTable("", "value");
  private final List<String> broken = new ArrayList<>();

  DrillReport(String title) {
    this.title = title;
  }

  DrillReport row(String what, Object value) {
    table.row(what, String.valueOf(value));
    return this;
  }

  /** Notes a promise, with the row that shows it. */
  DrillReport promise(boolean isKept, String what, Object value) {
    row(what, value);
    if (!isKept) {
      broken.add(what + ": " + value);
    }
    return this;
  }

  /** Returns the promises that were broken; empty when all is well. */
  List<String> broken() {
    return List.copyOf(broken);
  }

  String markdown() {
    return "### " + title + "\n\n" + table;
  }
}
