package org.sparksbp.modelfolder;

import com.typesafe.config.Config;
import org.sparksbp.device.DeviceChoice;
import org.sparksbp.kernel.KernelChoice;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.learner.ParameterLayout;

/**
 * A trained model with all that is needed to use it again.
 *
 * @param type name of its {@link ModelType}
 * @param shape what its data prescribed
 * @param configuration the whole configuration of its run
 * @param layout how {@code parameters} is divided
 * @param parameters {@code [layout.size()]}
 * @param provenance where it comes from
 */
public record SavedModel(
    String type,
    NetworkShape shape,
    Config configuration,
    ParameterLayout layout,
    float[] parameters,
    Provenance provenance) {

  public SavedModel {
    if (parameters.length != layout.size()) {
      throw new IllegalArgumentException(
          "Invalid model: " + parameters.length + " parameters for a layout of " + layout.size());
    }
  }

  /**
   * A learner with these parameters, on the processor and on whichever kernels this process has.
   *
   * @throws IllegalArgumentException if this software knows no such model type, or lays its
   *     parameters out in another way
   */
  public Learner learner() {
    ModelType modelType = ModelType.named(type);
    Config here = KernelChoice.decidedForInference(modelType.upgraded(configuration));
    Learner learner = modelType.create(DeviceChoice.onProcessor(here), shape);
    if (!learner.layout().equals(layout)) {
      ParameterLayout expected = learner.layout();
      learner.close();
      throw new IllegalArgumentException(
          "Cannot use model of type "
              + type
              + ": its arrays are "
              + layout.blocks()
              + ", this software expects "
              + expected.blocks());
    }
    learner.setParameters(parameters);
    return learner;
  }
}
