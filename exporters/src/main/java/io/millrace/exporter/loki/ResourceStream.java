package io.millrace.exporter.loki;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.exporter.promtranslation.Hashes;
import io.millrace.pdata.AttributeView;
import io.millrace.pdata.ByteRange;
import io.millrace.pdata.RangeCursor;
import io.millrace.pdata.ResourceView;
import io.millrace.wire.ByteAppender;
import java.util.Arrays;

/**
 * The stream of a resource's records: eighteen attributes become its labels, the others structured
 * metadata of every entry.
 *
 * <p>A resource without {@code service.name} takes the name of its first container or job in its
 * place, or is {@code unknown_service}. Source: Loki 3, OTLP endpoint with its defaults. Confined
 * to one thread.
 */
final class ResourceStream {
  private static final byte[][] LABELS =
      bytes(
          "service.name",
          "service.namespace",
          "service.instance.id",
          "deployment.environment",
          "deployment.environment.name",
          "cloud.region",
          "cloud.availability_zone",
          "k8s.cluster.name",
          "k8s.namespace.name",
          "k8s.pod.name",
          "k8s.container.name",
          "container.name",
          "k8s.replicaset.name",
          "k8s.deployment.name",
          "k8s.statefulset.name",
          "k8s.daemonset.name",
          "k8s.cronjob.name",
          "k8s.job.name");

  /** Of the names that Loki looks for, those that are labels here. */
  private static final byte[][] DISCOVERED =
      bytes("container_name", "k8s_container_name", "k8s_job_name");

  private static final byte[] SERVICE_NAME = "service_name".getBytes(UTF_8);
  private static final byte[] UNKNOWN_SERVICE = "unknown_service".getBytes(UTF_8);

  private final AttributePairs pairs;
  private final AttributeView attribute = new AttributeView();
  private final LabelSet set = new LabelSet();
  private final ByteAppender discovered = new ByteAppender(64);

  /** The labels' text. */
  final ByteAppender labels = new ByteAppender(512);

  final StructuredMetadata metadata = new StructuredMetadata();
  private long hash;
  private boolean isHinted;

  ResourceStream(AttributePairs pairs) {
    this.pairs = pairs;
  }

  private static byte[][] bytes(String... texts) {
    return Arrays.stream(texts).map(text -> text.getBytes(UTF_8)).toArray(byte[][]::new);
  }

  void read(ResourceView resource) {
    set.clear();
    metadata.clear();
    discovered.truncate(0);
    isHinted = false;
    RangeCursor attributes = resource.attributes();
    while (attributes.next(attribute)) {
      ByteRange key = attribute.key();
      if (Hints.isHint(key)) {
        isHinted |= Hints.isOfTranslation(key);
      } else if (isLabel(key)) {
        pairs.append(attribute, this::label);
      } else {
        pairs.append(attribute, metadata);
      }
    }
    nameService();
    labels.truncate(0);
    set.appendTo(labels);
    hash = Hashes.of(labels.bytes(), 0, labels.length());
  }

  private static boolean isLabel(ByteRange key) {
    for (byte[] label : LABELS) {
      if (key.contentEquals(label)) {
        return true;
      }
    }
    return false;
  }

  private void label(ByteAppender name, byte[] value, int offset, int length) {
    set.pair(name, value, offset, length);
    if (discovered.length() == 0 && isDiscovered(name)) {
      discovered.put(value, offset, length);
    }
  }

  private static boolean isDiscovered(ByteAppender name) {
    for (byte[] wanted : DISCOVERED) {
      if (Arrays.equals(name.bytes(), 0, name.length(), wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }

  private void nameService() {
    if (set.has(SERVICE_NAME)) {
      return;
    }
    boolean isFound = discovered.length() > 0;
    byte[] name = isFound ? discovered.bytes() : UNKNOWN_SERVICE;
    int length = isFound ? discovered.length() : UNKNOWN_SERVICE.length;
    set.put(SERVICE_NAME, SERVICE_NAME.length, name, 0, length);
  }

  long hash() {
    return hash;
  }

  /** Returns whether the resource asks for the former translation of its records. */
  boolean isHinted() {
    return isHinted;
  }
}
