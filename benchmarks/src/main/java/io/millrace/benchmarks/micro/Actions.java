package io.millrace.benchmarks.micro;

import io.millrace.processor.actions.ActionConfig;
import io.millrace.processor.actions.ActionType;
import java.util.ArrayList;
import java.util.List;

/** Actions to measure with, on the attributes of {@code Payload.SEMCONV}. Stateless. */
final class Actions {
  private static final List<String> ABSENT =
      List.of(
          "db.system",
          "db.statement",
          "messaging.system",
          "messaging.destination",
          "rpc.service",
          "rpc.method",
          "enduser.id",
          "enduser.email",
          "peer.service",
          "code.function",
          "code.namespace",
          "faas.trigger",
          "graphql.operation",
          "server.name");

  private Actions() {}

  /** One insert, one copy from another attribute, one delete and one hash. */
  static List<ActionConfig> four() {
    return List.of(
        action("deployment.tier", ActionType.INSERT, "gateway", ""),
        action("http.status_code", ActionType.INSERT, "", "http.response.status_code"),
        action("user_agent.original", ActionType.DELETE, "", ""),
        action("client.address", ActionType.HASH, "", ""));
  }

  /** Two actions that match. */
  static List<ActionConfig> two() {
    return List.of(
        action("user_agent.original", ActionType.DELETE, "", ""),
        action("url.scheme", ActionType.UPDATE, "http", ""));
  }

  /** Those two, behind and before fourteen whose attribute is absent. */
  static List<ActionConfig> sixteen() {
    List<ActionConfig> actions = new ArrayList<>();
    ActionType[] types = {ActionType.DELETE, ActionType.HASH, ActionType.UPDATE};
    for (int i = 0; i < ABSENT.size(); i++) {
      ActionType type = types[i % types.length];
      String value = type == ActionType.UPDATE ? "redacted" : "";
      actions.add(action(ABSENT.get(i), type, value, ""));
    }
    actions.addAll(ABSENT.size() / 2, two());
    return actions;
  }

  private static ActionConfig action(
      String key, ActionType type, String value, String fromAttribute) {
    return new ActionConfig(
        key, type, value.isEmpty() ? null : value, fromAttribute, "", null, "", null);
  }
}
