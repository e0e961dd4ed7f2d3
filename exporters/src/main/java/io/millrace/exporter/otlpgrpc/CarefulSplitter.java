package io.millrace.exporter.otlpgrpc;

import io.millrace.component.ComponentContext;
import io.millrace.exporter.otlpgrpc.TenantSplit.Part;
import io.millrace.exporter.sending.Account;
import io.millrace.exporter.sending.LaneSplitter;
import io.millrace.exporter.sending.RateLimitedLog;
import io.millrace.exporter.sending.TenantConfig;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpSplitter;
import io.millrace.pdata.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Makes of each batch requests that the backend can take: without spans for which it would refuse
 * everything, one tenant in each, and none larger than told. Not for profiles. Thread safe.
 */
final class CarefulSplitter implements LaneSplitter {
  private static final String TENANT_HEADER = "x-scope-orgid";
  private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

  private final OtlpGrpcConfig config;
  private final GrpcSender sender;
  private final @Nullable TenantSplit tenants;
  private final String exporter;
  private final RateLimitedLog log;

  CarefulSplitter(ComponentContext context, OtlpGrpcConfig config, GrpcSender sender) {
    this.config = config;
    this.sender = sender;
    this.exporter = context.id().toString();
    TenantConfig tenant = config.tenant();
    this.tenants = tenant == null ? null : new TenantSplit(tenant);
    this.log =
        new RateLimitedLog(
            LoggerFactory.getLogger(CarefulSplitter.class), context.clock(), LOG_INTERVAL);
  }

  @Override
  public void start() throws IOException {
    sender.start();
  }

  @Override
  public void shutdown() {
    sender.shutdown();
  }

  @Override
  public ContextKeys reads() {
    return sender.reads().with(config.reads());
  }

  @Override
  public void split(OtlpBatch batch, Lanes lanes) {
    if (config.dropInvalidSpans() && batch.signal() == Signal.TRACES) {
      new InvalidSpans(exporter, log).removeFrom(batch, valid -> splitTenants(valid, lanes));
    } else {
      splitTenants(batch, lanes);
    }
  }

  private void splitTenants(OtlpBatch batch, Lanes lanes) {
    if (tenants == null) {
      splitBytes(batch, "", lanes);
      return;
    }
    for (Part part : tenants.split(batch)) {
      splitBytes(part.batch(), part.tenant(), lanes);
    }
  }

  private void splitBytes(OtlpBatch batch, String tenant, Lanes lanes) {
    int max = config.maxRequestBytes() == 0 ? Integer.MAX_VALUE : config.maxRequestBytes();
    Map<String, String> headers = tenant.isEmpty() ? Map.of() : Map.of(TENANT_HEADER, tenant);
    Account account = Account.of(tenant, config.tenant(), batch.context(), sender.reads());
    for (OtlpBatch piece : OtlpSplitter.split(batch, Integer.MAX_VALUE, max)) {
      lanes.add(0, new OtlpRequest(piece, sender, headers, account, config.splitExhausted()));
    }
  }
}
