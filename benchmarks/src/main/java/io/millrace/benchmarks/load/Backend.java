package io.millrace.benchmarks.load;

import io.millrace.benchmarks.traffic.Protocol;
import io.millrace.benchmarks.traffic.RequestHandler;
import io.millrace.benchmarks.traffic.RequestServer;
import java.io.IOException;

/** What a contestant sends to. Immutable. */
enum Backend {
  /** Another collector, or Tempo; takes spans. */
  OTLP {
    @Override
    RequestServer server(LoadCase load, int port, RequestHandler handler) throws IOException {
      return load.protocol().server(load.payload().signal(), port, handler);
    }

    @Override
    ItemReader reader() {
      return request -> SpanIdReader.read(request, 0, request.length);
    }
  },
  /** Prometheus, by remote write 1.0. */
  REMOTE_WRITE {
    @Override
    RequestServer server(LoadCase load, int port, RequestHandler handler) throws IOException {
      return Protocol.http("/api/v1/write", port, handler);
    }

    @Override
    ItemReader reader() {
      return new WriteRequestReader();
    }
  },
  LOKI {
    @Override
    RequestServer server(LoadCase load, int port, RequestHandler handler) throws IOException {
      return Protocol.http("/loki/api/v1/push", port, handler);
    }

    @Override
    ItemReader reader() {
      return PushRequestReader::read;
    }
  };

  /** Returns a server on {@code port} of this machine, 0 for any. */
  abstract RequestServer server(LoadCase load, int port, RequestHandler handler) throws IOException;

  /** Returns a reader of its requests, which the server has decompressed where a header says so. */
  abstract ItemReader reader();
}
