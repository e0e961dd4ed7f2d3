package io.millrace.exporter.prometheusremotewrite;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of this machine, or of the container or pod, which tells collectors apart. */
final class HostName {
  private static final String UNKNOWN = "localhost";

  private HostName() {}

  /** Returns the name; may ask the machine's resolver where the environment does not tell. */
  static String find() {
    String told = System.getenv("HOSTNAME");
    if (told != null && !told.isBlank()) {
      return told.strip();
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return UNKNOWN;
    }
  }
}
