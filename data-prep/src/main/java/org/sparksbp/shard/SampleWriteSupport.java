package org.sparksbp.shard;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.sparksbp.spike.Sample;
import org.sparksbp.task.Split;

/** Tells Parquet how samples become rows. */
final class SampleWriteSupport extends WriteSupport<Sample> {

  private final Binary split;
  private RecordConsumer row;

  SampleWriteSupport(Split split) {
    this.split = Binary.fromString(split.lowerCaseName());
  }

  @Override
  public WriteContext init(Configuration configuration) {
    return new WriteContext(
        ShardSchema.MESSAGE,
        Map.of("sparksbp.schema.version", Integer.toString(Manifest.SCHEMA_VERSION)));
  }

  @Override
  public void prepareForWrite(RecordConsumer recordConsumer) {
    row = recordConsumer;
  }

  @Override
  public void write(Sample sample) {
    row.startMessage();
    binary(ShardSchema.ID, Binary.fromString(sample.id()));
    binary(ShardSchema.SPLIT, split);
    integer(ShardSchema.STEPS, sample.spikes().steps());
    integer(ShardSchema.CHANNELS, sample.spikes().channels());
    binary(ShardSchema.EVENTS, Binary.fromConstantByteArray(sample.spikes().code()));
    integer(ShardSchema.LABEL, sample.label());
    indices(sample.target());
    binary(ShardSchema.GROUP, Binary.fromString(sample.group()));
    row.endMessage();
  }

  private void indices(float[] target) {
    start(ShardSchema.TARGET);
    row.startGroup();
    boolean any = false;
    for (int output = 0; output < target.length; output++) {
      if (target[output] == 1f) {
        if (!any) {
          row.startField("list", 0);
          any = true;
        }
        row.startGroup();
        row.startField("element", 0);
        row.addInteger(output);
        row.endField("element", 0);
        row.endGroup();
      }
    }
    if (any) {
      row.endField("list", 0);
    }
    row.endGroup();
    end(ShardSchema.TARGET);
  }

  private void binary(int column, Binary value) {
    start(column);
    row.addBinary(value);
    end(column);
  }

  private void integer(int column, int value) {
    start(column);
    row.addInteger(value);
    end(column);
  }

  private void start(int column) {
    row.startField(ShardSchema.MESSAGE.getFieldName(column), column);
  }

  private void end(int column) {
    row.endField(ShardSchema.MESSAGE.getFieldName(column), column);
  }
}
