package io.millrace.benchmarks.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Four senders of metrics, and a backend of remote write that insists on order, refuses, and loses
 * requests and answers. Promised: nothing comes out of order but what was stored already, and what
 * was accepted is stored. Stateless.
 */
final class OrderDrill {
  private static final int SENDERS = 4;
  private static final Duration TROUBLE_MAX = Duration.ofSeconds(20);
  private static final Duration ARRIVALS_MAX = Duration.ofSeconds(20);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private OrderDrill() {}

  static DrillReport run(LoadCase load, List<String> prefix)
      throws IOException, InterruptedException {
    int port = Round.freePort();
    try (OrderingSink sink = new OrderingSink();
        ContestantProcess process =
            ContestantProcess.start(
                Contestant.MILLRACE, load, prefix, Round.environment(port, sink.port()))) {
      Round.awaitListening(process, port);
      List<PointSender> senders = send(load, port, sink);
      sink.recover();
      long deadline = System.nanoTime() + ARRIVALS_MAX.toNanos();
      while (missing(senders, sink) > 0 && System.nanoTime() < deadline) {
        LockSupport.parkNanos(POLL_NANOS);
      }
      return report(load, process, senders, sink);
    }
  }

  /** Sends for the case's time, and on a slow machine until there was trouble of each kind. */
  private static List<PointSender> send(LoadCase load, int port, OrderingSink sink)
      throws IOException, InterruptedException {
    List<PointSender> senders = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      PointSender sender = new PointSender(i, load.sender(port), SENDERS * load.intervalNanos());
      senders.add(sender);
      threads.add(Thread.ofPlatform().name("sender-" + i).start(sender));
    }
    long end = System.nanoTime() + load.measure().toNanos();
    long latest = end + TROUBLE_MAX.toNanos();
    for (long now = System.nanoTime();
        now < end || (!sink.hasTroubled() && now < latest);
        now = System.nanoTime()) {
      LockSupport.parkNanos(POLL_NANOS);
    }
    senders.forEach(PointSender::stop);
    for (Thread thread : threads) {
      thread.join();
    }
    senders.forEach(PointSender::close);
    return senders;
  }

  private static long missing(List<PointSender> senders, OrderingSink sink) {
    return difference(senders, sink, 1);
  }

  /** Returns how many samples of the series are fewer, or with -1 more, than were accepted. */
  private static long difference(List<PointSender> senders, OrderingSink sink, int sign) {
    long sum = 0;
    for (PointSender sender : senders) {
      for (int series = 0; series < PointSender.SERIES; series++) {
        sum += Math.max(0, sign * (sender.accepted() - sink.count(sender.series(series))));
      }
    }
    return sum;
  }

  private static DrillReport report(
      LoadCase load, ContestantProcess process, List<PointSender> senders, OrderingSink sink) {
    long accepted = senders.stream().mapToLong(PointSender::accepted).sum();
    long failed = senders.stream().mapToLong(PointSender::failed).sum();
    long missing = missing(senders, sink);
    long strangers = difference(senders, sink, -1);
    DrillReport report =
        new DrillReport("%s, %d s".formatted(load.name(), load.measure().toSeconds()))
            .promise(process.isAlive(), "still running", process.isAlive())
            .promise(accepted > 0, "requests accepted", accepted)
            .promise(failed == 0, "attempts that failed otherwise", failed);
    sink.report(report);
    return report
        .promise(missing == 0, "accepted samples that are not stored", missing)
        .promise(strangers == 0, "stored samples that were not accepted", strangers);
  }
}
