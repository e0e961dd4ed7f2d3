package io.millrace.transport;

import io.millrace.config.Checks;

/**
 * The {@code tls} section of a client, with the collector's keys. Immutable.
 *
 * @param insecure {@code true} speaks plaintext, and the other keys mean nothing
 * @param caFile file of PEM certificates to trust instead of the system's; empty for the system's
 * @param certFile file of the PEM certificate chain to present; empty for none
 * @param keyFile file of the PEM private key of {@code certFile}
 * @param insecureSkipVerify {@code true} takes any certificate, and so any man in the middle
 * @param serverNameOverride the name to ask for and verify; empty for the host of the endpoint
 */
public record ClientTlsConfig(
    boolean insecure,
    String caFile,
    String certFile,
    String keyFile,
    boolean insecureSkipVerify,
    String serverNameOverride) {
  /** TLS with the system's certificates. */
  public static final ClientTlsConfig DEFAULT = new ClientTlsConfig(false, "", "", "", false, "");

  /** No TLS. */
  public static final ClientTlsConfig PLAINTEXT = new ClientTlsConfig(true, "", "", "", false, "");

  public ClientTlsConfig {
    new Checks()
        .that(
            certFile.isEmpty() == keyFile.isEmpty(),
            "key_file",
            keyFile,
            "set together with cert_file")
        .throwIfAny();
  }
}
