package io.millrace.transport;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import javax.net.ssl.TrustManager;

/** Signs certificates for {@code localhost}. Thread safe. */
public final class Authority {
  private final X509Bundle root;

  public Authority() throws Exception {
    root =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=authority")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
  }

  /** Signs a certificate; the subject tells it from others. */
  public X509Bundle sign(String subject) throws Exception {
    return new CertificateBuilder()
        .ecp256()
        .subject("CN=" + subject)
        .addSanDnsName("localhost")
        .buildIssuedBy(root);
  }

  /** Returns its own certificate as PEM. */
  public String pem() {
    return root.getCertificatePEM();
  }

  /** Returns who trusts what it has signed. */
  public TrustManager[] trustManagers() throws Exception {
    return root.toTrustManagerFactory().getTrustManagers();
  }
}
