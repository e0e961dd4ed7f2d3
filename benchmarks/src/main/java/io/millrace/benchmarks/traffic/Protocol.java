package io.millrace.benchmarks.traffic;

import io.millrace.pdata.Signal;
import java.io.IOException;
import java.util.Locale;

/** How requests travel, on both sides of a contestant. Immutable. */
public enum Protocol {
  GRPC {
    @Override
    public RequestSender sender(Signal signal, int port) throws IOException {
      return new GrpcRequestSender(signal, port);
    }

    @Override
    public RequestServer server(Signal signal, int port, RequestHandler handler)
        throws IOException {
      return new GrpcRequestServer(signal, port, handler);
    }
  },
  HTTP {
    @Override
    public RequestSender sender(Signal signal, int port) throws IOException {
      return new HttpRequestSender(path(signal), port);
    }

    @Override
    public RequestServer server(Signal signal, int port, RequestHandler handler)
        throws IOException {
      return http(path(signal), port, handler);
    }

    private static String path(Signal signal) {
      return "/v1/" + signal.id();
    }
  };

  /** Returns the name in case files and on the command line. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Protocol named(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }

  /** Returns a client of an OTLP server on {@code port} of this machine. */
  public abstract RequestSender sender(Signal signal, int port) throws IOException;

  /** Returns an OTLP server on {@code port} of this machine, 0 for any. */
  public abstract RequestServer server(Signal signal, int port, RequestHandler handler)
      throws IOException;

  /** Returns an HTTP server for one path on {@code port} of this machine, 0 for any. */
  public static RequestServer http(String path, int port, RequestHandler handler)
      throws IOException {
    return new HttpRequestServer(path, port, handler);
  }
}
