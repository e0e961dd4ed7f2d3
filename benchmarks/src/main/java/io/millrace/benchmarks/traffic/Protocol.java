package io.millrace.benchmarks.traffic;

import java.io.IOException;
import java.util.Locale;

/** How requests travel, on both sides of a contestant. Immutable. */
public enum Protocol {
  GRPC {
    @Override
    public RequestSender sender(int port) throws IOException {
      return new GrpcRequestSender(port);
    }

    @Override
    public RequestServer server(int port, RequestHandler handler) throws IOException {
      return new GrpcRequestServer(port, handler);
    }
  },
  HTTP {
    @Override
    public RequestSender sender(int port) throws IOException {
      return new HttpRequestSender(port);
    }

    @Override
    public RequestServer server(int port, RequestHandler handler) throws IOException {
      return new HttpRequestServer(port, handler);
    }
  };

  /** Returns the name in case files and on the command line. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Protocol named(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }

  /** Returns a client of a server on {@code port} of this machine. */
  public abstract RequestSender sender(int port) throws IOException;

  /** Returns a server on {@code port} of this machine, 0 for any. */
  public abstract RequestServer server(int port, RequestHandler handler) throws IOException;
}
