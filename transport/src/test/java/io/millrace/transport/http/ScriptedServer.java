package io.millrace.transport.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 server that reads a request whole and then writes, byte for byte, what it was given.
 * Thread safe.
 */
final class ScriptedServer implements AutoCloseable {
  /** An answer that closes the connection instead. */
  static final String CUT = "cut";

  /** A request as it came. */
  @SuppressWarnings("ArrayRecordComponent") // read by tests, never compared
  record Request(String head, byte[] body) {}

  /** Looks at the connection of a request. */
  interface Connection {
    void look(Socket socket) throws IOException;
  }

  final List<Request> requests = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();
  volatile String[] answers;
  private final ServerSocket listener;
  private final Connection onRequest;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  /** Answers with {@code answers} in turn, then with the last again and again. */
  ScriptedServer(String... answers) throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answers);
  }

  ScriptedServer(ServerSocket listener, String... answers) {
    this(listener, socket -> {}, answers);
  }

  /** Shows {@code onRequest} the connection of each request before it answers. */
  ScriptedServer(ServerSocket listener, Connection onRequest, String... answers) {
    this.listener = listener;
    this.onRequest = onRequest;
    this.answers = answers;
    Thread.ofVirtual().start(this::accept);
  }

  /** Joins the lines of a head, and whatever stands behind it, as HTTP does. */
  static String lines(String... lines) {
    return String.join("\r\n", lines);
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        sockets.add(socket);
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      for (Request request = read(in); request != null; request = read(in)) {
        String[] all = answers;
        String answer = all[Math.min(requests.size(), all.length - 1)];
        onRequest.look(socket);
        requests.add(request);
        if (answer.equals(CUT)) {
          return;
        }
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
      }
    } catch (IOException gone) {
      // so is the peer
    }
  }

  private static @Nullable Request read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      head.write(next);
    }
    String text = head.toString(StandardCharsets.ISO_8859_1);
    return new Request(text, in.readNBytes(contentLength(text)));
  }

  private static int contentLength(String head) {
    return Arrays.stream(head.split("\r\n"))
        .filter(line -> line.startsWith("content-length: "))
        .mapToInt(line -> Integer.parseInt(line.substring("content-length: ".length())))
        .sum();
  }
}
