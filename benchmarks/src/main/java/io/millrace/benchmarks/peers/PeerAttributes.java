package io.millrace.benchmarks.peers;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Seeded attributes of every type. Confined to one thread. */
final class PeerAttributes {
  private static final String[] KEYS = {
    "http.method",
    "http.status_code",
    "http.url",
    "user.id",
    "user.email",
    "db.statement",
    "enabled",
    "ratio",
    "tags",
    "sampling.priority",
    "a",
    "b",
    "名前"
  };
  private static final String[] TEXTS = {
    "", "GET", "POST", "200", "12.5", "true", "4711", "jo@example.com", "größe"
  };

  private final Random random;

  PeerAttributes(Random random) {
    this.random = random;
  }

  /** Returns none to all of the vocabulary, each key once, as a conforming sender does. */
  List<KeyValue> some() {
    List<KeyValue> chosen = new ArrayList<>();
    int oneIn = 1 + random.nextInt(4);
    for (String key : KEYS) {
      if (random.nextInt(oneIn) == 0) {
        chosen.add(KeyValue.newBuilder().setKey(key).setValue(value(key)).build());
      }
    }
    return chosen;
  }

  private AnyValue value(String key) {
    return switch (key) {
      case "http.method" -> text(random.nextBoolean() ? "GET" : "POST");
      case "http.status_code" -> whole(100L * (1 + random.nextInt(5)));
      case "http.url" -> text("https://shop.example.com/carts/" + random.nextInt(100) + "?q=1");
      case "sampling.priority" -> whole(random.nextInt(3));
      default -> anything(2);
    };
  }

  private AnyValue anything(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> AnyValue.getDefaultInstance();
      case 1 -> AnyValue.newBuilder().setBoolValue(random.nextBoolean()).build();
      case 2 -> whole(random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(1000) - 500);
      case 3 -> AnyValue.newBuilder().setDoubleValue(random.nextInt(2000) / 8.0).build();
      case 4 ->
          AnyValue.newBuilder()
              .setBytesValue(ByteString.copyFrom(new byte[] {1, 2, (byte) random.nextInt(256)}))
              .build();
      case 5 -> text(TEXTS[random.nextInt(TEXTS.length)]);
      case 6 -> list(depth - 1);
      default -> map(depth - 1);
    };
  }

  private AnyValue list(int depth) {
    AnyValue.Builder list = AnyValue.newBuilder();
    list.getArrayValueBuilder();
    for (int i = random.nextInt(3); i > 0; i--) {
      list.getArrayValueBuilder().addValues(anything(depth));
    }
    return list.build();
  }

  private AnyValue map(int depth) {
    AnyValue.Builder map = AnyValue.newBuilder();
    map.getKvlistValueBuilder();
    for (int i = random.nextInt(3); i > 0; i--) {
      map.getKvlistValueBuilder().addValuesBuilder().setKey("k" + i).setValue(anything(depth));
    }
    return map.build();
  }

  private static AnyValue text(String value) {
    return AnyValue.newBuilder().setStringValue(value).build();
  }

  private static AnyValue whole(long value) {
    return AnyValue.newBuilder().setIntValue(value).build();
  }
}
