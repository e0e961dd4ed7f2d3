package io.millrace.transport;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server needs for TLS, and its renewal: files that change are read again, and connections
 * that come afterwards get the new certificate. A change that cannot be used is logged once and not
 * taken. A new context also forgets the sessions of the old one, so that nobody resumes what a new
 * authority would refuse.
 *
 * <p>Renewal has a thread of its own; everything else is thread safe and does not block.
 */
public final class ServerTls implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);
  private static final Duration CLIENT_CA_INTERVAL = Duration.ofSeconds(10);

  /** What the context was made of. */
  private record Texts(String certificates, String key, String clientCas) {}

  private final ServerTlsConfig config;
  private volatile SSLContext context;
  private Texts texts;
  private String lastFault = "";
  private @Nullable ScheduledExecutorService renewal;

  private ServerTls(ServerTlsConfig config, Texts texts) throws GeneralSecurityException {
    this.config = config;
    this.texts = texts;
    this.context = context(texts);
  }

  /**
   * Reads the files and begins to watch those that are to be read again.
   *
   * @throws IOException when they cannot be used; the message says which and why
   */
  public static ServerTls open(ServerTlsConfig config) throws IOException {
    try {
      ServerTls tls = new ServerTls(config, read(config));
      tls.watch();
      return tls;
    } catch (GeneralSecurityException e) {
      throw new IOException("tls: " + e.getMessage(), e);
    }
  }

  /** Returns the context for the next connection. */
  public SSLContext context() {
    return context;
  }

  /** Returns the versions of TLS that are on. */
  public String[] protocols() {
    return config.protocols();
  }

  /** Returns an engine for the next connection, which offers these application protocols. */
  public SSLEngine engine(String... applicationProtocols) {
    SSLEngine engine = context.createSSLEngine();
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
    return TlsChecks.suites(context, config.cipherSuites());
  }

  /** Returns whether clients must present a certificate. */
  public boolean asksForCertificate() {
    return !config.clientCaFile().isEmpty();
  }

  /** Ends the renewal. May be called twice. */
  @Override
  public void close() {
    if (renewal != null) {
      renewal.shutdownNow();
    }
  }

  /** Reads the files again and takes what has changed, if it can be used. */
  void renew() {
    try {
      Texts now = changed();
      if (!now.equals(texts)) {
        context = context(now);
        texts = now;
        LOG.info("tls: {} has changed and holds from now on", config.certificate());
      }
      lastFault = "";
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      report(String.valueOf(e.getMessage()));
    }
  }

  private void report(String fault) {
    if (!fault.equals(lastFault)) {
      lastFault = fault;
      LOG.warn("tls: the old certificates stay, the new ones cannot be used: {}", fault);
    }
  }

  /** Reads of the files those that are to be read again. */
  private Texts changed() throws IOException {
    Texts now = read(config);
    boolean isIdentity = config.reloadInterval().isPositive();
    return new Texts(
        isIdentity ? now.certificates : texts.certificates,
        isIdentity ? now.key : texts.key,
        config.clientCaFileReload() ? now.clientCas : texts.clientCas);
  }

  private void watch() {
    boolean watchesClientCas = asksForCertificate() && config.clientCaFileReload();
    if (!config.reloadInterval().isPositive() && !watchesClientCas) {
      return;
    }
    Duration interval =
        config.reloadInterval().isPositive() ? config.reloadInterval() : CLIENT_CA_INTERVAL;
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("tls-renewal").factory());
    timer.scheduleWithFixedDelay(this::renew, interval.toNanos(), interval.toNanos(), NANOSECONDS);
    renewal = timer;
  }

  private SSLContext context(Texts from) throws GeneralSecurityException {
    TlsIdentity identity = TlsIdentity.of(from.certificates, from.key);
    SSLContext made = SSLContext.getInstance("TLS");
    made.init(identity.keyManagers(), trustManagers(from), null);
    return made;
  }

  private TrustManager @Nullable [] trustManagers(Texts from) throws GeneralSecurityException {
    return asksForCertificate()
        ? Certificates.trustManagers(Pem.certificates(from.clientCas))
        : null;
  }

  private static Texts read(ServerTlsConfig config) throws IOException {
    return new Texts(
        config.certificate().read(),
        config.key().read(),
        new PemText(config.clientCaFile(), "").read());
  }
}
