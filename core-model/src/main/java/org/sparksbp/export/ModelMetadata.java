package org.sparksbp.export;

import com.typesafe.config.ConfigRenderOptions;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sparksbp.modelfolder.Provenance;
import org.sparksbp.modelfolder.SavedModel;

/** What goes with the arrays of a model: names and texts, as safetensors has them. */
final class ModelMetadata {

  private ModelMetadata() {}

  /** The metadata of a model; {@code configuration} is the whole of it as JSON. */
  static SortedMap<String, String> of(SavedModel model) {
    Provenance provenance = model.provenance();
    SortedMap<String, String> metadata = new TreeMap<>();
    metadata.put("model", model.type());
    if (model.configuration().hasPath("rule")) {
      metadata.put("rule", model.configuration().getString("rule"));
    }
    metadata.put("channels", String.valueOf(model.shape().channels()));
    metadata.put("outputs", String.valueOf(model.shape().outputs()));
    metadata.put("steps", String.valueOf(model.shape().steps()));
    metadata.put("task", provenance.task());
    metadata.put("data", provenance.dataFingerprint());
    metadata.put("run", provenance.run());
    metadata.put("seed", String.valueOf(provenance.seed()));
    metadata.put("epochs", String.valueOf(provenance.epochs()));
    metadata.put("version", provenance.softwareVersion());
    metadata.put(
        "configuration", model.configuration().root().render(ConfigRenderOptions.concise()));
    return Collections.unmodifiableSortedMap(metadata);
  }
}
