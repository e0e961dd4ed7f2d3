package io.millrace.transport;

import java.io.IOException;
import java.net.SocketTimeoutException;

/** What a hostile client does to a connection, frame after frame, until the server ends it. */
public enum Http2Abuse {
  /** A head that goes on without end and without a byte. */
  EMPTY_CONTINUATIONS(10_000) {
    @Override
    void begin(RawHttp2 raw, String path) throws IOException {
      raw.frame(RawHttp2.HEADERS, 0, 1, new byte[0]);
    }

    @Override
    void goOn(RawHttp2 raw, String path, int step) throws IOException {
      raw.frame(CONTINUATION, 0, 1, new byte[0]);
    }
  },

  /** A head that goes on, a byte at a time. */
  TINY_CONTINUATIONS(100_000) {
    @Override
    void begin(RawHttp2 raw, String path) throws IOException {
      raw.frame(RawHttp2.HEADERS, 0, 1, new byte[0]);
    }

    @Override
    void goOn(RawHttp2 raw, String path, int step) throws IOException {
      raw.frame(CONTINUATION, 0, 1, new byte[1]);
    }
  },

  /** Questions whose answers nobody reads. */
  PINGS(1_000_000) {
    @Override
    void goOn(RawHttp2 raw, String path, int step) throws IOException {
      raw.frame(RawHttp2.PING, 0, 0, new byte[8]);
    }
  },

  /** Settings whose acknowledgements nobody reads. */
  SETTINGS(1_000_000) {
    @Override
    void goOn(RawHttp2 raw, String path, int step) throws IOException {
      raw.frame(RawHttp2.SETTINGS, 0, 0, new byte[0]);
    }
  },

  /** Streams that the server is made to reset, so that it is the one who resets. */
  PROVOKED_RESETS(10_000) {
    @Override
    void goOn(RawHttp2 raw, String path, int step) throws IOException {
      int stream = 2 * step + 1;
      raw.post(stream, 0, path, GRPC);
      raw.frame(RawHttp2.WINDOW_UPDATE, 0, stream, new byte[4]);
    }
  },

  /** A body that goes on without end and without a byte. */
  EMPTY_DATA(10_000) {
    @Override
    void begin(RawHttp2 raw, String path) throws IOException {
      raw.post(1, 0, path, GRPC);
    }

    @Override
    void goOn(RawHttp2 raw, String path, int step) throws IOException {
      raw.frame(RawHttp2.DATA, 0, 1, new byte[0]);
    }
  };

  private static final int CONTINUATION = 9;
  private static final String[] GRPC = {"content-type", "application/grpc", "te", "trailers"};

  private final int framesMax;

  Http2Abuse(int framesMax) {
    this.framesMax = framesMax;
  }

  void begin(RawHttp2 raw, String path) throws IOException {}

  abstract void goOn(RawHttp2 raw, String path, int step) throws IOException;

  /** Goes on until it may no longer; returns whether the server has ended the connection. */
  public boolean isEnded(int port, String path) throws IOException {
    try (RawHttp2 raw = new RawHttp2(port)) {
      begin(raw, path);
      for (int step = 0; step < framesMax; step++) {
        goOn(raw, path, step);
      }
      return raw.isEnded();
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true; // by the server: there is nobody else
    }
  }
}
