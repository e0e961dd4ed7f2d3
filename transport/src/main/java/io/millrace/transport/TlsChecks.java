package io.millrace.transport;

import io.millrace.config.Checks;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * What the {@code tls} sections of servers and clients have in common. What cannot be used is told
 * at its key, before anything starts. Thread safe.
 */
final class TlsChecks {
  private static final List<String> VERSIONS = List.of("1.2", "1.3");
  private static final List<String> OLD_VERSIONS = List.of("1.0", "1.1");

  private TlsChecks() {}

  /** Checks {@code min_version} and {@code max_version}. */
  static void versions(Checks checks, String min, String max) {
    boolean isMin = VERSIONS.contains(min) || OLD_VERSIONS.contains(min);
    checks.that(isMin, "min_version", min, "1.2 or 1.3");
    if (!max.isEmpty() && !VERSIONS.contains(max)) {
      checks.that(false, "max_version", max, "1.2 or 1.3");
    } else {
      boolean isInOrder = max.isEmpty() || max.compareTo(effective(min)) >= 0;
      checks.that(isInOrder, "max_version", max, "1.2 or 1.3, at least min_version");
    }
  }

  /** Returns the versions of TLS, as the JDK calls them. */
  static String[] protocols(String min, String max) {
    return VERSIONS.stream()
        .filter(version -> version.compareTo(effective(min)) >= 0)
        .filter(version -> max.isEmpty() || version.compareTo(max) <= 0)
        .map(version -> "TLSv" + version)
        .toArray(String[]::new);
  }

  private static String effective(String version) {
    return OLD_VERSIONS.contains(version) ? VERSIONS.getFirst() : version;
  }

  /** Checks {@code cipher_suites}. */
  static void suites(Checks checks, List<String> suites) {
    List<String> supported =
        suites.isEmpty() ? List.of() : filter(supported(), suite -> !suite.endsWith("_SCSV"));
    checks.that(supported.containsAll(suites), "cipher_suites", suites, "some of " + supported);
  }

  /** Returns the suites that are on, where these were chosen. */
  static List<String> suites(SSLContext context, List<String> chosen) {
    if (chosen.isEmpty()) {
      return List.of(context.getDefaultSSLParameters().getCipherSuites());
    }
    List<String> suites = new ArrayList<>(chosen);
    String[] all = context.getSupportedSSLParameters().getCipherSuites();
    suites.addAll(filter(all, suite -> isOfTls13(suite) && !chosen.contains(suite)));
    return suites;
  }

  /** Those do not name how keys are exchanged. */
  private static boolean isOfTls13(String suite) {
    return !suite.contains("_WITH_") && !suite.endsWith("_SCSV");
  }

  private static List<String> filter(String[] suites, Predicate<String> which) {
    return Arrays.stream(suites).filter(which).toList();
  }

  private static String[] supported() {
    try {
      return SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no TLS in this JDK", e);
    }
  }

  /** Checks certificates at the keys {@code <name>_file} and {@code <name>_pem}. */
  static void certificates(Checks checks, String name, PemText text) {
    check(checks, name, text, Pem::certificates);
  }

  /** Checks a certificate and the private key that has to be its own. */
  static void identity(Checks checks, PemText certificate, PemText key) {
    boolean isWhole = certificate.isEmpty() == key.isEmpty();
    checks.that(
        isWhole, "key_file", key, "a key for the certificate, and a certificate for the key");
    if (isWhole) {
      check(checks, "cert", certificate, Pem::certificates);
      check(checks, "key", key, text -> TlsIdentity.of(certificate.read(), text));
    }
  }

  private static void check(Checks checks, String name, PemText text, Parser parser) {
    if (text.isEmpty()) {
      return;
    }
    if (!text.file().isEmpty() && !text.pem().isEmpty()) {
      checks.that(false, name + "_pem", text, "absent beside " + name + "_file");
      return;
    }
    String suffix = text.file().isEmpty() ? "_pem" : "_file";
    try {
      parser.parse(text.read());
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      checks.that(false, name + suffix, text, "usable PEM: " + e.getMessage());
    }
  }

  private interface Parser {
    Object parse(String pem) throws IOException, GeneralSecurityException;
  }
}
