package io.millrace.extension.pprof;

import io.millrace.component.ComponentContext;
import io.millrace.component.Extension;
import io.millrace.component.Listener;
import io.millrace.extension.serving.OperatorServer;
import io.millrace.extension.serving.OperatorServer.Page;
import io.millrace.transport.http.HttpAnswer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/** Shows what the process is doing. Methods are the control thread's; answers have their own. */
final class PprofExtension implements Extension {
  private static final String ROOT = "/debug/pprof/";
  private static final int SECONDS_DEFAULT = 30;
  private static final int SECONDS_MAX = 60;
  private static final Pattern SECONDS = Pattern.compile("(?:.*&)?seconds=(\\d{1,5})(?:&.*)?");
  private static final String INDEX =
      """
      threads      every thread with its stack (also: goroutine)
      heap         objects by class; collects garbage first (also: allocs)
      profile      a recording of the Flight Recorder, ?seconds=30, at most 60
      """;

  private final ComponentContext context;
  private final PprofConfig config;
  private final FlightRecording recordings;
  private @Nullable OperatorServer server;
  private @Nullable Recording saved;

  PprofExtension(ComponentContext context, PprofConfig config) {
    this.context = context;
    this.config = config;
    this.recordings = new FlightRecording(config);
  }

  @Override
  public void start() throws IOException {
    server = OperatorServer.start(context, config.endpoint(), pages());
    if (!config.saveToFile().isEmpty()) {
      Recording recording = recordings.recording();
      recording.setDestination(Path.of(config.saveToFile()));
      recording.start();
      saved = recording;
    }
  }

  @Override
  public List<Listener> listeners() {
    return server == null ? List.of() : List.of(server.listener());
  }

  /** Returns where it listens, with its port. */
  InetSocketAddress address() {
    return Objects.requireNonNull(server, "not started").address();
  }

  @Override
  public void shutdown() {
    recordings.close();
    if (server != null) {
      server.shutdown();
      server = null;
    }
    if (saved != null) {
      saved.stop(); // writes the file
      saved.close();
      saved = null;
    }
  }

  private Map<String, Page> pages() {
    Page threads = query -> HttpAnswer.text(200, command("threadPrint", "-l"));
    Page heap = query -> HttpAnswer.text(200, command("gcClassHistogram"));
    return Map.of(
        ROOT,
        query -> HttpAnswer.text(200, INDEX),
        ROOT + "threads",
        threads,
        ROOT + "goroutine",
        threads,
        ROOT + "heap",
        heap,
        ROOT + "allocs",
        heap,
        ROOT + "profile",
        this::profile);
  }

  private HttpAnswer profile(String query) throws IOException {
    Matcher asked = SECONDS.matcher(query);
    int seconds = asked.matches() ? Integer.parseInt(asked.group(1)) : SECONDS_DEFAULT;
    if (seconds < 1 || seconds > SECONDS_MAX) {
      return HttpAnswer.text(
          400, "seconds: " + seconds + " (expected: 1 to " + SECONDS_MAX + ")\n");
    }
    byte[] recorded = recordings.record(Duration.ofSeconds(seconds));
    return recorded.length == 0
        ? HttpAnswer.text(409, "another recording is under way\n")
        : new HttpAnswer(200, "application/octet-stream", recorded);
  }

  /** Runs one of the commands that {@code jcmd} has. */
  private static String command(String name, String... arguments) throws IOException {
    try {
      ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
      Object result =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  commands,
                  name,
                  new Object[] {arguments},
                  new String[] {String[].class.getName()});
      return String.valueOf(result);
    } catch (JMException e) {
      throw new IOException(name + ": " + e.getMessage(), e);
    }
  }
}
