package io.millrace.pdata;

import io.millrace.pdata.EnvelopeTags.Request;

/**
 * Walks a batch of traces, metrics or logs: resource by resource, scope by scope, record by record.
 *
 * <pre>{@code
 * walker.wrap(batch);
 * while (walker.nextResource()) {
 *   ... walker.resource() ...
 *   while (walker.nextScope()) {
 *     while (walker.nextRecord(span)) {
 *       ... span ...
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>Inner loops may be left early. Reusable, allocates nothing. Confined to one thread.
 */
public final class OtlpWalker {
  /** Empty, so that walking it changes nothing and any thread may share it. */
  private static final RangeCursor NONE = new RangeCursor(0);

  private final ByteRange request = new ByteRange();
  private final RangeCursor resources = new RangeCursor(Request.RESOURCE_RECORDS);
  private final ResourceView resource = new ResourceView();
  private final ScopeView scope = new ScopeView();
  private RangeCursor scopes = NONE;
  private RangeCursor records = NONE;

  /** Starts over in front of the first resource of {@code batch}. */
  public void wrap(OtlpBatch batch) {
    request.wrap(batch.bytes(), batch.offset(), batch.length());
    resources.rewind(request);
    scopes = NONE;
    records = NONE;
  }

  /** Moves to the next resource and in front of its first scope, or returns {@code false}. */
  public boolean nextResource() {
    boolean found = resources.next(resource);
    scopes = found ? resource.scopes() : NONE;
    records = NONE;
    return found;
  }

  /**
   * Moves to the next scope of the resource and in front of its first record, or returns {@code
   * false}.
   */
  public boolean nextScope() {
    boolean found = scopes.next(scope);
    records = found ? scope.records() : NONE;
    return found;
  }

  /** Moves {@code record} to the next record of the scope, or returns {@code false}. */
  public boolean nextRecord(View record) {
    return records.next(record);
  }

  /** The current resource, which moves with the walker. */
  public ResourceView resource() {
    return resource;
  }

  /** The current scope, which moves with the walker. */
  public ScopeView scope() {
    return scope;
  }
}
