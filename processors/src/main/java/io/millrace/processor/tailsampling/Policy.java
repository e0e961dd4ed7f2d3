package io.millrace.processor.tailsampling;

import java.util.List;

/**
 * A policy at the top: a name and a condition.
 *
 * @param parts names of the policies inside a composite one; empty for others
 * @param isDrop whether a trace that meets the condition is dropped, whatever others say
 */
record Policy(String name, Condition condition, List<String> parts, boolean isDrop) {
  Policy {
    parts = List.copyOf(parts);
  }
}
