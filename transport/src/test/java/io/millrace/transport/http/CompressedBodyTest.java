package io.millrace.transport.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.luben.zstd.Zstd;
import com.sun.management.ThreadMXBean;
import io.millrace.component.ByteBudget;
import io.millrace.transport.BodyFault;
import io.millrace.transport.RawHttp1;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyFramedOutputStream;

/** Every content encoding, sound, damaged and as a bomb, from a raw socket. */
final class CompressedBodyTest {
  private static final int MIB = 1 << 20;
  private static final ThreadMXBean ALLOCATIONS =
      (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final ByteBudget budget = new ByteBudget(64 * MIB);
  private final FakeHandler handler = new FakeHandler(budget);
  private final HttpServer server =
      new HttpServer(
          HttpServerConfig.listenOn(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
          Map.of("/v1/x", handler),
          budget,
          error -> {
            throw new AssertionError(error);
          });
  private int port;

  @BeforeEach
  void listen() throws IOException {
    port = server.start().getPort();
  }

  @AfterEach
  void takesTheNextGoodRequestAndHoldsNothing() throws IOException {
    assertThat(post("identity", new byte[10])).isEqualTo(200);
    await().untilAsserted(() -> assertThat(budget.used()).isZero());
    server.shutdown(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @CsvSource({
    "gzip, gzip",
    "GZIP, gzip",
    "zstd, zstd",
    "zlib, zlib",
    "deflate, zlib",
    "deflate, deflate",
    "snappy, snappy",
    "snappy, framed",
    "x-snappy-framed, framed",
    "lz4, lz4"
  })
  void decompresses(String name, String form) throws IOException {
    byte[] sent = new byte[3 * MIB + 17];
    new Random(1).nextBytes(sent);
    Arrays.fill(sent, MIB, 2 * MIB, (byte) 7);

    assertThat(post(name, compress(form, sent))).isEqualTo(200);
    assertThat(post(name, compress(form, new byte[1]))).isEqualTo(200);

    assertThat(handler.bodies).hasSize(2).first().isEqualTo(sent);
  }

  @ParameterizedTest
  @CsvSource({"gzip", "zstd", "zlib", "deflate", "snappy", "framed", "lz4"})
  void refusesWhatIsCutShort(String form) throws IOException {
    byte[] sent = new byte[100_000];
    new Random(1).nextBytes(sent);
    byte[] whole = compress(form, sent);

    assertThat(post(name(form), Arrays.copyOf(whole, whole.length / 2))).isEqualTo(400);
    assertThat(handler.faults).containsExactly(BodyFault.MALFORMED);
  }

  /** A damaged body is refused, or is another body: no decoder has a checksum but gzip and zlib. */
  @ParameterizedTest
  @CsvSource({"gzip", "zstd", "zlib", "deflate", "snappy", "framed", "lz4"})
  void survivesDamage(String form) throws IOException {
    byte[] whole = compress(form, "telemetry repeats itself, ".repeat(200).getBytes(US_ASCII));
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      byte[] damaged = whole.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      assertThat(post(name(form), damaged)).as("seed %s", seed).isIn(200, 400, 413);
    }
  }

  @ParameterizedTest
  @CsvSource({"zstd", "zlib", "deflate", "snappy", "framed", "lz4"})
  void stopsABombAtTheLimit(String form) throws IOException {
    assertThat(post(name(form), compress(form, new byte[100 * MIB]))).isEqualTo(413);
    assertThat(handler.faults).containsExactly(BodyFault.TOO_LARGE);
  }

  /** With little more than the limit to reserve: 413 and not 503 says that it was enough. */
  @Test
  void stopsAGibibyteOfZerosWithinTheLimitAndTheHeap() throws IOException {
    byte[] bomb = gibibyteOfZeros();
    long taken = budget.limit() - 22 * MIB;
    budget.charge(taken);
    long before = ALLOCATIONS.getTotalThreadAllocatedBytes();

    assertThat(post("gzip", bomb)).isEqualTo(413);

    assertThat(ALLOCATIONS.getTotalThreadAllocatedBytes() - before).isLessThan(64L * MIB);
    budget.release(taken);
  }

  private static byte[] gibibyteOfZeros() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bomb)) {
      for (int i = 0; i < 1024; i++) {
        gzip.write(new byte[MIB]);
      }
    }
    return bomb.toByteArray();
  }

  @Test
  void allocatesNothingForAPromise() throws IOException {
    long before = ALLOCATIONS.getTotalThreadAllocatedBytes();

    assertThat(post("snappy", HexFormat.of().parseHex("ffffffff0f" + "00ff"))).isEqualTo(413);
    byte[] frame = HexFormat.of().parseHex("28b52ffd" + "00" + "a8" + "030010" + "00");
    assertThat(post("zstd", frame)).isEqualTo(400);

    assertThat(ALLOCATIONS.getTotalThreadAllocatedBytes() - before).isLessThan(4L * MIB);
  }

  @Test
  void capsTheRatioWhereItIsTold() throws IOException {
    HttpServer strict =
        new HttpServer(
            new HttpServerConfig(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new BodyLimits(20 * MIB, 10, null),
                10,
                HttpTimeouts.DEFAULT),
            Map.of("/v1/x", handler),
            budget,
            error -> {});
    int usual = port;
    port = strict.start().getPort();
    assertThat(post("gzip", compress("gzip", new byte[MIB]))).isEqualTo(200);
    assertThat(post("gzip", compress("gzip", new byte[2 * MIB]))).isEqualTo(413);
    port = usual;
    strict.shutdown(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @CsvSource({
    "gzip, gzip, 200",
    "gzip, zstd, 400",
    "gzip, identity, 400",
    "'', identity, 200",
    "'', gzip, 400",
    "none, gzip, 200",
  })
  void takesTheEncodingsItIsTold(String taken, String sent, int status) throws IOException {
    Set<String> encodings = taken.equals("none") ? Set.of() : Set.of(taken);
    HttpServer choosy =
        new HttpServer(
            new HttpServerConfig(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new BodyLimits(20 * MIB, 0, encodings),
                10,
                HttpTimeouts.DEFAULT),
            Map.of("/v1/x", handler),
            budget,
            error -> {});
    int usual = port;
    port = choosy.start().getPort();
    byte[] body = sent.equals("identity") ? new byte[10] : compress(sent, new byte[10]);
    assertThat(sent.equals("identity") ? plain(body) : post(sent, body)).isEqualTo(status);
    if (taken.equals("none")) {
      assertThat(handler.bodies).containsExactly(body); // as it came
    }
    port = usual;
    choosy.shutdown(Duration.ofSeconds(5));
  }

  private int plain(byte[] body) throws IOException {
    try (RawHttp1 raw = new RawHttp1(port)) {
      raw.post("/v1/x", body);
      return raw.response().status();
    }
  }

  @ParameterizedTest
  @CsvSource({"zstd", "zlib", "snappy", "framed", "lz4"})
  void refusesWhatOutgrowsTheBudget(String form) throws IOException {
    budget.charge(60 * MIB);

    assertThat(post(name(form), compress(form, new byte[8 * MIB]))).isEqualTo(503);

    budget.release(60 * MIB);
  }

  @Test
  void refusesAWindowOfTwoGibibytes() throws IOException {
    byte[] frame = HexFormat.of().parseHex("28b52ffd" + "00" + "a8" + "030010" + "00");

    assertThat(post("zstd", frame)).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"ffffffff0f", "ffffffff07", "8080808008"})
  void refusesABlockThatSaysItIsGiant(String length) throws IOException {
    assertThat(post("snappy", HexFormat.of().parseHex(length + "00ff"))).isEqualTo(413);
  }

  private static String name(String form) {
    return form.equals("framed") ? "x-snappy-framed" : form;
  }

  private static byte[] compress(String form, byte[] plain) throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    switch (form) {
      case "gzip" -> write(new GZIPOutputStream(target), plain);
      case "zlib" -> write(new DeflaterOutputStream(target), plain);
      case "lz4" -> write(new LZ4FrameOutputStream(target), plain);
      case "framed" -> write(new SnappyFramedOutputStream(target), plain);
      case "zstd" -> target.write(Zstd.compress(plain));
      case "snappy" -> target.write(Snappy.compress(plain));
      default -> {
        Deflater raw = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        write(new DeflaterOutputStream(target, raw), plain);
        raw.end();
      }
    }
    return target.toByteArray();
  }

  private static void write(OutputStream out, byte[] plain) throws IOException {
    try (out) {
      out.write(plain);
    }
  }

  private int post(String encoding, byte[] body) throws IOException {
    try (RawHttp1 raw = new RawHttp1(port)) {
      raw.post("/v1/x", body, "Content-Encoding: " + encoding);
      return raw.response().status();
    }
  }
}
