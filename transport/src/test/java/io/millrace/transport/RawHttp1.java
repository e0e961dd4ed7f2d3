package io.millrace.transport;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An HTTP/1.1 client that sends what it is told, byte for byte, and so can misbehave. Confined to
 * the test's thread.
 */
public final class RawHttp1 implements AutoCloseable {
  /** A response as it came; header names in lower case. */
  @SuppressWarnings("ArrayRecordComponent") // read by tests, never compared
  public record Response(int status, Map<String, String> headers, byte[] body) {}

  private final Socket socket;
  private final OutputStream out;
  private final InputStream in;

  /** Connects to loopback. */
  public RawHttp1(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    out = socket.getOutputStream();
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends lines, each with its end. */
  public void lines(String... lines) throws IOException {
    send((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends bytes. */
  public void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Sends a whole POST; {@code fields} are header lines. */
  public void post(String path, byte[] body, String... fields) throws IOException {
    lines("POST " + path + " HTTP/1.1", "Host: test", "Content-Length: " + body.length);
    for (String field : fields) {
      lines(field);
    }
    lines("");
    send(body);
  }

  /** Sends one chunk of a chunked body; an empty one ends it. */
  public void chunk(byte[] bytes) throws IOException {
    lines(Integer.toHexString(bytes.length));
    send(bytes);
    lines("");
  }

  /** Sends the end of the stream; the answer can still be read. */
  public void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Reads the next response whole. */
  public Response response() throws IOException {
    String[] status = line().split(" ", 3);
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Response(Integer.parseInt(status[1]), headers, in.readNBytes(length));
  }

  /** Returns whether the server has ended the stream. */
  public boolean isEnded() throws IOException {
    return in.read() < 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("connection ended after: " + line);
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }
}
