package io.millrace.pdata;

/**
 * Says which records of a batch concern somebody: asked at each resource, at each scope of a
 * resource that does, at each record of a scope that does. The views are lent for the call.
 * Confined to one thread.
 */
public interface RecordSelector {
  default boolean takesResource(ResourceView resource) {
    return true;
  }

  default boolean takesScope(ScopeView scope) {
    return true;
  }

  /** Decides about the span, metric or log record in the given range. */
  default boolean takesRecord(byte[] bytes, int offset, int length) {
    return true;
  }
}
