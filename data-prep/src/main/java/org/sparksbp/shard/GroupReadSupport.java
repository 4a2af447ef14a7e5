package org.sparksbp.shard;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;

/** Tells Parquet to read the column of the groups alone. */
final class GroupReadSupport extends ReadSupport<String> {

  private static final MessageType MESSAGE =
      new MessageType(
          ShardSchema.MESSAGE.getName(), ShardSchema.MESSAGE.getType(ShardSchema.GROUP));

  @Override
  public ReadContext init(InitContext context) {
    return new ReadContext(getSchemaForRead(context.getFileSchema(), MESSAGE), Map.of());
  }

  @Override
  public RecordMaterializer<String> prepareForRead(
      Configuration configuration,
      Map<String, String> keyValueMetaData,
      MessageType fileSchema,
      ReadContext readContext) {
    return new GroupMaterializer();
  }

  private static final class GroupMaterializer extends RecordMaterializer<String> {
    private final TextConverter group = new TextConverter();

    @Override
    public String getCurrentRecord() {
      return group.value();
    }

    @Override
    public GroupConverter getRootConverter() {
      return new GroupConverter() {
        @Override
        public Converter getConverter(int column) {
          return group;
        }

        @Override
        public void start() {}

        @Override
        public void end() {}
      };
    }
  }
}
