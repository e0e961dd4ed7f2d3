package io.millrace.receiver.otlp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A connection that does what it should not, and learns when it is closed. */
final class BadSender implements AutoCloseable {
  private static final byte[] SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};

  private final SocketChannel socket;
  private final ByteBuffer answers = ByteBuffer.allocate(16 * 1024);
  private boolean isClosed;

  private BadSender(int port, byte[] first) throws IOException {
    socket = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.write(ByteBuffer.wrap(first));
    socket.configureBlocking(false);
  }

  /** Connects and begins with a text. */
  static BadSender saying(int port, String text) throws IOException {
    return new BadSender(port, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Connects as an HTTP/2 client does. */
  static BadSender http2(int port) throws IOException {
    BadSender sender = saying(port, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    sender.send(SETTINGS);
    return sender;
  }

  /** Sends what the socket takes now. */
  void send(byte[] bytes) {
    try {
      socket.write(ByteBuffer.wrap(bytes));
    } catch (IOException e) {
      isClosed = true;
    }
  }

  /** Returns whether the server has ended the connection. */
  boolean isClosed() {
    try {
      while (!isClosed) {
        int read = socket.read(answers.clear());
        if (read == 0) {
          return false;
        }
        isClosed = read < 0;
      }
    } catch (IOException e) {
      isClosed = true;
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
