package org.sparksbp.shard;

import java.util.HashMap;
import java.util.Map;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeTrain;

/** Puts a sample together from the columns of a row. */
final class SampleMaterializer extends RecordMaterializer<Sample> {

  private final int outputs;
  private final Map<String, String> groups = new HashMap<>();
  private final TextConverter id = new TextConverter();
  private final TextConverter split = new TextConverter();
  private final NumberConverter steps = new NumberConverter();
  private final NumberConverter channels = new NumberConverter();
  private final BytesConverter events = new BytesConverter();
  private final NumberConverter label = new NumberConverter();
  private final TextConverter group = new TextConverter();
  private final IndexListConverter target = new IndexListConverter();
  private final Row row = new Row();

  /**
   * @param outputs length of a sample's target
   */
  SampleMaterializer(int outputs) {
    this.outputs = outputs;
  }

  @Override
  public GroupConverter getRootConverter() {
    return row;
  }

  @Override
  public Sample getCurrentRecord() {
    String name = id.value();
    return new Sample(
        name,
        SpikeTrain.ofCode(steps.value(), channels.value(), events.value()),
        target.multiHot(outputs),
        label.value(),
        sharedGroup(name));
  }

  /** One string for all samples of a group: a data set in memory holds it once. */
  private String sharedGroup(String name) {
    String value = group.value();
    if (value.equals(name)) {
      return name;
    }
    String known = groups.putIfAbsent(value, value);
    return known == null ? value : known;
  }

  private final class Row extends GroupConverter {
    @Override
    public Converter getConverter(int column) {
      return switch (column) {
        case ShardSchema.ID -> id;
        case ShardSchema.SPLIT -> split;
        case ShardSchema.STEPS -> steps;
        case ShardSchema.CHANNELS -> channels;
        case ShardSchema.EVENTS -> events;
        case ShardSchema.LABEL -> label;
        case ShardSchema.TARGET -> target;
        case ShardSchema.GROUP -> group;
        default -> throw new IllegalArgumentException("Invalid column: " + column);
      };
    }

    @Override
    public void start() {
      target.clear();
    }

    @Override
    public void end() {}
  }
}
