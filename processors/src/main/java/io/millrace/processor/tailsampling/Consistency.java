package io.millrace.processor.tailsampling;

import io.millrace.config.Checks;
import java.util.List;

/**
 * What no threshold can say, and is refused where every kept span shall have one: a threshold says
 * that a trace with more randomness would have been kept, too. Stateless.
 */
final class Consistency {
  private Consistency() {}

  static void check(boolean sampleOnFirstMatch, List<PolicyConfig> policies, Checks checks) {
    checks.that(
        !sampleOnFirstMatch,
        "sample_on_first_match",
        true,
        "false with consistent, since the policies behind can have lower thresholds");
    for (PolicyConfig policy : policies) {
      checks.that(
          !negatesLimit(policy, false),
          "policies",
          policy.name(),
          "no limit inside not or drop with consistent, since what a limit refuses has no threshold");
      checks.that(
          !policy.anyMatch(Consistency::hasRandomClass),
          "policies",
          policy.name(),
          "no probabilistic and no limit but in the last of composite_sub_policy with consistent,"
              + " since a share must not depend on randomness");
    }
  }

  private static boolean negatesLimit(PolicyConfig policy, boolean isInside) {
    boolean isNegating = policy.type() == PolicyType.NOT || policy.type() == PolicyType.DROP;
    return (isInside && policy.type().isLimiter())
        || policy.inner().stream().anyMatch(inner -> negatesLimit(inner, isInside || isNegating));
  }

  private static boolean hasRandomClass(PolicyConfig policy) {
    if (policy.type() != PolicyType.COMPOSITE) {
      return false;
    }
    List<PolicyConfig> inner = policy.inner();
    return inner.stream()
        .limit(Math.max(0, inner.size() - 1))
        .anyMatch(each ->
            each.anyMatch(p -> p.type() == PolicyType.PROBABILISTIC || p.type().isLimiter()));
  }
}
