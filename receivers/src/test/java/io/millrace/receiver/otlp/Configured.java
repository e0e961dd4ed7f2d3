package io.millrace.receiver.otlp;

import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.receiver.otlp.OtlpReceiverConfig.Protocols;

/** Configurations as users write them. Thread safe. */
final class Configured {
  private Configured() {}

  /** Returns gRPC alone; {@code keys} are its keys in YAML's flow style. */
  static Protocols grpc(String keys) {
    return protocols("protocols: {grpc: {" + keys + "}}");
  }

  /** Returns HTTP alone; {@code keys} are its keys in YAML's flow style. */
  static Protocols http(String keys) {
    return protocols("protocols: {http: {" + keys + "}}");
  }

  static Protocols protocols(String yaml) {
    try {
      return ConfigLoader.loadComponent(new OtlpReceiverFactory(), yaml).protocols();
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }
}
