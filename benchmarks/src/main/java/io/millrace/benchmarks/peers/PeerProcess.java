package io.millrace.benchmarks.peers;

import io.millrace.distribution.Main;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A running collector, ours or another. Confined to one thread. */
final class PeerProcess implements AutoCloseable {
  /** Environment variable of the configurations: where the collector listens. */
  static final String PORT = "PEER_PORT";

  /** Environment variable of the configurations: where the collector sends to. */
  static final String SINK_PORT = "PEER_SINK_PORT";

  private static final long START_NANOS_MAX = TimeUnit.SECONDS.toNanos(30);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int STOP_SECONDS_MAX = 60;

  private final Process process;
  private final int port;
  private final Path log;

  private PeerProcess(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /** A command line without its configuration. */
  record Program(List<String> command) {}

  static Program other(Path binary) {
    return new Program(List.of(binary.toAbsolutePath().toString()));
  }

  static Program millrace() {
    return new Program(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "--sun-misc-unsafe-memory-access=deny",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()));
  }

  /**
   * Starts a collector and waits until it listens.
   *
   * @throws IOException when it does not
   */
  static PeerProcess start(Program program, Path config, int sinkPort) throws IOException {
    return start(program, config, sinkPort, Map.of());
  }

  /** Does the same with more environment variables. */
  static PeerProcess start(
      Program program, Path config, int sinkPort, Map<String, String> environment)
      throws IOException {
    Map<String, String> all = new HashMap<>(environment);
    int port = freePort();
    all.put(PORT, Integer.toString(port));
    all.put(SINK_PORT, Integer.toString(sinkPort));
    return startAt(port, program, config, all);
  }

  /** Does the same where the configuration says itself where it listens and sends to. */
  static PeerProcess startAt(
      int port, Program program, Path config, Map<String, String> environment) throws IOException {
    List<String> command = new ArrayList<>(program.command());
    command.add("--config=" + config);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    Path log = Files.createTempFile("millrace-peer", ".log");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    PeerProcess started = new PeerProcess(builder.start(), port, log);
    try {
      started.awaitListening(port);
    } catch (IOException e) {
      started.close();
      throw e;
    }
    return started;
  }

  int port() {
    return port;
  }

  /** Asks the process to drain and end, and waits until it has. */
  void stop() throws IOException, InterruptedException {
    process.toHandle().destroy();
    if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
      throw new IOException("the collector does not end; its log is in " + log);
    }
    Files.deleteIfExists(log);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Waits until the collector listens on another port, too. */
  void awaitListening(int onPort) throws IOException {
    long deadline = System.nanoTime() + START_NANOS_MAX;
    while (!listens(onPort)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IOException("the collector does not listen; its log is in " + log);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
