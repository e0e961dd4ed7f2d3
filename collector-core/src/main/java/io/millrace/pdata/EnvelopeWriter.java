package io.millrace.pdata;

import io.millrace.pdata.EnvelopeTags.Request;
import io.millrace.pdata.EnvelopeTags.ResourceRecords;
import io.millrace.pdata.EnvelopeTags.ScopeRecords;
import io.millrace.wire.WireWriter;

/**
 * Writes a request of records that were taken apart by {@link EnvelopeWalker}; back to front, so
 * that lengths are known when they are written.
 *
 * <pre>{@code
 * for each resource, the last one first
 *   for each of its scopes, the last one first
 *     for each of its records, the last one first
 *       writer.record(bytes, offset, length);
 *     writer.endScope(scopeHeader);
 *   writer.endResource(resourceHeader);
 * writer.requestHeader(requestHeader);
 * byte[] request = writer.take();
 * }</pre>
 *
 * <p>Confined to one thread.
 */
public final class EnvelopeWriter {
  private final WireWriter out;
  private int scopeMark;
  private int resourceMark;

  /** Starts empty with room for {@code capacity} bytes, and grows when that is not enough. */
  public EnvelopeWriter(int capacity) {
    out = new WireWriter(capacity);
  }

  /** Puts a record in front of those written before. */
  public void record(byte[] bytes, int offset, int length) {
    out.writeBytes(ScopeRecords.RECORDS, bytes, offset, length);
  }

  /** Puts the records written since the last scope ended into a scope. */
  public void endScope(byte[] header) {
    out.writeRaw(header, 0, header.length);
    out.endMessage(ResourceRecords.SCOPE_RECORDS, scopeMark);
    scopeMark = out.mark();
  }

  /** Puts the scopes written since the last resource ended into a resource. */
  public void endResource(byte[] header) {
    out.writeRaw(header, 0, header.length);
    out.endMessage(Request.RESOURCE_RECORDS, resourceMark);
    resourceMark = out.mark();
    scopeMark = resourceMark;
  }

  /** Puts fields of the request itself in front of everything. */
  public void requestHeader(byte[] header) {
    out.writeRaw(header, 0, header.length);
    resourceMark = out.mark();
    scopeMark = resourceMark;
  }

  /** Returns the number of bytes written so far. */
  public int length() {
    return out.length();
  }

  /** Gives away the request; the writer is empty afterwards. */
  public byte[] take() {
    scopeMark = 0;
    resourceMark = 0;
    return out.take();
  }
}
