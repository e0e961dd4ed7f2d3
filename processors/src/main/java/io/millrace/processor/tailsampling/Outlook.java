package io.millrace.processor.tailsampling;

/** What deciding a trace now would cost, from nothing to much; the order of eviction. */
enum Outlook {
  /** The decision cannot change any more. */
  FINAL(0),
  /** It would be dropped, but for spans that may come. */
  LIKELY_DROPPED(1),
  /** It would be kept, but for spans that may come. */
  LIKELY_KEPT(2);

  /** The list of the traces with this outlook. */
  final int list;

  Outlook(int list) {
    this.list = list;
  }
}
