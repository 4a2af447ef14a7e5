package org.sparksbp.shard;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.sparksbp.spike.Sample;

/** Tells Parquet how rows become samples. */
final class SampleReadSupport extends ReadSupport<Sample> {

  private final int outputs;

  SampleReadSupport(int outputs) {
    this.outputs = outputs;
  }

  @Override
  public ReadContext init(InitContext context) {
    return new ReadContext(
        getSchemaForRead(context.getFileSchema(), ShardSchema.MESSAGE), Map.of());
  }

  @Override
  public RecordMaterializer<Sample> prepareForRead(
      Configuration configuration,
      Map<String, String> keyValueMetaData,
      MessageType fileSchema,
      ReadContext readContext) {
    return new SampleMaterializer(outputs);
  }
}
