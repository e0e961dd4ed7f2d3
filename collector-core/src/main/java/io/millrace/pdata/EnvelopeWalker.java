package io.millrace.pdata;

import io.millrace.pdata.EnvelopeTags.Request;
import io.millrace.pdata.EnvelopeTags.ResourceRecords;
import io.millrace.pdata.EnvelopeTags.ScopeRecords;
import io.millrace.wire.WireReader;
import java.util.Arrays;

/**
 * Walks a batch of traces, metrics or logs for whoever takes it apart: gives each record as the
 * bytes it is, and of request, resource and scope the header, which is everything in it but the
 * level below.
 *
 * <p>A header that is written in front of any of its records makes them whole again ({@link
 * EnvelopeWriter}). Scopes of the old field 1000 come out where there are no others, and are
 * written back as what they are called today.
 *
 * <pre>{@code
 * walker.wrap(batch);
 * while (walker.nextResource()) {
 *   while (walker.nextScope()) {
 *     while (walker.nextRecord(record)) {
 *       ... walker.resourceHeader(), walker.scopeHeader(), record ...
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>Inner loops may be left early. Reusable; allocates nothing once its headers fit. Confined to
 * one thread.
 */
public final class EnvelopeWalker {
  private final Level request = new Level();
  private final Level resource = new Level();
  private final Level scope = new Level();
  private final ByteRange message = new ByteRange();

  /** Starts over in front of the first resource of {@code batch}. */
  public void wrap(OtlpBatch batch) {
    message.wrap(batch.bytes(), batch.offset(), batch.length());
    request.wrap(message, Request.RESOURCE_RECORDS, Request.RESOURCE_RECORDS);
    resource.clear();
    scope.clear();
  }

  /** Moves to the next resource and in front of its first scope, or returns {@code false}. */
  public boolean nextResource() {
    scope.clear();
    if (!request.next(message)) {
      resource.clear();
      return false;
    }
    resource.wrap(
        message, ResourceRecords.SCOPE_RECORDS, ResourceRecords.INSTRUMENTATION_LIBRARY_RECORDS);
    return true;
  }

  /** Moves to the next scope and in front of its first record, or returns {@code false}. */
  public boolean nextScope() {
    if (!resource.next(message)) {
      scope.clear();
      return false;
    }
    scope.wrap(message, ScopeRecords.RECORDS, ScopeRecords.RECORDS);
    return true;
  }

  /** Moves {@code record} to the next record of the scope, or returns {@code false}. */
  public boolean nextRecord(View record) {
    return scope.next(record);
  }

  /** The fields of the request beside its resources; nearly always none. */
  public ByteRange requestHeader() {
    return request.header;
  }

  /** The fields of the current resource beside its scopes. */
  public ByteRange resourceHeader() {
    return resource.header;
  }

  /** The fields of the current scope beside its records. */
  public ByteRange scopeHeader() {
    return scope.header;
  }

  /** One message: its header, and a cursor over its children. */
  private static final class Level {
    private final WireReader in = new WireReader();
    private final ByteRange header = new ByteRange();
    private byte[] bytes = {};
    private byte[] headerBytes = {};
    private int childTag;

    /** Starts over with a message, whose children have the old tag only if none has the new one. */
    void wrap(ByteRange message, int newTag, int oldTag) {
      bytes = message.bytes();
      childTag = oldTag;
      int headerLength = 0;
      in.wrap(bytes, message.offset(), message.length());
      int start = in.position();
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        in.skip(tag);
        if (tag == newTag) {
          childTag = newTag;
        } else if (tag != oldTag) {
          int length = in.position() - start;
          makeRoom(headerLength, length);
          System.arraycopy(bytes, start, headerBytes, headerLength, length);
          headerLength += length;
        }
        start = in.position();
      }
      header.wrap(headerBytes, 0, headerLength);
      in.wrap(bytes, message.offset(), message.length());
    }

    private void makeRoom(int used, int more) {
      if (headerBytes.length - used < more) {
        headerBytes = Arrays.copyOf(headerBytes, Math.max(used + more, 2 * headerBytes.length));
      }
    }

    /** Makes {@link #next} return {@code false}. */
    void clear() {
      in.wrap(bytes, 0, 0);
      header.clear();
    }

    boolean next(View child) {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag == childTag) {
          int length = in.readLength();
          int offset = in.position();
          in.advance(length);
          child.wrap(bytes, offset, length);
          return true;
        }
        in.skip(tag);
      }
      return false;
    }
  }
}
