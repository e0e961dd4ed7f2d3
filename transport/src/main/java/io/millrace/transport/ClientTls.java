package io.millrace.transport;

import io.millrace.transport.Renewal.Source;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What a client needs for TLS; its certificates are renewed as {@link Renewal} says. Thread safe;
 * nothing blocks after {@link #open}.
 */
public final class ClientTls implements AutoCloseable {
  private final ClientTlsConfig config;
  private final Renewal renewal;

  private ClientTls(ClientTlsConfig config, Renewal renewal) {
    this.config = config;
    this.renewal = renewal;
  }

  /**
   * Reads the files and begins to watch them if they are to be read again.
   *
   * @throws SSLException when they cannot be used; the message says which and why
   */
  public static ClientTls open(ClientTlsConfig config) throws SSLException {
    Duration interval = config.reloadInterval();
    List<Source> sources =
        Stream.of(config.authorities(), config.certificate(), config.key())
            .map(text -> new Source(text, interval.isPositive()))
            .toList();
    try {
      return new ClientTls(
          config,
          Renewal.open(
              "a client's certificates", sources, interval, texts -> context(config, texts)));
    } catch (IOException | GeneralSecurityException e) {
      throw new SSLException("tls: " + e.getMessage(), e);
    }
  }

  /** Returns the context for the next connection. */
  public SSLContext context() {
    return renewal.context();
  }

  /** Returns the versions of TLS that are on. */
  public String[] protocols() {
    return TlsChecks.protocols(config.minVersion(), config.maxVersion());
  }

  /** Returns the suites that are on. */
  public List<String> cipherSuites() {
    return TlsChecks.suites(context(), config.cipherSuites());
  }

  /**
   * Returns an engine for the next connection, which verifies the server's certificate and name
   * unless told not to.
   *
   * @param host of the endpoint
   */
  public SSLEngine engine(String host, int port) {
    String override = config.serverNameOverride();
    SSLEngine engine = context().createSSLEngine(override.isEmpty() ? host : override, port);
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(protocols());
    parameters.setCipherSuites(cipherSuites().toArray(String[]::new));
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** Ends the renewal. May be called twice. */
  @Override
  public void close() {
    renewal.close();
  }

  private static SSLContext context(ClientTlsConfig config, List<String> texts)
      throws GeneralSecurityException {
    KeyManager[] keys =
        config.certificate().isEmpty()
            ? null
            : TlsIdentity.of(texts.get(1), texts.get(2)).keyManagers();
    SSLContext made = SSLContext.getInstance("TLS");
    made.init(keys, trustManagers(config, texts.get(0)), null);
    return made;
  }

  private static TrustManager @Nullable [] trustManagers(ClientTlsConfig config, String authorities)
      throws GeneralSecurityException {
    if (config.insecureSkipVerify()) {
      return new TrustManager[] {new AnyServer()};
    }
    if (config.authorities().isEmpty()) { // not when the file is: that trusts nobody
      return null;
    }
    List<X509Certificate> trusted = new ArrayList<>(Pem.certificates(authorities));
    if (config.includeSystemCaCertsPool()) {
      trusted.addAll(ofSystem());
    }
    return Certificates.trustManagers(trusted);
  }

  private static List<X509Certificate> ofSystem() throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
        .toList();
  }
}
