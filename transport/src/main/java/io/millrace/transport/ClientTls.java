package io.millrace.transport;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client needs for TLS, and its renewal: files that change are read again, and connections
 * made afterwards go by them. A change that cannot be used is logged once and not taken.
 *
 * <p>Renewal has a thread of its own; everything else is thread safe and does not block.
 */
public final class ClientTls implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClientTls.class);

  /** What the context was made of. */
  private record Texts(String authorities, String certificates, String key) {}

  private final ClientTlsConfig config;
  private volatile SSLContext context;
  private Texts texts;
  private String lastFault = "";
  private @Nullable ScheduledExecutorService renewal;

  private ClientTls(ClientTlsConfig config, Texts texts) throws GeneralSecurityException {
    this.config = config;
    this.texts = texts;
    this.context = context(texts);
  }

  /**
   * Reads the files and begins to watch them if they are to be read again.
   *
   * @throws SSLException when they cannot be used; the message says which and why
   */
  public static ClientTls open(ClientTlsConfig config) throws SSLException {
    try {
      ClientTls tls = new ClientTls(config, read(config));
      tls.watch();
      return tls;
    } catch (IOException | GeneralSecurityException e) {
      throw new SSLException("tls: " + e.getMessage(), e);
    }
  }

  /** Returns the context for the next connection. */
  public SSLContext context() {
    return context;
  }

  /** Returns the versions of TLS that are on. */
  public String[] protocols() {
    return TlsChecks.protocols(config.minVersion(), config.maxVersion());
  }

  /** Returns the suites that are on. */
  public List<String> cipherSuites() {
    return TlsChecks.suites(context, config.cipherSuites());
  }

  /**
   * Returns an engine for the next connection, which verifies the server's certificate and name
   * unless told not to.
   *
   * @param host of the endpoint
   */
  public SSLEngine engine(String host, int port) {
    String override = config.serverNameOverride();
    SSLEngine engine = context.createSSLEngine(override.isEmpty() ? host : override, port);
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
    if (renewal != null) {
      renewal.shutdownNow();
    }
  }

  private void watch() {
    Duration interval = config.reloadInterval();
    if (interval.isZero()) {
      return;
    }
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("tls-renewal").factory());
    timer.scheduleWithFixedDelay(this::renew, interval.toNanos(), interval.toNanos(), NANOSECONDS);
    renewal = timer;
  }

  /** Reads the files again and takes what has changed, if it can be used. */
  void renew() {
    try {
      Texts now = read(config);
      if (!now.equals(texts)) {
        context = context(now);
        texts = now;
        LOG.info("tls: the client's certificates have changed and hold from now on");
      }
      lastFault = "";
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      report(String.valueOf(e.getMessage()));
    }
  }

  private void report(String fault) {
    if (!fault.equals(lastFault)) {
      lastFault = fault;
      LOG.warn("tls: the client's old certificates stay, new ones cannot be used: {}", fault);
    }
  }

  private static Texts read(ClientTlsConfig config) throws IOException {
    return new Texts(config.authorities().read(), config.certificate().read(), config.key().read());
  }

  private SSLContext context(Texts from) throws GeneralSecurityException {
    KeyManager[] keys =
        from.certificates.isEmpty()
            ? null
            : TlsIdentity.of(from.certificates, from.key).keyManagers();
    SSLContext made = SSLContext.getInstance("TLS");
    made.init(keys, trustManagers(from.authorities), null);
    return made;
  }

  private TrustManager @Nullable [] trustManagers(String authorities)
      throws GeneralSecurityException {
    if (config.insecureSkipVerify()) {
      return new TrustManager[] {new AnyServer()};
    }
    if (authorities.isEmpty()) {
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
