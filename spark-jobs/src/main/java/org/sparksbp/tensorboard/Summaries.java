package org.sparksbp.tensorboard;

import java.util.Map;
import java.util.SortedMap;
import org.nd4j.shade.protobuf.ByteString;
import org.nd4j.shade.protobuf.Value;
import org.sparksbp.training.EpochReport;
import org.sparksbp.training.EpochScalars;
import org.sparksbp.training.RunIdentity;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.Summary;
import org.tensorflow.framework.SummaryMetadata;
import org.tensorflow.framework.TensorProto;
import org.tensorflow.framework.TensorShapeProto;

/**
 * What is told of a run: scalars of an epoch, a text of settings, and the hyperparameters with the
 * field numbers of TensorBoard's {@code plugins/hparams/plugin_data.proto}.
 */
final class Summaries {

  private static final int SESSION_START_INFO = 3;
  private static final int SESSION_END_INFO = 4;
  private static final int HYPERPARAMETERS = 1;
  private static final int START_SECONDS = 5;
  private static final int STATUS = 1;
  private static final int END_SECONDS = 2;
  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int SUCCESS = 1;
  private static final int FAILURE = 2;

  private Summaries() {}

  /** The scalars of an epoch, in single precision as the format has it. */
  static Summary of(EpochReport epoch) {
    Summary.Builder summary = Summary.newBuilder();
    EpochScalars.of(epoch)
        .forEach(
            (tag, value) ->
                summary.addValueBuilder().setTag(tag).setSimpleValue(value.floatValue()));
    return summary.build();
  }

  /** A table of two columns, in Markdown, for the tab of texts. */
  static Summary text(String tag, SortedMap<String, String> rows) {
    StringBuilder table = new StringBuilder("| key | value |\n|---|---|\n");
    rows.forEach(
        (key, value) ->
            table.append("| `").append(cell(key)).append("` | ").append(cell(value) + " |\n"));
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(TensorShapeProto.getDefaultInstance())
            .addStringVal(ByteString.copyFromUtf8(table.toString()))
            .build();
    return forPlugin(tag, "text", ByteString.EMPTY, tensor);
  }

  /** In Markdown, which lets HTML through: names and values have none. */
  private static String cell(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("|", "\\|")
        .replace('\n', ' ');
  }

  /**
   * The beginning of a run with its hyperparameters.
   *
   * @param values as they are written in a configuration file
   * @param seconds since 1970
   */
  static Summary sessionStart(SortedMap<String, String> values, double seconds) {
    return hyperparameters(
        "_hparams_/session_start_info",
        SESSION_START_INFO,
        info -> {
          for (Map.Entry<String, String> entry : values.entrySet()) {
            byte[] pair =
                ProtobufEncoder.bytes(
                    map -> {
                      map.writeString(KEY, entry.getKey());
                      map.writeByteArray(VALUE, value(entry.getValue()).toByteArray());
                    });
            info.writeByteArray(HYPERPARAMETERS, pair);
          }
          info.writeDouble(START_SECONDS, seconds);
        });
  }

  /** The end of a run, by success or by failure. */
  static Summary sessionEnd(RunEnd end, double seconds) {
    return hyperparameters(
        "_hparams_/session_end_info",
        SESSION_END_INFO,
        info -> {
          info.writeEnum(STATUS, end == RunEnd.FAILED ? FAILURE : SUCCESS);
          info.writeDouble(END_SECONDS, seconds);
        });
  }

  private static Value value(String written) {
    try {
      return Value.newBuilder().setNumberValue(Double.parseDouble(written)).build();
    } catch (NumberFormatException e) {
      String bare = RunIdentity.unquoted(written);
      return Value.newBuilder().setStringValue(bare).build();
    }
  }

  private static Summary hyperparameters(String tag, int field, ProtobufEncoder body) {
    byte[] info = ProtobufEncoder.bytes(body);
    byte[] content = ProtobufEncoder.bytes(data -> data.writeByteArray(field, info));
    TensorProto nothing =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setTensorShape(TensorShapeProto.getDefaultInstance())
            .build();
    return forPlugin(tag, "hparams", ByteString.copyFrom(content), nothing);
  }

  private static Summary forPlugin(
      String tag, String plugin, ByteString content, TensorProto tensor) {
    SummaryMetadata.PluginData data =
        SummaryMetadata.PluginData.newBuilder().setPluginName(plugin).setContent(content).build();
    Summary.Builder summary = Summary.newBuilder();
    summary
        .addValueBuilder()
        .setTag(tag)
        .setMetadata(SummaryMetadata.newBuilder().setPluginData(data))
        .setTensor(tensor);
    return summary.build();
  }
}
