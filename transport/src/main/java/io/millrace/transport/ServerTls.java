package io.millrace.transport;

import io.millrace.transport.Renewal.Source;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/**
 * What a server needs for TLS; its certificates are renewed as {@link Renewal} says. Thread safe;
 * nothing blocks after {@link #open}.
 */
public final class ServerTls implements AutoCloseable {
  private static final Duration CLIENT_CA_INTERVAL = Duration.ofSeconds(10);

  private final ServerTlsConfig config;
  private final Renewal renewal;

  private ServerTls(ServerTlsConfig config, Renewal renewal) {
    this.config = config;
    this.renewal = renewal;
  }

  /**
   * Reads the files and begins to watch those that are to be read again.
   *
   * @throws IOException when they cannot be used; the message says which and why
   */
  public static ServerTls open(ServerTlsConfig config) throws IOException {
    boolean isWatched = config.reloadInterval().isPositive();
    PemText clientCas = new PemText(config.clientCaFile(), "");
    List<Source> sources =
        List.of(
            new Source(config.certificate(), isWatched),
            new Source(config.key(), isWatched),
            new Source(clientCas, config.clientCaFileReload() && !clientCas.isEmpty()));
    Duration interval = isWatched ? config.reloadInterval() : CLIENT_CA_INTERVAL;
    String name = "the server's certificates, " + config.certificate() + ",";
    try {
      return new ServerTls(
          config, Renewal.open(name, sources, interval, texts -> context(config, texts)));
    } catch (GeneralSecurityException e) {
      throw new IOException("tls: " + e.getMessage(), e);
    }
  }

  /** Returns the context for the next connection. */
  public SSLContext context() {
    return renewal.context();
  }

  /** Returns the versions of TLS that are on. */
  public String[] protocols() {
    return config.protocols();
  }

  /** Returns an engine for the next connection, which offers these application protocols. */
  public SSLEngine engine(String... applicationProtocols) {
    SSLEngine engine = context().createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(protocols());
    parameters.setCipherSuites(cipherSuites().toArray(String[]::new));
    parameters.setNeedClientAuth(asksForCertificate());
    parameters.setApplicationProtocols(applicationProtocols);
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** Returns the suites that are on. */
  public List<String> cipherSuites() {
    return TlsChecks.suites(context(), config.cipherSuites());
  }

  /** Returns whether clients must present a certificate. */
  public boolean asksForCertificate() {
    return asksForCertificate(config);
  }

  /** Ends the renewal. May be called twice. */
  @Override
  public void close() {
    renewal.close();
  }

  /** Reads again what is watched, at once. */
  void renew() {
    renewal.renewWatched();
  }

  private static boolean asksForCertificate(ServerTlsConfig config) {
    return !config.clientCaFile().isEmpty();
  }

  private static SSLContext context(ServerTlsConfig config, List<String> texts)
      throws GeneralSecurityException {
    TlsIdentity identity = TlsIdentity.of(texts.get(0), texts.get(1));
    TrustManager[] clients =
        asksForCertificate(config)
            ? Certificates.trustManagers(Pem.certificates(texts.get(2)))
            : null;
    SSLContext made = SSLContext.getInstance("TLS");
    made.init(identity.keyManagers(), clients, null);
    return made;
  }
}
