package io.millrace.processor.attributes;

import io.millrace.pdata.LogRecordView;
import io.millrace.pdata.MetricView;
import io.millrace.pdata.RecordSelector;
import io.millrace.pdata.ResourceView;
import io.millrace.pdata.ScopeView;
import io.millrace.pdata.Signal;
import io.millrace.pdata.SpanView;
import io.millrace.processor.attributes.AttributeCriterion.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * Takes the records that match {@code include} and do not match {@code exclude}. What concerns the
 * resource or the scope is decided once for all records in it. Confined to one thread.
 */
final class RecordMatcher implements RecordSelector {
  private final Signal signal;
  private final @Nullable MatchCriteria include;
  private final @Nullable MatchCriteria exclude;
  private final SpanView span = new SpanView();
  private final LogRecordView logRecord = new LogRecordView();
  private final MetricView metric = new MetricView();
  private final Attributes spanAttributes = span::attributes;
  private final Attributes logAttributes = logRecord::attributes;
  private boolean mayExclude;
  private boolean scopeMayExclude;

  private RecordMatcher(
      Signal signal, @Nullable MatchCriteria include, @Nullable MatchCriteria exclude) {
    this.signal = signal;
    this.include = include;
    this.exclude = exclude;
  }

  /** Returns the matcher; {@code null} when every record is taken. */
  static @Nullable RecordMatcher of(AttributesConfig config, Signal signal) {
    MatchConfig include = config.include();
    MatchConfig exclude = config.exclude();
    return include == null && exclude == null
        ? null
        : new RecordMatcher(
            signal,
            include == null ? null : new MatchCriteria(include),
            exclude == null ? null : new MatchCriteria(exclude));
  }

  @Override
  public boolean takesResource(ResourceView resource) {
    mayExclude = exclude != null && exclude.matches(resource);
    return include == null || include.matches(resource);
  }

  @Override
  public boolean takesScope(ScopeView scope) {
    scopeMayExclude = mayExclude && exclude != null && exclude.matches(scope);
    return include == null || include.matches(scope);
  }

  @Override
  public boolean takesRecord(byte[] bytes, int offset, int length) {
    switch (signal) {
      case TRACES -> span.wrap(bytes, offset, length);
      case LOGS -> logRecord.wrap(bytes, offset, length);
      case METRICS, PROFILES -> metric.wrap(bytes, offset, length);
    }
    return (include == null || matches(include))
        && !(scopeMayExclude && exclude != null && matches(exclude));
  }

  private boolean matches(MatchCriteria criteria) {
    return switch (signal) {
      case TRACES -> criteria.matches(span, spanAttributes);
      case LOGS -> criteria.matches(logRecord, logAttributes);
      case METRICS, PROFILES -> criteria.matches(metric);
    };
  }
}
