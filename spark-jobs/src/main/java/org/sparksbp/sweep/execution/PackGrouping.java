package org.sparksbp.sweep.execution;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.device.DeviceChoice;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.pack.DeviceModelType;
import org.sparksbp.shard.ShardSet;
import org.sparksbp.sweep.plan.SweepData;

/** Puts trials together that one graphics card can train side by side. */
final class PackGrouping {

  private final Configuration hadoop;
  private final Map<String, SweepData> data;
  private final int most;
  private final Map<String, NetworkShape> shapes = new HashMap<>();

  /**
   * A grouping.
   *
   * @param data by task
   * @param most trials of a group
   */
  PackGrouping(Configuration hadoop, Map<String, SweepData> data, int most) {
    this.hadoop = hadoop;
    this.data = data;
    this.most = most;
  }

  /** Neighbouring requests that go together, in their order. */
  synchronized List<List<TrialRequest>> groups(List<TrialRequest> requests) throws IOException {
    List<List<TrialRequest>> groups = new ArrayList<>();
    List<TrialRequest> last = List.of();
    String lastKey = "";
    for (TrialRequest request : requests) {
      String key = key(request);
      if (key.isEmpty() || !key.equals(lastKey) || last.size() == most) {
        last = new ArrayList<>();
        groups.add(last);
      }
      last.add(request);
      lastKey = key;
    }
    return groups;
  }

  /** What the trials of a group agree in; empty for one that is trained alone. */
  private String key(TrialRequest request) throws IOException {
    Config all = request.configuration();
    if (most == 1 || !DeviceChoice.isGpu(all)) {
      return "";
    }
    try {
      String model = all.getString("model");
      return ModelType.named(model) instanceof DeviceModelType type
          ? String.join(
              " ",
              model,
              request.task(),
              all.getString("training.batch"),
              all.getString("training.limit"),
              all.getString("evaluation.limit"),
              type.plan(all, shape(request.task())).key())
          : "";
    } catch (ConfigException | IllegalArgumentException e) {
      return ""; // its own attempt tells what is wrong with it
    }
  }

  private NetworkShape shape(String task) throws IOException {
    NetworkShape shape = shapes.get(task);
    if (shape == null) {
      shape = ShardSet.open(hadoop, new Path(data.get(task).folder())).shape();
      shapes.put(task, shape);
    }
    return shape;
  }
}
