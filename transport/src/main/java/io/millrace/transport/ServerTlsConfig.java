package io.millrace.transport;

import io.millrace.config.Checks;
import io.millrace.config.RequiredSettings;
import io.millrace.config.Secret;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The {@code tls} section of a server, with the collector's keys. Files are read, and must fit
 * together, when the record is made. Immutable.
 *
 * @param certFile file of the PEM certificate chain to present, the server's own first
 * @param certPem the chain itself instead of {@code certFile}
 * @param keyFile file of the PEM private key of the certificate, not encrypted
 * @param keyPem the key itself instead of {@code keyFile}; never printed
 * @param clientCaFile file of PEM certificates; clients must present a certificate that one of them
 *     signed. Empty to ask for none
 * @param clientCaFileReload {@code true} reads {@code clientCaFile} again when it changes
 * @param minVersion oldest version of TLS, {@code 1.2} or {@code 1.3}; {@code 1.0} and {@code 1.1}
 *     mean 1.2
 * @param maxVersion newest version of TLS, {@code 1.2} or {@code 1.3}; empty for the newest
 * @param cipherSuites names of the suites for TLS 1.2; empty for the usual ones. Those of TLS 1.3
 *     are always on
 * @param reloadInterval how often the certificate and the key are read again between reloads; 0 for
 *     never. A change that cannot be used is logged and not taken
 */
public record ServerTlsConfig(
    String certFile,
    String certPem,
    String keyFile,
    @Nullable Secret keyPem,
    String clientCaFile,
    boolean clientCaFileReload,
    String minVersion,
    String maxVersion,
    List<String> cipherSuites,
    Duration reloadInterval)
    implements RequiredSettings {
  private static final List<String> VERSIONS = List.of("1.2", "1.3");
  private static final List<String> OLD_VERSIONS = List.of("1.0", "1.1");

  static final ServerTlsConfig DEFAULT =
      new ServerTlsConfig("", "", "", null, "", false, "1.2", "", List.of(), Duration.ZERO);

  static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "ca_file",
          "ca_pem",
          "curve_preferences",
          "include_insecure_cipher_suites",
          "include_system_ca_certs_pool",
          "tpm");

  public ServerTlsConfig {
    cipherSuites = List.copyOf(cipherSuites);
    new Checks()
        .that(certFile.isEmpty() || certPem.isEmpty(), "cert_pem", "set", "absent beside cert_file")
        .that(keyFile.isEmpty() || keyPem == null, "key_pem", "set", "absent beside key_file")
        .that(isVersion(minVersion), "min_version", minVersion, "1.2 or 1.3")
        .that(
            maxVersion.isEmpty() || maxVersion.compareTo(effective(minVersion)) >= 0,
            "max_version",
            maxVersion,
            "1.2 or 1.3, at least min_version")
        .that(
            maxVersion.isEmpty() || VERSIONS.contains(maxVersion),
            "max_version",
            maxVersion,
            "1.2 or 1.3")
        .that(
            supportedSuites().containsAll(cipherSuites),
            "cipher_suites",
            cipherSuites,
            "some of " + supportedSuites())
        .notNegative("reload_interval", reloadInterval)
        .throwIfAny();
    checkFiles(certificate(certFile, certPem), key(keyFile, keyPem), new PemText(clientCaFile, ""));
  }

  @Override
  public void checkRequired(Checks checks) {
    checks
        .that(!certificate().isEmpty(), "cert_file", "", "cert_file or cert_pem")
        .that(!key().isEmpty(), "key_file", "", "key_file or key_pem");
  }

  PemText certificate() {
    return certificate(certFile, certPem);
  }

  PemText key() {
    return key(keyFile, keyPem);
  }

  /** The versions of TLS, as the JDK calls them. */
  String[] protocols() {
    String max = maxVersion.isEmpty() ? VERSIONS.getLast() : maxVersion;
    return VERSIONS.stream()
        .filter(version -> version.compareTo(effective(minVersion)) >= 0)
        .filter(version -> version.compareTo(max) <= 0)
        .map(version -> "TLSv" + version)
        .toArray(String[]::new);
  }

  /** What cannot be used is told at its key, before anything starts. */
  private static void checkFiles(PemText certificate, PemText key, PemText clientCas) {
    Checks checks = new Checks();
    check(checks, "cert", certificate, Pem::certificates);
    check(checks, "key", key, Pem::privateKey);
    check(checks, "client_ca", clientCas, Pem::certificates);
    checks.throwIfAny();
    if (!certificate.isEmpty()) {
      check(checks, "key", key, text -> TlsIdentity.of(certificate.read(), text));
    }
    checks.throwIfAny();
  }

  private static void check(Checks checks, String key, PemText text, Parser parser) {
    if (text.isEmpty()) {
      return;
    }
    String suffix = text.file().isEmpty() ? "_pem" : "_file";
    try {
      parser.parse(text.read());
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      checks.that(false, key + suffix, text, "usable PEM: " + e.getMessage());
    }
  }

  private interface Parser {
    Object parse(String pem) throws IOException, GeneralSecurityException;
  }

  private static PemText certificate(String file, String pem) {
    return new PemText(file, pem);
  }

  private static PemText key(String file, @Nullable Secret pem) {
    return new PemText(file, pem == null ? "" : pem.value());
  }

  private static boolean isVersion(String version) {
    return VERSIONS.contains(version) || OLD_VERSIONS.contains(version);
  }

  private static String effective(String version) {
    return OLD_VERSIONS.contains(version) ? VERSIONS.getFirst() : version;
  }

  private static List<String> supportedSuites() {
    try {
      return Arrays.stream(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites())
          .filter(suite -> !suite.endsWith("_SCSV"))
          .toList();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no TLS in this JDK", e);
    }
  }
}
