package io.millrace.transport;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Signs certificates for {@code localhost} and lays them into a directory. */
public final class TestAuthority {
  private final X509Bundle root;
  private final Path directory;

  public TestAuthority(Path directory) throws Exception {
    this.directory = directory;
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
        .addSanIpAddress("127.0.0.1")
        .buildIssuedBy(root);
  }

  public Path caFile() throws IOException {
    return Files.writeString(directory.resolve("ca.pem"), root.getCertificatePEM());
  }

  /** Writes the certificate into the file that {@link #server} names. */
  public void writeCertificate(X509Bundle certificate) throws IOException {
    Files.writeString(directory.resolve("cert.pem"), certificate.getCertificatePathPEM());
  }

  /** Writes the key into the file that {@link #server} names. */
  public void writeKey(X509Bundle certificate) throws IOException {
    Files.writeString(directory.resolve("key.pem"), certificate.getPrivateKeyPEM());
  }

  /** Describes a server with the files of this authority; they must have been written. */
  public ServerTlsConfig server(String clientCaFile, Duration reloadInterval) {
    return new ServerTlsConfig(
        directory.resolve("cert.pem").toString(),
        "",
        directory.resolve("key.pem").toString(),
        null,
        clientCaFile,
        !clientCaFile.isEmpty() && reloadInterval.isPositive(),
        "1.2",
        "",
        List.of(),
        reloadInterval);
  }

  /** Returns what a client needs that trusts this authority, and presents a certificate or none. */
  public SSLContext client(X509Bundle... certificate) throws Exception {
    KeyManager[] keys =
        certificate.length == 0 ? null : certificate[0].toKeyManagerFactory().getKeyManagers();
    SSLContext context = SSLContext.getInstance("TLS");
    TrustManager[] trust = root.toTrustManagerFactory().getTrustManagers();
    context.init(keys, Objects.requireNonNull(trust), null);
    return context;
  }
}
