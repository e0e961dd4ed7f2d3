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
import org.jspecify.annotations.Nullable;

/**
 * Leads an edit through a batch of traces, metrics or logs and makes the batch that comes of it.
 *
 * <p>Whatever the edit leaves alone stays as the sender wrote it: unknown fields, the order of
 * fields, odd but legal forms. A batch without a change is passed on as it is. The parts of a
 * resource or scope that was written in several are edited as the one message they are; where there
 * is none, the edit gets an empty one.
 *
 * <p>Needs bytes that were validated in depth. Reusable; allocates the new bytes. Confined to one
 * thread.
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

  private final Signal signal;
  private final Level level;
  private final @Nullable RecordSelector selector;
  private final MessageEdit edit;
  private final Splice splice = new Splice();
  private final WireReader in = new WireReader();
  private final WireReader fields = new WireReader();
  private final ResourceView resource = new ResourceView();
  private final ScopeView scope = new ScopeView();
  private byte[] bytes = new byte[0];

  /**
   * Makes ready to edit batches of one signal.
   *
   * @param selector of what is to be edited; {@code null} for everything
   * @throws IllegalArgumentException for profiles
   */
  public OtlpSplicer(
      Signal signal, Level level, @Nullable RecordSelector selector, MessageEdit edit) {
    if (signal == Signal.PROFILES) {
      throw new IllegalArgumentException("signal: profiles (expected: traces, metrics or logs)");
    }
    this.signal = signal;
    this.level = level;
    this.selector = selector;
    this.edit = edit;
  }

  /** Returns the edited batch with the same ack; the same batch when nothing changed. */
  public OtlpBatch splice(OtlpBatch batch) {
    bytes = batch.bytes();
    splice.wrap(bytes, batch.offset(), batch.length());
    in.wrap(bytes, batch.offset(), batch.length());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == Request.RESOURCE_RECORDS) {
        resourceRecords();
      } else {
        in.skip(tag);
      }
    }
    byte[] edited = splice.apply();
    return edited == null ? batch : batch.withBytes(edited, batch.items(), batch.ack());
  }

  private void resourceRecords() {
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
    splice.end(mark, in.limit());
    in.leaveMessage(outer);
  }

  private boolean isResourceTaken(int body) {
    if (selector == null) {
      return true;
    }
    resource.wrap(bytes, body, in.limit() - body);
    return selector.takesResource(resource);
  }

  private void scopes() {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case ResourceRecords.SCOPE_RECORDS, ResourceRecords.INSTRUMENTATION_LIBRARY_RECORDS ->
            scopeRecords();
        default -> in.skip(tag);
      }
    }
  }

  private void scopeRecords() {
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
    splice.end(mark, in.limit());
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
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == ScopeRecords.RECORDS) {
        record();
      } else {
        in.skip(tag);
      }
    }
  }

  private void record() {
    int lengthAt = in.position();
    int length = in.readLength();
    int body = in.position();
    in.advance(length);
    if (selector != null && !selector.takesRecord(bytes, body, length)) {
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
