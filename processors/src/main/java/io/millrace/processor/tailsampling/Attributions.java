package io.millrace.processor.tailsampling;

import java.util.List;

/** The attributions to all policies; none unless they are asked for. Immutable. */
final class Attributions {
  private final Attribution[][] byPart;
  private final Attribution[] late;

  Attributions(List<Policy> policies, boolean isRecorded) {
    this.byPart = new Attribution[policies.size()][];
    this.late = new Attribution[policies.size()];
    for (int i = 0; i < late.length; i++) {
      Policy policy = policies.get(i);
      byPart[i] = isRecorded ? parts(policy) : new Attribution[] {Attribution.NONE};
      late[i] = isRecorded ? Attribution.late(policy.name()) : Attribution.NONE;
    }
  }

  private static Attribution[] parts(Policy policy) {
    if (policy.parts().isEmpty()) {
      return new Attribution[] {Attribution.of(policy.name())};
    }
    return policy.parts().stream()
        .map(part -> Attribution.of(policy.name(), part))
        .toArray(Attribution[]::new);
  }

  /** Returns the attribution to a part of a policy; to the policy where it has no parts. */
  Attribution of(int policy, int part) {
    Attribution[] parts = byPart[policy];
    return parts[Math.min(part, parts.length - 1)];
  }

  /** Returns that of a late span. */
  Attribution late(int policy) {
    return late[policy];
  }
}
