package io.millrace.distribution;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import io.millrace.config.LogsConfig.Sampling;
import io.millrace.exporter.debug.DebugExporterFactory;
import java.util.Objects;

/**
 * Leaves out of the log what is repeated too often, as the collector does: in each interval the
 * first ones of a message and then one of many.
 *
 * <p>Messages share a fixed number of counters by their hash, so that no text, whoever wrote it,
 * makes this grow. Thread safe.
 */
final class LogSampling extends Filter<ILoggingEvent> {
  private static final int COUNTERS = 4096;

  /** Its lines are what its user asks for, and it has a sampling of its own. */
  private static final String DEBUG_EXPORTER = DebugExporterFactory.class.getPackageName() + '.';

  private final Sampling sampling;
  private final long[] endMillis = new long[COUNTERS];
  private final long[] counts = new long[COUNTERS];

  LogSampling(Sampling sampling) {
    this.sampling = sampling;
  }

  @Override
  public synchronized FilterReply decide(ILoggingEvent event) {
    if (event.getLoggerName().startsWith(DEBUG_EXPORTER)) {
      return FilterReply.NEUTRAL;
    }
    int counter = Math.floorMod(Objects.hash(event.getLevel(), message(event)), COUNTERS);
    if (event.getTimeStamp() >= endMillis[counter]) {
      endMillis[counter] = event.getTimeStamp() + sampling.tick().toMillis();
      counts[counter] = 0;
    }
    counts[counter]++;
    long beyond = counts[counter] - sampling.initial();
    boolean isKept =
        beyond <= 0 || (sampling.thereafter() > 0 && beyond % sampling.thereafter() == 0);
    return isKept ? FilterReply.NEUTRAL : FilterReply.DENY;
  }

  /** Returns the text without its parameters, unless it has nothing else. */
  private static String message(ILoggingEvent event) {
    return event.getMessage().equals("{}") ? event.getFormattedMessage() : event.getMessage();
  }
}
