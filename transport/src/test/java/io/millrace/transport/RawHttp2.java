package io.millrace.transport;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * An HTTP/2 client that sends what it is told, frame by frame, and so can misbehave. Confined to
 * the test's thread.
 */
public final class RawHttp2 implements AutoCloseable {
  public static final int DATA = 0;
  public static final int HEADERS = 1;
  public static final int RST_STREAM = 3;
  public static final int SETTINGS = 4;
  public static final int PING = 6;
  public static final int GOAWAY = 7;
  public static final int WINDOW_UPDATE = 8;
  public static final int END_STREAM = 1; // flag
  public static final int END_HEADERS = 4; // flag
  private static final int INITIAL_WINDOW_SIZE = 4; // setting

  /** A frame as it came; {@code payload} is the whole of it. */
  @SuppressWarnings("ArrayRecordComponent") // read by tests, never compared
  public record Frame(int type, int flags, int stream, byte[] payload) {}

  private final Socket socket;
  private final OutputStream out;
  private final DataInputStream in;
  private final DefaultHttp2HeadersDecoder hpack = new DefaultHttp2HeadersDecoder();
  private final Map<Integer, Integer> windows = new HashMap<>(); // by stream, 0 the connection
  private int initialWindow = 65_535;

  /** Connects to loopback and sends the preface with empty settings. */
  public RawHttp2(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    out = socket.getOutputStream();
    in = new DataInputStream(socket.getInputStream());
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    frame(SETTINGS, 0, 0, new byte[0]);
  }

  /** Sends one frame. */
  public void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(9);
    head.put((byte) (payload.length >>> 16)).putShort((short) payload.length);
    head.put((byte) type).put((byte) flags).putInt(stream);
    out.write(head.array());
    out.write(payload);
    out.flush();
  }

  /** Sends the head of a POST; {@code fields} are names and values in turn. */
  public void post(int stream, int flags, String path, String... fields) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    field(block, ":method", "POST");
    field(block, ":scheme", "http");
    field(block, ":path", path);
    field(block, ":authority", "test");
    for (int i = 0; i < fields.length; i += 2) {
      field(block, fields[i], fields[i + 1]);
    }
    frame(HEADERS, flags | END_HEADERS, stream, block.toByteArray());
  }

  /** Sends trailers, which end the stream; {@code fields} are names and values in turn. */
  public void trailers(int stream, String... fields) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < fields.length; i += 2) {
      field(block, fields[i], fields[i + 1]);
    }
    frame(HEADERS, END_STREAM | END_HEADERS, stream, block.toByteArray());
  }

  /** Sends the head of a gRPC call. */
  public void call(int stream, String method, String... fields) throws IOException {
    String[] all = new String[fields.length + 4];
    System.arraycopy(fields, 0, all, 4, fields.length);
    all[0] = "content-type";
    all[1] = "application/grpc";
    all[2] = "te";
    all[3] = "trailers";
    post(stream, 0, "/" + method, all);
  }

  /** Sends a body in frames of at most 16 KiB, as the server's windows allow. */
  public void data(int stream, byte[] body, boolean end) throws IOException {
    int offset = 0;
    do {
      int length = Math.min(16 * 1024, body.length - offset);
      awaitWindow(0, 65_535, length);
      awaitWindow(stream, initialWindow, length);
      byte[] part = new byte[length];
      System.arraycopy(body, offset, part, 0, length);
      offset += length;
      frame(DATA, end && offset == body.length ? END_STREAM : 0, stream, part);
    } while (offset < body.length);
  }

  /** Returns a gRPC message as it stands in DATA frames. */
  public static byte[] message(boolean compressed, int declaredLength, byte[] body) {
    return ByteBuffer.allocate(5 + body.length)
        .put((byte) (compressed ? 1 : 0))
        .putInt(declaredLength)
        .put(body)
        .array();
  }

  /** Waits for the next frame of this type, whatever its stream. */
  public Frame await(int type) throws IOException {
    for (Frame frame = next(); ; frame = next()) {
      if (frame.type == type) {
        return frame;
      }
    }
  }

  /** Waits for the next head, of a response or its trailers. */
  public Http2Headers awaitHeaders() throws IOException {
    Frame frame = await(HEADERS);
    try {
      return hpack.decodeHeaders(frame.stream, Unpooled.wrappedBuffer(frame.payload));
    } catch (Http2Exception e) {
      throw new IOException(e);
    }
  }

  /** Returns whether the server ends the connection, whatever it sends before. */
  public boolean isEnded() throws IOException {
    return in.skip(Long.MAX_VALUE) >= 0 && in.read() < 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void awaitWindow(int stream, int initial, int length) throws IOException {
    windows.putIfAbsent(stream, 0);
    while (initial + windows.get(stream) < length) {
      next();
    }
    windows.merge(stream, -length, Integer::sum);
  }

  /** Reads a frame and does what every client does with it. */
  private Frame next() throws IOException {
    Frame frame = read();
    ByteBuffer payload = ByteBuffer.wrap(frame.payload);
    if (frame.type == WINDOW_UPDATE) {
      windows.merge(frame.stream, payload.getInt(), Integer::sum);
    } else if (frame.type == SETTINGS && frame.flags == 0) {
      while (payload.hasRemaining()) {
        int setting = payload.getShort();
        int value = payload.getInt();
        initialWindow = setting == INITIAL_WINDOW_SIZE ? value : initialWindow;
      }
      acknowledgeSettings();
    }
    return frame;
  }

  /** A server that has ended the connection takes nothing; what it said before can be read. */
  private void acknowledgeSettings() throws IOException {
    try {
      frame(SETTINGS, 1, 0, new byte[0]);
    } catch (SocketException e) {
      if (in.available() == 0) {
        throw e;
      }
    }
  }

  private Frame read() throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt() & Integer.MAX_VALUE;
    return new Frame(type, flags, stream, in.readNBytes(length));
  }

  // Literal without indexing, no Huffman: RFC 7541, 6.2.2.
  private static void field(ByteArrayOutputStream block, String name, String value) {
    block.write(0);
    text(block, name);
    text(block, value);
  }

  private static void text(ByteArrayOutputStream block, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length >= 127) {
      throw new IllegalArgumentException("text: " + bytes.length + " (expected: < 127)");
    }
    block.write(bytes.length);
    block.writeBytes(bytes);
  }
}
