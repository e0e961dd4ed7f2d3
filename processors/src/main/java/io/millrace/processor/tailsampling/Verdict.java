package io.millrace.processor.tailsampling;

/** What a condition says of a trace. */
enum Verdict {
  /** It does not hold, whatever comes. */
  NO,
  /** It depends on spans that may still come. */
  OPEN,
  /** It holds, whatever comes. */
  YES,
  /** It could not be evaluated; its policy does not count. */
  ERROR;

  static Verdict of(boolean holds) {
    return holds ? YES : NO;
  }

  Verdict negated() {
    return switch (this) {
      case NO -> YES;
      case YES -> NO;
      case OPEN, ERROR -> this;
    };
  }
}
