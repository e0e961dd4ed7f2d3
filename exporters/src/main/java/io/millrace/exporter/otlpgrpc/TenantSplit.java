package io.millrace.exporter.otlpgrpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.exporter.sending.TenantConfig;
import io.millrace.pdata.AnyValueText;
import io.millrace.pdata.AttributeView;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpJoiner;
import io.millrace.pdata.OtlpSlice;
import io.millrace.pdata.OtlpSplitter;
import io.millrace.pdata.RangeCursor;
import io.millrace.pdata.ResourceView;
import io.millrace.pdata.ResourceWalker;
import io.millrace.pdata.Settlement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Shares a batch out among tenants: each gets the resources that name it, in their order, as one
 * batch.
 *
 * <p>A tenant that no backend would take, and those beyond {@value #TENANTS_MAX} in a batch, are
 * rejected: each costs a request. Thread safe.
 */
final class TenantSplit {
  private static final int TENANTS_MAX = 1000;
  private static final Settlement INVALID_TENANT = Settlement.rejected("invalid_tenant");
  private static final Settlement TOO_MANY_TENANTS = Settlement.rejected("too_many_tenants");

  private final TenantConfig config;
  private final byte[] attribute;

  /** What one tenant gets. Immutable. */
  record Part(String tenant, OtlpBatch batch) {}

  TenantSplit(TenantConfig config) {
    this.config = config;
    this.attribute = config.value().getBytes(UTF_8);
  }

  /** Returns the parts; what is in none of them is settled. */
  List<Part> split(OtlpBatch batch) {
    if (config.source() != TenantConfig.Source.ATTRIBUTES) {
      return parts(Map.of(config.of(batch.context()), List.of(OtlpSlice.of(batch))), batch);
    }
    List<String> tenants = new ArrayList<>();
    List<Integer> items = new ArrayList<>();
    findRuns(batch, tenants, items);
    if (tenants.size() < 2) {
      String only = tenants.isEmpty() ? "" : tenants.getFirst();
      return parts(Map.of(only, List.of(OtlpSlice.of(batch))), batch);
    }
    int[] counts = items.stream().mapToInt(Integer::intValue).toArray();
    List<OtlpSlice> runs = OtlpSplitter.cutSlices(batch, counts);
    Map<String, List<OtlpSlice>> byTenant = new LinkedHashMap<>();
    for (int i = 0; i < runs.size(); i++) {
      byTenant.computeIfAbsent(tenants.get(i), tenant -> new ArrayList<>()).add(runs.get(i));
    }
    return parts(byTenant, batch);
  }

  private static List<Part> parts(Map<String, List<OtlpSlice>> byTenant, OtlpBatch batch) {
    List<Part> parts = new ArrayList<>(byTenant.size());
    byTenant.forEach((tenant, slices) -> {
      if (!TenantConfig.isValid(tenant)) {
        slices.forEach(slice -> slice.ack().settle(INVALID_TENANT));
      } else if (parts.size() == TENANTS_MAX) {
        slices.forEach(slice -> slice.ack().settle(TOO_MANY_TENANTS));
      } else {
        parts.add(new Part(tenant, OtlpJoiner.joinSlices(slices, batch.context())));
      }
    });
    return parts;
  }

  /** Finds the runs of resources with one tenant, those without items left out. */
  private void findRuns(OtlpBatch batch, List<String> tenants, List<Integer> items) {
    ResourceWalker walker = new ResourceWalker(batch.signal());
    ResourceView resource = new ResourceView();
    walker.wrap(batch);
    while (walker.next(resource)) {
      if (walker.items() == 0) {
        continue;
      }
      String tenant = text(resource.attributes());
      if (!tenants.isEmpty() && tenants.getLast().equals(tenant)) {
        items.set(items.size() - 1, items.getLast() + walker.items());
      } else {
        tenants.add(tenant);
        items.add(walker.items());
      }
    }
  }

  private String text(RangeCursor attributes) {
    AttributeView found = new AttributeView();
    while (attributes.next(found)) {
      if (found.key().contentEquals(attribute)) {
        return AnyValueText.of(found.value());
      }
    }
    return "";
  }
}
