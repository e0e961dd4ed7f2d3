package io.millrace.benchmarks.load;

import io.millrace.benchmarks.payload.Payload;
import io.millrace.benchmarks.traffic.Protocol;
import io.millrace.benchmarks.traffic.RequestSender;
import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.config.ConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One case: what its file says, and what the caller wants otherwise. Immutable.
 *
 * @param folder holds {@code case.yaml} and the contestants' {@code collector.yaml}
 */
record LoadCase(
    Path folder,
    CaseConfig config,
    Duration warmup,
    Duration measure,
    List<Contestant> contestants) {
  /** Returns the case as its file has it. */
  static LoadCase of(Path folder, CaseConfig config) {
    return new LoadCase(folder, config, config.warmup(), config.measure(), config.contestants());
  }

  /** Reads the folder's {@code case.yaml}. */
  static LoadCase read(Path folder) throws IOException, ConfigException {
    Path file = folder.resolve("case.yaml");
    ConfigSource source = new ConfigSource(file.toString(), Files.readString(file));
    return of(folder, ConfigLoader.loadRecord(CaseConfig.DEFAULT, source));
  }

  LoadCase warmingUp(Duration newWarmup) {
    return new LoadCase(folder, config, newWarmup, measure, contestants);
  }

  LoadCase measuring(Duration newMeasure) {
    return new LoadCase(folder, config, warmup, newMeasure, contestants);
  }

  LoadCase among(List<Contestant> newContestants) {
    return new LoadCase(folder, config, warmup, measure, newContestants);
  }

  String name() {
    return folder.getFileName().toString();
  }

  Protocol protocol() {
    return config.protocol();
  }

  Payload payload() {
    return config.payload();
  }

  Backend backend() {
    return config.backend();
  }

  /** Returns a client of the contestant that listens on {@code port}. */
  RequestSender sender(int port) throws IOException {
    return protocol().sender(payload().signal(), port);
  }

  /** Returns what the items are called, such as {@code spans}. */
  String items() {
    return payload().signal().items().replace('_', ' ');
  }

  long intervalNanos() {
    return TimeUnit.SECONDS.toNanos(1) / config.requestsPerSecond();
  }

  /** Returns whether not every item is to arrive. */
  boolean isSampled() {
    return config.keptShare() < 1;
  }

  /** Returns what is offered, in items per second. */
  double itemsPerSecond() {
    return (double) config.requestsPerSecond() * payload().items();
  }
}
