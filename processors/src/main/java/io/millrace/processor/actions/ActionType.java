package io.millrace.processor.actions;

import java.util.Locale;

/** What is done. */
public enum ActionType {
  INSERT,
  UPDATE,
  UPSERT,
  DELETE,
  HASH,
  EXTRACT,
  CONVERT;

  boolean sets() {
    return this == INSERT || this == UPDATE || this == UPSERT;
  }

  boolean takesPattern() {
    return this == DELETE || this == HASH || this == EXTRACT;
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
