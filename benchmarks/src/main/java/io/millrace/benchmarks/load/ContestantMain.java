package io.millrace.benchmarks.load;

import com.sun.management.ThreadMXBean;
import io.millrace.benchmarks.objectmodel.ObjectModelMain;
import io.millrace.benchmarks.traffic.Protocol;
import io.millrace.distribution.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The main program of every contestant: the contestant itself, beside one thread that answers the
 * driver's questions and ends the process when the driver is gone. Thread safe.
 */
public final class ContestantMain {
  /** What the answer to the question for allocated bytes begins with. */
  static final String ALLOCATED = "allocated ";

  /** Environment variable: where the contestant listens. */
  static final String PORT = "MILLRACE_BENCH_PORT";

  /** Environment variable: where it forwards to. */
  static final String SINK_PORT = "MILLRACE_BENCH_SINK_PORT";

  private ContestantMain() {}

  public static void main(String[] arguments) throws Exception {
    Thread.ofPlatform().daemon().name("meter").start(ContestantMain::answer);
    String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
    switch (Contestant.named(arguments[0])) {
      case MILLRACE -> Main.main(rest);
      case OBJECTMODEL -> System.exit(ObjectModelMain.run(List.of(rest)));
      case RELAY -> Relay.run(Protocol.named(rest[0]), port(PORT), port(SINK_PORT));
    }
  }

  private static int port(String variable) {
    return Integer.parseInt(System.getenv(variable));
  }

  private static void answer() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    PrintStream out = System.out;
    try (BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      while (questions.readLine() != null) {
        out.println(ALLOCATED + threads.getTotalThreadAllocatedBytes());
      }
    } catch (IOException e) {
      out.println(e);
    }
    System.exit(1);
  }
}
