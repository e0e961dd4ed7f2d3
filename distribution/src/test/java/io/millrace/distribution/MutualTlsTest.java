package io.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An unmodified SDK over TLS: with a certificate of the right authority it gets through, and
 * without one it does not, on either protocol. Files that were replaced hold from a reload on.
 */
class MutualTlsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void onlyClientsWithACertificateGetThrough() throws Exception {
    X509Bundle authority = authority();
    X509Bundle server = signed(authority, "CN=server");
    X509Bundle client = signed(authority, "CN=client");
    write("ca.pem", authority.getCertificatePEM());
    write("cert.pem", server.getCertificatePathPEM());
    write("key.pem", server.getPrivateKeyPEM());
    int grpcPort = RunningMillrace.freePort();
    int httpPort = RunningMillrace.freePort();
    try (OtlpSink sink = new OtlpSink()) {
      Path config = write("millrace.yaml", yaml(grpcPort, httpPort, sink.port()));
      Path log = folder.resolve("millrace.log");
      Process millrace = RunningMillrace.launch(log, "--config=" + config);
      try {
        await().until(() -> !millrace.isAlive() || accepts(httpPort));
        assertThat(millrace.isAlive()).as(Files.readString(log)).isTrue();
        byte[] ca = bytes(authority.getCertificatePEM());
        byte[] key = bytes(client.getPrivateKeyPEM());
        byte[] cert = bytes(client.getCertificatePathPEM());
        String grpc = "https://localhost:" + grpcPort;
        String http = "https://localhost:" + httpPort + "/v1/traces";

        assertThat(export(grpcTo(grpc).setTrustedCertificates(ca).build())).isFalse();
        assertThat(export(httpTo(http).setTrustedCertificates(ca).build())).isFalse();
        assertThat(sink.traces).isEmpty();
        assertThat(export(grpcTo(grpc).setTrustedCertificates(ca).setClientTls(key, cert).build()))
            .isTrue();
        assertThat(export(httpTo(http).setTrustedCertificates(ca).setClientTls(key, cert).build()))
            .isTrue();
        await().untilAsserted(() -> assertThat(sink.traces).hasSize(2));

        write("ca.pem", authority().getCertificatePEM());
        reload(millrace);
        await()
            .atMost(PATIENCE)
            .until(() ->
                !export(httpTo(http).setTrustedCertificates(ca).setClientTls(key, cert).build()));
        await()
            .atMost(PATIENCE)
            .until(() ->
                !export(grpcTo(grpc).setTrustedCertificates(ca).setClientTls(key, cert).build()));
      } finally {
        millrace.destroy();
        assertThat(millrace.waitFor(20, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  /** Sends one span and returns whether the exporter calls it a success. */
  private static boolean export(SpanExporter exporter) {
    Results results = new Results(exporter);
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(results)).build()) {
      provider.get("test").spanBuilder("span").startSpan().end();
      provider.forceFlush().join(20, TimeUnit.SECONDS);
    }
    assertThat(results.all).hasSize(1);
    return results.all.getFirst().join(20, TimeUnit.SECONDS).isSuccess();
  }

  /** Keeps what became of each export. */
  private static final class Results implements SpanExporter {
    private final List<CompletableResultCode> all = new CopyOnWriteArrayList<>();
    private final SpanExporter exporter;

    Results(SpanExporter exporter) {
      this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      CompletableResultCode result = exporter.export(spans);
      all.add(result);
      return result;
    }

    @Override
    public CompletableResultCode flush() {
      return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
      return exporter.shutdown();
    }
  }

  private static OtlpGrpcSpanExporterBuilder grpcTo(String endpoint) {
    return OtlpGrpcSpanExporter.builder().setEndpoint(endpoint).setRetryPolicy(null);
  }

  private static OtlpHttpSpanExporterBuilder httpTo(String endpoint) {
    return OtlpHttpSpanExporter.builder().setEndpoint(endpoint).setRetryPolicy(null);
  }

  private String yaml(int grpcPort, int httpPort, int sinkPort) {
    return """
    receivers:
      otlp:
        protocols:
          grpc: {endpoint: localhost:%d, tls: &tls {cert_file: %s, key_file: %s, client_ca_file: %s}}
          http: {endpoint: localhost:%d, tls: *tls}
    exporters:
      otlp: {endpoint: 127.0.0.1:%d, tls: {insecure: true}}
    service:
      telemetry: {metrics: {level: none}}
      pipelines:
        traces: {receivers: [otlp], exporters: [otlp]}
    """
        .formatted(
            grpcPort,
            folder.resolve("cert.pem"),
            folder.resolve("key.pem"),
            folder.resolve("ca.pem"),
            httpPort,
            sinkPort);
  }

  private static void reload(Process millrace) throws Exception {
    String pid = Long.toString(millrace.pid());
    assertThat(new ProcessBuilder("kill", "-HUP", pid).start().waitFor()).isZero();
  }

  private static X509Bundle authority() throws Exception {
    return new CertificateBuilder()
        .ecp256()
        .subject("CN=authority")
        .setIsCertificateAuthority(true)
        .buildSelfSigned();
  }

  private static X509Bundle signed(X509Bundle authority, String subject) throws Exception {
    return new CertificateBuilder()
        .ecp256()
        .subject(subject)
        .addSanDnsName("localhost")
        .buildIssuedBy(authority);
  }

  private Path write(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
