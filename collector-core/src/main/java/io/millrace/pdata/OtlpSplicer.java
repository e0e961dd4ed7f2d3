package io.millrace.pdata;

import io.millrace.pdata.CommonTags.InstrumentationScope;
import io.millrace.pdata.CommonTags.Resource;
import io.millrace.pdata.EnvelopeTags.MetricData;
import io.millrace.pdata.EnvelopeTags.Request;
import io.millrace.pdata.EnvelopeTags.ResourceRecords;
import io.millrace.pdata.EnvelopeTags.ScopeRecords;
import io.millrace.pdata.LogsTags.LogRecord;
import io.millrace.pdata.MetricsTags.ExponentialHistogramDataPoint;
import io.millrace.pdata.MetricsTags.HistogramDataPoint;
import io.millrace.pdata.MetricsTags.Metric;
import io.millrace.pdata.MetricsTags.NumberDataPoint;
import io.millrace.pdata.MetricsTags.SummaryDataPoint;
import io.millrace.pdata.TraceTags.Span;
import io.millrace.wire.WireReader;
import java.io.ByteArrayOutputStream;
import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Leads an edit through a batch of traces, metrics or logs and makes the batch that comes of it.
 *
 * <pre>{@code
 * if (splicer.edit(batch)) { // else it grows too much to be edited at once
 *   next.consume(splicer.apply());
 * }
 * }</pre>
 *
 * <p>Whatever the edit leaves alone stays as the sender wrote it: unknown fields, the order of
 * fields, odd but legal forms. A batch without a change is passed on as it is. The parts of a
 * resource or scope that was written in several are edited as the one message they are; where there
 * is none, the edit gets an empty one. Scopes and resources in which a filter leaves nothing go,
 * also those that arrived empty.
 *
 * <p>Needs bytes that were validated in depth. Reusable; allocates the new bytes, and keeps neither
 * a batch nor what an unusual one took. Confined to one thread.
 */
public final class OtlpSplicer {
  /** Which messages are edited. */
  public enum Level {
    /** {@code Resource} messages. */
    RESOURCE,
    /** {@code InstrumentationScope} messages. */
    SCOPE,
    /** Spans, log records, and of metrics the data points. */
    RECORD
  }

  private static final byte[] NOTHING = {};

  private final Signal signal;
  private final Level level;
  private final @Nullable RecordSelector selector;
  private final MessageEdit edit;
  private final @Nullable RecordFilter filter;
  private final Splice splice = new Splice();
  private final WireReader in = new WireReader();
  private final WireReader fields = new WireReader();
  private final ResourceView resource = new ResourceView();
  private final ScopeView scope = new ScopeView();
  private final BitSet kept = new BitSet();
  private @Nullable OtlpBatch batch;
  private byte[] bytes = NOTHING;
  private int items;
  private int keptItems;

  /**
   * Makes ready to edit batches of one signal.
   *
   * @param selector of what is to be edited; {@code null} for everything
   * @throws IllegalArgumentException for profiles
   */
  public OtlpSplicer(
      Signal signal, Level level, @Nullable RecordSelector selector, MessageEdit edit) {
    this(signal, level, selector, edit, null);
    if (signal == Signal.PROFILES) {
      throw new IllegalArgumentException("signal: profiles (expected: traces, metrics or logs)");
    }
  }

  private OtlpSplicer(
      Signal signal,
      Level level,
      @Nullable RecordSelector selector,
      MessageEdit edit,
      @Nullable RecordFilter filter) {
    this.signal = signal;
    this.level = level;
    this.selector = selector;
    this.edit = edit;
    this.filter = filter;
  }

  /**
   * Returns a splicer that takes records out, and edits those that remain.
   *
   * @throws IllegalArgumentException for other signals than traces and logs
   */
  public static OtlpSplicer filtering(Signal signal, RecordFilter filter, MessageEdit edit) {
    if (signal != Signal.TRACES && signal != Signal.LOGS) {
      throw new IllegalArgumentException("signal: " + signal.id() + " (expected: traces or logs)");
    }
    return new OtlpSplicer(signal, Level.RECORD, null, edit, filter);
  }

  /**
   * Finds out what is to be edited in a batch.
   *
   * @return whether that is within the bounds of {@link Splice} and {@link AttributeEditor}; if it
   *     is not, all is forgotten, and parts of the batch may be
   */
  public boolean edit(OtlpBatch newBatch) {
    batch = newBatch;
    bytes = newBatch.bytes();
    items = 0;
    keptItems = 0;
    kept.clear();
    if (filter != null) {
      filter.begin();
    }
    splice.wrap(bytes, newBatch.offset(), newBatch.length());
    try {
      request(newBatch);
      return true;
    } catch (EditLimitException _) {
      clear();
      return false;
    }
  }

  /** Returns the length of the batch that comes of the edits. */
  public int length() {
    return splice.length();
  }

  /**
   * Returns the batch that comes of the edits: the same one when nothing has changed; {@code null}
   * when a filter left nothing, and the ack is settled. Whatever remains keeps its ack.
   */
  public @Nullable OtlpBatch apply() {
    OtlpBatch old = Objects.requireNonNull(batch);
    byte[] edited = splice.apply();
    clear();
    if (filter != null) {
      filter.end();
      if (keptItems == 0) {
        old.ack().settle(filter.fate());
        return null;
      }
      if (keptItems < items) {
        Ack rest = old.ack().retain(kept, items, filter.fate());
        return old.withBytes(Objects.requireNonNull(edited), keptItems, rest);
      }
    }
    return edited == null ? old : old.withBytes(edited, old.items(), old.ack());
  }

  /** Forgets the batch and its edits. */
  public void clear() {
    splice.clear();
    in.wrap(NOTHING, 0, 0);
    fields.wrap(NOTHING, 0, 0);
    bytes = NOTHING;
    batch = null;
  }

  private void request(OtlpBatch from) {
    in.wrap(bytes, from.offset(), from.length());
    int start = in.position();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == Request.RESOURCE_RECORDS) {
        resourceRecords(start);
      } else {
        in.skip(tag);
      }
      start = in.position();
    }
  }

  private void resourceRecords(int start) {
    int keptBefore = keptItems;
    int lengthAt = in.position();
    int outer = in.enterMessage();
    int body = in.position();
    int mark = splice.begin(lengthAt, body);
    if (isResourceTaken(body)) {
      if (level == Level.RESOURCE) {
        singular(body, in.limit(), ResourceRecords.RESOURCE, Resource.ATTRIBUTES);
      } else {
        scopes();
      }
    }
    end(mark, start, keptBefore);
    in.leaveMessage(outer);
  }

  /** Ends a resource or scope, or takes it out when a filter leaves no record in it. */
  private void end(int mark, int start, int keptBefore) {
    if (filter != null && keptItems == keptBefore) {
      splice.undo(mark);
      splice.remove(start, in.limit());
    } else {
      splice.end(mark, in.limit());
    }
  }

  private boolean isResourceTaken(int body) {
    if (selector == null) {
      return true;
    }
    resource.wrap(bytes, body, in.limit() - body);
    return selector.takesResource(resource);
  }

  /**
   * Edits what stands in the old field too where it does not count: an attribute that was to be
   * deleted should not be found in it. It has no items, so a filter leaves it alone.
   */
  private void scopes() {
    int start = in.position();
    int counted =
        filter == null ? 0 : OtlpFraming.scopeTag(fields.wrap(bytes, start, in.limit() - start));
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      boolean isScope =
          tag == ResourceRecords.SCOPE_RECORDS
              || tag == ResourceRecords.INSTRUMENTATION_LIBRARY_RECORDS;
      if (isScope && (filter == null || tag == counted)) {
        scopeRecords(start);
      } else {
        in.skip(tag);
      }
      start = in.position();
    }
  }

  private void scopeRecords(int start) {
    int keptBefore = keptItems;
    int lengthAt = in.position();
    int outer = in.enterMessage();
    int body = in.position();
    int mark = splice.begin(lengthAt, body);
    if (isScopeTaken(body)) {
      if (level == Level.SCOPE) {
        singular(body, in.limit(), ScopeRecords.SCOPE, InstrumentationScope.ATTRIBUTES);
      } else {
        records();
      }
    }
    end(mark, start, keptBefore);
    in.leaveMessage(outer);
  }

  private boolean isScopeTaken(int body) {
    if (selector == null) {
      return true;
    }
    scope.wrap(bytes, body, in.limit() - body);
    return selector.takesScope(scope);
  }

  private void records() {
    int start = in.position();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == ScopeRecords.RECORDS) {
        record(start);
      } else {
        in.skip(tag);
      }
      start = in.position();
    }
  }

  private void record(int start) {
    int lengthAt = in.position();
    int length = in.readLength();
    int body = in.position();
    in.advance(length);
    if (selector != null && !selector.takesRecord(bytes, body, length)) {
      return;
    }
    if (filter != null && !isKept(filter, body, length)) {
      splice.remove(start, in.position());
      return;
    }
    int mark = splice.begin(lengthAt, body);
    switch (signal) {
      case TRACES -> edit.edit(splice, body, length, Span.ATTRIBUTES);
      case LOGS -> edit.edit(splice, body, length, LogRecord.ATTRIBUTES);
      case METRICS, PROFILES -> metric(body, length);
    }
    splice.end(mark, body + length);
  }

  private boolean isKept(RecordFilter by, int body, int length) {
    int index = items++;
    if (!by.keeps(bytes, body, length)) {
      return false;
    }
    kept.set(index);
    keptItems++;
    return true;
  }

  /** Edits the points of all data, also of those that a later member of the oneof replaces. */
  private void metric(int offset, int length) {
    fields.wrap(bytes, offset, length);
    for (int tag = fields.readTag(); tag != 0; tag = fields.readTag()) {
      switch (tag) {
        case Metric.GAUGE, Metric.SUM -> points(NumberDataPoint.ATTRIBUTES);
        case Metric.HISTOGRAM -> points(HistogramDataPoint.ATTRIBUTES);
        case Metric.EXPONENTIAL_HISTOGRAM -> points(ExponentialHistogramDataPoint.ATTRIBUTES);
        case Metric.SUMMARY -> points(SummaryDataPoint.ATTRIBUTES);
        default -> fields.skip(tag);
      }
    }
  }

  private void points(int attributesTag) {
    int lengthAt = fields.position();
    int outer = fields.enterMessage();
    int mark = splice.begin(lengthAt, fields.position());
    for (int tag = fields.readTag(); tag != 0; tag = fields.readTag()) {
      if (tag == MetricData.DATA_POINTS) {
        point(attributesTag);
      } else {
        fields.skip(tag);
      }
    }
    splice.end(mark, fields.limit());
    fields.leaveMessage(outer);
  }

  private void point(int attributesTag) {
    int lengthAt = fields.position();
    int length = fields.readLength();
    int body = fields.position();
    fields.advance(length);
    int mark = splice.begin(lengthAt, body);
    edit.edit(splice, body, length, attributesTag);
    splice.end(mark, body + length);
  }

  /** Edits the message {@code tag} of the message around it, of which there should be one. */
  private void singular(int body, int bodyEnd, int tag, int attributesTag) {
    int parts = 0;
    int lengthAt = 0;
    fields.wrap(bytes, body, bodyEnd - body);
    for (int found = fields.readTag(); found != 0; found = fields.readTag()) {
      if (found == tag) {
        parts++;
        lengthAt = fields.position();
      }
      fields.skip(found);
    }
    if (parts != 1) {
      inParts(body, bodyEnd, tag, attributesTag);
      return;
    }
    fields.wrap(bytes, lengthAt, bodyEnd - lengthAt);
    int length = fields.readLength();
    int start = fields.position();
    int mark = splice.begin(lengthAt, start);
    edit.edit(splice, start, length, attributesTag);
    splice.end(mark, start + length);
  }

  /**
   * Edits what the parts are together, since to a parser they are one; nothing is a message too.
   */
  private void inParts(int body, int bodyEnd, int tag, int attributesTag) {
    ByteArrayOutputStream together = new ByteArrayOutputStream();
    fields.wrap(bytes, body, bodyEnd - body);
    for (int found = fields.readTag(); found != 0; found = fields.readTag()) {
      if (found == tag) {
        int length = fields.readLength();
        together.write(bytes, fields.position(), length);
        fields.advance(length);
      } else {
        fields.skip(found);
      }
    }
    Splice apart = new Splice();
    apart.wrap(together.toByteArray(), 0, together.size());
    edit.edit(apart, 0, together.size(), attributesTag);
    byte[] edited = apart.apply();
    if (edited != null) {
      splice.setField(fields, body, bodyEnd, tag, edited);
    }
  }
}
