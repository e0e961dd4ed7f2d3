package io.millrace.processor.actions;

import io.millrace.pdata.RequestContext;
import io.millrace.processor.actions.ActionConfig.ConvertedType;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Seeded lists of valid actions on the keys that {@code RandomOtlp} uses. Confined to one thread.
 */
public final class RandomActions {
  private static final List<String> KEYS =
      List.of("a", "http.method", "k", "GET", "größe", "名前", "🙂", "naïve ", "new", "newer.key");
  private static final List<Object> VALUES =
      List.of(
          "text",
          "",
          "größe",
          true,
          0L,
          -1L,
          200L,
          1.5,
          -0.0,
          List.of("x", 1L, List.of(false)),
          List.of(),
          Map.of("k", "v"),
          Map.of());
  private static final List<String> KEY_PATTERNS =
      List.of("^http", "k|a", "e$", ".", "[0-9]", "^(GET|new)", "größe");
  private static final List<String> EXTRACTIONS =
      List.of(
          "(?P<first>.)(?P<rest>.*)",
          "^(?P<k>G)(?P<new>E)?T$",
          "(?P<a>[a-z]+)\\.(?P<http>m)",
          "(?P<GET>zz)?",
          "^(?P<a>$)");
  private static final List<String> CONTEXT =
      List.of(
          "metadata.tenant",
          "metadata.Many",
          "metadata.none",
          "auth.user",
          "auth.none",
          "client.address",
          "tenant");

  private final Random random;

  public RandomActions(long seed) {
    random = new Random(seed);
  }

  /** Returns a context with several, with one and without some of the values that are looked up. */
  public RequestContext context() {
    return switch (random.nextInt(3)) {
      case 0 -> RequestContext.EMPTY;
      case 1 ->
          new RequestContext(
              Map.of("tenant", List.of("acme"), "many", List.of("1", "2")),
              Map.of("user", "mia"),
              "10.0.0.7:4321");
      default -> new RequestContext(Map.of("many", List.of("3")), Map.of(), "[::1]:4321");
    };
  }

  /** Returns one to six actions. */
  public List<ActionConfig> actions() {
    return Stream.generate(this::action).limit(1 + random.nextInt(6)).toList();
  }

  private ActionConfig action() {
    ActionType type = pick(List.of(ActionType.values()));
    return switch (type) {
      case INSERT, UPDATE, UPSERT -> setting(type);
      case DELETE, HASH ->
          switch (random.nextInt(3)) {
            case 0 -> new ActionConfig(pick(KEYS), type, null, "", "", null, "", null);
            case 1 -> new ActionConfig("", type, null, "", "", null, pick(KEY_PATTERNS), null);
            default ->
                new ActionConfig(pick(KEYS), type, null, "", "", null, pick(KEY_PATTERNS), null);
          };
      case EXTRACT ->
          new ActionConfig(pick(KEYS), type, null, "", "", null, pick(EXTRACTIONS), null);
      case CONVERT ->
          new ActionConfig(
              pick(KEYS), type, null, "", "", null, "", pick(List.of(ConvertedType.values())));
    };
  }

  private ActionConfig setting(ActionType type) {
    Object defaultValue = random.nextInt(3) == 0 ? pick(VALUES) : null;
    String key = pick(KEYS);
    return switch (random.nextInt(3)) {
      case 0 -> new ActionConfig(key, type, pick(VALUES), "", "", null, "", null);
      case 1 -> new ActionConfig(key, type, null, pick(KEYS), "", defaultValue, "", null);
      default -> new ActionConfig(key, type, null, "", pick(CONTEXT), defaultValue, "", null);
    };
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
