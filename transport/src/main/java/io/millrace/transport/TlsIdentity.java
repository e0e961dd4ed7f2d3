package io.millrace.transport;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * A certificate chain and its private key. Immutable.
 *
 * @param chain the own certificate first
 */
record TlsIdentity(List<X509Certificate> chain, PrivateKey key) {
  private static final char[] NO_PASSWORD = new char[0];
  private static final byte[] CHALLENGE = {1, 2, 3, 4, 5, 6, 7, 8};

  /**
   * Reads both from PEM.
   *
   * @throws GeneralSecurityException when one is damaged, or they do not belong together
   */
  static TlsIdentity of(String certificates, String key) throws GeneralSecurityException {
    TlsIdentity identity = new TlsIdentity(Pem.certificates(certificates), Pem.privateKey(key));
    if (!identity.fits()) {
      throw new InvalidKeyException("the private key is not the certificate's");
    }
    return identity;
  }

  KeyManager[] keyManagers() throws GeneralSecurityException {
    KeyStore store = Certificates.emptyStore();
    store.setKeyEntry("own", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  /** Signs with the one and verifies with the other. */
  private boolean fits() throws GeneralSecurityException {
    PublicKey publicKey = chain.getFirst().getPublicKey();
    if (!publicKey.getAlgorithm().equals(key.getAlgorithm())) {
      return false;
    }
    Signature signature = Signature.getInstance(signatureAlgorithm(key.getAlgorithm()));
    signature.initSign(key);
    signature.update(CHALLENGE);
    byte[] signed = signature.sign();
    signature.initVerify(publicKey);
    signature.update(CHALLENGE);
    return signature.verify(signed);
  }

  private static String signatureAlgorithm(String keyAlgorithm) {
    return switch (keyAlgorithm) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> keyAlgorithm;
    };
  }
}
