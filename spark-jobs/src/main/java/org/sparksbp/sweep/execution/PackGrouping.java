package org.sparksbp.sweep.execution;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.device.DeviceChoice;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.pack.DeviceModelType;
import org.sparksbp.pack.PackPlan;
import org.sparksbp.shard.ShardSet;
import org.sparksbp.sweep.plan.SweepData;

/** Puts trials together that one graphics card can train side by side. */
final class PackGrouping {

  private final Configuration hadoop;
  private final Map<String, SweepData> data;
  private final PackCapacity capacity;
  private final Map<String, NetworkShape> shapes = new HashMap<>();

  /**
   * A grouping.
   *
   * @param data by task
   */
  PackGrouping(Configuration hadoop, Map<String, SweepData> data, PackCapacity capacity) {
    this.hadoop = hadoop;
    this.data = data;
    this.capacity = capacity;
  }

  /**
   * Trials to be handed out together so that no card gets fewer than it could have; 0: no matter.
   */
  int handedOut() {
    return capacity.handedOut();
  }

  /** The requests in packs, those of a pack in their order; most are packs of one. */
  synchronized List<List<TrialRequest>> groups(List<TrialRequest> requests) throws IOException {
    Map<String, List<TrialRequest>> open =
        new HashMap<>(); // packs with room, by what they agree in
    List<List<TrialRequest>> groups = new ArrayList<>();
    for (TrialRequest request : requests) {
      Optional<PackPlan> plan = plan(request);
      String key = plan.map(its -> key(request, its)).orElse("");
      List<TrialRequest> group = open.get(key);
      if (group == null) {
        group = new ArrayList<>();
        groups.add(group);
        open.put(key, group);
      }
      group.add(request);
      if (plan.isEmpty() || group.size() >= members(request, plan.get(), requests.size())) {
        open.remove(key);
      }
    }
    return groups;
  }

  private int members(TrialRequest request, PackPlan plan, int trials) {
    return capacity.members(plan, request.configuration().getInt("training.batch"), trials);
  }

  /** What a trial asks of a card; empty for one that is trained alone. */
  private Optional<PackPlan> plan(TrialRequest request) throws IOException {
    Config all = request.configuration();
    if (!DeviceChoice.isGpu(all)) {
      return Optional.empty();
    }
    try {
      return ModelType.named(all.getString("model")) instanceof DeviceModelType type
          ? Optional.of(type.plan(all, shape(request.task())))
          : Optional.empty();
    } catch (ConfigException | IllegalArgumentException e) {
      return Optional.empty(); // its own attempt tells what is wrong with it
    }
  }

  /** What the trials of a pack agree in. */
  private static String key(TrialRequest request, PackPlan plan) {
    Config all = request.configuration();
    return String.join(
        " ",
        all.getString("model"),
        request.task(),
        all.getString("training.batch"),
        all.getString("training.limit"),
        all.getString("evaluation.limit"),
        plan.key());
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
