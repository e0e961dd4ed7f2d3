package io.millrace.benchmarks.peers;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A way for requests from one collector to the next. Immutable. */
record Link(Protocol protocol, String compression) {
  /** What carries the requests, and in which encoding. */
  enum Protocol {
    GRPC("gRPC", "grpc.yaml", "proto"),
    HTTP("HTTP", "http.yaml", "proto"),
    JSON("HTTP with JSON", "http.yaml", "json");

    private final String text;
    private final String config;
    private final String encoding;

    Protocol(String text, String config, String encoding) {
      this.text = text;
      this.config = config;
      this.encoding = encoding;
    }
  }

  private static final List<String> OF_GRPC = List.of("none", "gzip", "snappy", "zstd");
  private static final List<String> OF_HTTP =
      List.of("none", "gzip", "zstd", "snappy", "x-snappy-framed", "zlib", "deflate", "lz4");

  /** Returns all that both collectors have. */
  static List<Link> all() {
    return Stream.of(Protocol.values())
        .flatMap(protocol ->
            compressions(protocol).stream().map(compression -> new Link(protocol, compression)))
        .toList();
  }

  private static List<String> compressions(Protocol protocol) {
    return protocol == Protocol.GRPC ? OF_GRPC : OF_HTTP;
  }

  /** Returns the client's configuration. */
  String config() {
    return protocol.config;
  }

  /** Returns what the client's configuration leaves to the environment. */
  Map<String, String> environment() {
    return Map.of("PEER_ENCODING", protocol.encoding, "PEER_COMPRESSION", compression);
  }

  boolean isGrpc() {
    return protocol == Protocol.GRPC;
  }

  /** Returns whether it is the first of its protocol. */
  boolean isPlain() {
    return compression.equals("none");
  }

  @Override
  public String toString() {
    return protocol.text + (isPlain() ? "" : ", " + compression);
  }
}
