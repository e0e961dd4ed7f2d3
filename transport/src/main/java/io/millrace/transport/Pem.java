package io.millrace.transport;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads certificates and private keys from PEM. What stands around the blocks is ignored.
 *
 * <p>Source: RFC 7468. Thread safe.
 */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN (?<label>[A-Z0-9 ]+)-----(?<base64>[^-]*)-----END [A-Z0-9 ]+-----");
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

  private Pem() {}

  /**
   * Returns the certificates in their order, at least one.
   *
   * @throws GeneralSecurityException when there is none, or one is damaged
   */
  static List<X509Certificate> certificates(String pem) throws GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> certificates = new ArrayList<>();
    Matcher block = BLOCK.matcher(pem);
    while (block.find()) {
      if (block.group("label").endsWith("CERTIFICATE")) {
        ByteArrayInputStream der = new ByteArrayInputStream(bytes(block));
        certificates.add((X509Certificate) factory.generateCertificate(der));
      }
    }
    if (certificates.isEmpty()) {
      throw new CertificateException("no certificate in PEM");
    }
    return certificates;
  }

  /**
   * Returns the first private key: PKCS #8, or in the older forms of RSA (PKCS #1) and of elliptic
   * curves (SEC 1).
   *
   * @throws GeneralSecurityException when there is none, or it is damaged or encrypted
   */
  static PrivateKey privateKey(String pem) throws GeneralSecurityException {
    Matcher block = BLOCK.matcher(pem);
    while (block.find()) {
      PrivateKey key = privateKey(block.group("label"), bytes(block));
      if (key != null) {
        return key;
      }
    }
    throw new KeyException("no private key in PEM");
  }

  private static @Nullable PrivateKey privateKey(String label, byte[] der)
      throws GeneralSecurityException {
    return switch (label) {
      case "PRIVATE KEY" -> decode(der);
      case "RSA PRIVATE KEY" -> decode(Pkcs8.ofRsa(der));
      case "EC PRIVATE KEY" -> decode(Pkcs8.ofEc(der));
      case "ENCRYPTED PRIVATE KEY" -> throw new KeyException("the private key is encrypted");
      default -> null; // parameters, certificates
    };
  }

  private static PrivateKey decode(byte[] pkcs8) throws GeneralSecurityException {
    PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(pkcs8);
    for (String algorithm : ALGORITHMS) {
      PrivateKey key = decode(encoded, KeyFactory.getInstance(algorithm));
      if (key != null) {
        return key;
      }
    }
    throw new KeyException("the private key is damaged, or none of " + ALGORITHMS);
  }

  private static @Nullable PrivateKey decode(PKCS8EncodedKeySpec encoded, KeyFactory factory) {
    try {
      return factory.generatePrivate(encoded);
    } catch (InvalidKeySpecException _) { // another kind of key
      return null;
    }
  }

  private static byte[] bytes(Matcher block) throws GeneralSecurityException {
    try {
      return Base64.getMimeDecoder().decode(block.group("base64"));
    } catch (IllegalArgumentException e) {
      throw new KeyException("damaged base64 in PEM", e);
    }
  }
}
