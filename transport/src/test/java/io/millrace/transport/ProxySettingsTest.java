package io.millrace.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxySettingsTest {
  private static final URI PROXY = URI.create("http://proxy:3128");

  @Test
  void nothingIsBetweenUnlessTheEnvironmentSaysSo() {
    assertThat(new ProxySettings(Map.of()).proxyFor(true, "tempo", 4317)).isNull();
  }

  @Test
  void tlsAndPlaintextHaveAProxyEach() {
    ProxySettings settings =
        new ProxySettings(Map.of("HTTPS_PROXY", "proxy:3128", "http_proxy", "http://other"));

    assertThat(settings.proxyFor(true, "tempo", 443)).isEqualTo(PROXY);
    assertThat(settings.proxyFor(false, "tempo", 80)).isEqualTo(URI.create("http://other"));
  }

  @Test
  void upperCaseWins() {
    ProxySettings settings =
        new ProxySettings(Map.of("HTTP_PROXY", "http://proxy:3128", "http_proxy", "http://other"));

    assertThat(settings.proxyFor(false, "tempo", 80)).isEqualTo(PROXY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]", "LOCALHOST"})
  void thisMachineIsReachedDirectly(String host) {
    assertThat(new ProxySettings(Map.of("HTTP_PROXY", "proxy")).proxyFor(false, host, 80)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "tempo.example, tempo.example, true",
    "tempo.example, a.tempo.example, true",
    "tempo.example, atempo.example, false",
    ".example, tempo.example, true",
    ".example, example, false",
    "*.example, tempo.example, true",
    "TEMPO.example, tempo.EXAMPLE, true",
    "tempo.example:4317, tempo.example, true",
    "tempo.example:4318, tempo.example, false",
    "10.0.0.1, 10.0.0.1, true",
    "10.0.0.1, 10.0.0.2, false",
    "10.0.0.0/8, 10.200.3.4, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "192.168.4.0/22, 192.168.7.9, true",
    "192.168.4.0/22, 192.168.8.1, false",
    "10.0.0.1:4317, 10.0.0.1, true",
    "10.0.0.0/8, tempo, false",
    "fd00::/8, fd12::1, true",
    "fd00::/8, fe80::1, false",
    "[fd00::1]:4317, fd00::1, true",
    "10.0.0.0/99, 10.0.0.1, false",
    "10.0.0.0/x, 10.0.0.1, false",
    "tempo:x, tempo, false",
    "x/8, tempo, false",
    "*, anything, true"
  })
  void someAreExempt(String exemption, String host, boolean isExempt) {
    ProxySettings settings =
        new ProxySettings(
            Map.of("HTTP_PROXY", "http://proxy:3128", "NO_PROXY", "other.host, " + exemption));

    assertThat(settings.proxyFor(false, host, 4317)).isEqualTo(isExempt ? null : PROXY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "socks5://proxy", "https://proxy", "http://", "http://a b", "a:99999"})
  void whatIsNoProxyIsNone(String proxy) {
    assertThat(ProxySettings.parse(proxy)).isNull();
  }
}
