package io.millrace.benchmarks.payload;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;

/** What the metrics and logs of a service have around them. Stateless. */
final class PayloadAttributes {
  private static final String[] SERVICES = {"checkout", "inventory", "payment", "recommendation"};

  private PayloadAttributes() {}

  /** Returns one of four services. */
  static Resource service(int index) {
    String name = SERVICES[index % SERVICES.length];
    return Resource.newBuilder()
        .addAttributes(text("service.name", name))
        .addAttributes(text("service.namespace", "shop"))
        .addAttributes(text("service.instance.id", name + "-6d5f9c7b8d-x2k4q"))
        .addAttributes(text("host.name", "node-17.eu-central-1.compute.internal"))
        .addAttributes(text("telemetry.sdk.language", "java"))
        .build();
  }

  static InstrumentationScope scope() {
    return InstrumentationScope.newBuilder()
        .setName("io.opentelemetry.tomcat-10.0")
        .setVersion("2.20.1-alpha")
        .build();
  }

  static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  static KeyValue whole(String key, long value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }
}
