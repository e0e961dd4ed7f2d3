package io.millrace.transport;

import io.millrace.config.Checks;
import io.millrace.config.Secret;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code tls} section of a client, with the collector's keys. Files are read, and must fit
 * together, when the record is made. Immutable.
 *
 * @param insecure {@code true} speaks plaintext, unless there is a {@code ca_file} or {@code
 *     ca_pem}
 * @param caFile file of PEM certificates to trust instead of the system's; empty for the system's
 * @param caPem the certificates themselves instead of {@code ca_file}
 * @param certFile file of the PEM certificate chain to present; empty for none
 * @param certPem the chain itself instead of {@code cert_file}
 * @param keyFile file of the PEM private key of the certificate, not encrypted
 * @param keyPem the key itself instead of {@code key_file}; never printed
 * @param insecureSkipVerify {@code true} takes any certificate, and so any man in the middle
 * @param serverNameOverride the name to ask for and verify; empty for the host of the endpoint
 * @param includeSystemCaCertsPool {@code true} trusts the system's certificates beside those of
 *     {@code ca_file} or {@code ca_pem}
 * @param minVersion oldest version of TLS, {@code 1.2} or {@code 1.3}; {@code 1.0} and {@code 1.1}
 *     mean 1.2
 * @param maxVersion newest version of TLS, {@code 1.2} or {@code 1.3}; empty for the newest
 * @param cipherSuites names of the suites for TLS 1.2; empty for the usual ones. Those of TLS 1.3
 *     are always on
 * @param reloadInterval how often the files are read again between reloads; 0 for never. A change
 *     that cannot be used is logged and not taken
 */
public record ClientTlsConfig(
    boolean insecure,
    String caFile,
    String caPem,
    String certFile,
    String certPem,
    String keyFile,
    @Nullable Secret keyPem,
    boolean insecureSkipVerify,
    String serverNameOverride,
    boolean includeSystemCaCertsPool,
    String minVersion,
    String maxVersion,
    List<String> cipherSuites,
    Duration reloadInterval) {
  /** TLS with the system's certificates. */
  public static final ClientTlsConfig DEFAULT = new ClientTlsConfig(false, "", "", "", false, "");

  /** No TLS. */
  public static final ClientTlsConfig PLAINTEXT = new ClientTlsConfig(true, "", "", "", false, "");

  public ClientTlsConfig {
    cipherSuites = List.copyOf(cipherSuites);
    Checks checks = new Checks();
    TlsChecks.versions(checks, minVersion, maxVersion);
    TlsChecks.suites(checks, cipherSuites);
    TlsChecks.certificates(checks, "ca", new PemText(caFile, caPem));
    TlsChecks.identity(checks, new PemText(certFile, certPem), keyText(keyFile, keyPem));
    checks.notNegative("reload_interval", reloadInterval).throwIfAny();
  }

  /** The first keys that users need, beside the usual rest. */
  public ClientTlsConfig(
      boolean insecure,
      String caFile,
      String certFile,
      String keyFile,
      boolean insecureSkipVerify,
      String serverNameOverride) {
    this(
        insecure,
        caFile,
        "",
        certFile,
        "",
        keyFile,
        null,
        insecureSkipVerify,
        serverNameOverride,
        false,
        "1.2",
        "",
        List.of(),
        Duration.ZERO);
  }

  /** Returns whether to speak without TLS: who names an authority wants it verified. */
  public boolean isPlaintext() {
    return insecure && authorities().isEmpty();
  }

  /** Returns the same section for an address that insists on TLS. */
  public ClientTlsConfig withTls() {
    return new ClientTlsConfig(
        false,
        caFile,
        caPem,
        certFile,
        certPem,
        keyFile,
        keyPem,
        insecureSkipVerify,
        serverNameOverride,
        includeSystemCaCertsPool,
        minVersion,
        maxVersion,
        cipherSuites,
        reloadInterval);
  }

  PemText authorities() {
    return new PemText(caFile, caPem);
  }

  PemText certificate() {
    return new PemText(certFile, certPem);
  }

  PemText key() {
    return keyText(keyFile, keyPem);
  }

  private static PemText keyText(String file, @Nullable Secret pem) {
    return new PemText(file, pem == null ? "" : pem.value());
  }
}
