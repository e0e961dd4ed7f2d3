package io.millrace.processor.tailsampling;

import java.util.Locale;

/** The end of a trace, and a policy's part in it. */
enum Decision {
  NOT_SAMPLED,
  SAMPLED,
  DROPPED;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
