package io.millrace.processor.actions;

import io.millrace.component.ByteBudget;
import io.millrace.component.Consumer;
import io.millrace.component.Processor;
import io.millrace.component.Validation;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpSplicer;
import io.millrace.pdata.OtlpSplicer.Level;
import io.millrace.pdata.RecordSelector;
import io.millrace.pdata.Signal;
import io.millrace.processor.splicing.BoundedSplicer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs actions on batches and passes them on, with the acks they came with. Confined to its ring
 * thread.
 */
public final class ActionProcessor implements Processor {
  private final AttributeActions actions;
  private final BoundedSplicer splicer;

  /**
   * Makes a processor for one pipeline shard.
   *
   * @param level of the messages whose attributes are meant
   * @param selector of the records that are; {@code null} for all
   * @param budget that growth is charged to
   */
  public ActionProcessor(
      List<ActionConfig> actions,
      Level level,
      @Nullable RecordSelector selector,
      Signal signal,
      ByteBudget budget,
      Consumer next) {
    this.actions = new AttributeActions(actions);
    OtlpSplicer unbounded = new OtlpSplicer(signal, level, selector, this.actions);
    this.splicer = new BoundedSplicer(unbounded, budget, next);
  }

  @Override
  public Validation requires() {
    return Validation.DEEP;
  }

  @Override
  public void consume(OtlpBatch batch) {
    actions.enter(batch.context());
    splicer.consume(batch);
  }
}
