package org.sparksbp.bpann;

import java.util.Collection;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A dense layer of rectified neurons for Deeplearning4j, to the bits of its own one, in two
 * products a batch instead of four where it is the first layer: see {@link RectifiedUnits}. Public
 * with a public constructor because Deeplearning4j's Spark module sends configurations as JSON.
 */
public final class RectifiedLayer extends FeedForwardLayer {
  private static final long serialVersionUID = 1L;

  /** For reading from JSON. */
  public RectifiedLayer() {}

  private RectifiedLayer(Builder builder) {
    super(builder);
    initializeConstraints(builder);
  }

  /**
   * A layer of {@code outputs} neurons.
   *
   * @param inputs width of an input row
   */
  static RectifiedLayer of(int inputs, int outputs) {
    return new Builder().nIn(inputs).nOut(outputs).activation(Activation.RELU).build();
  }

  @Override
  public org.deeplearning4j.nn.api.Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    RectifiedUnits units = new RectifiedUnits(configuration, type);
    units.setListeners(listeners);
    units.setIndex(index);
    units.setParamsViewArray(parameters);
    Map<String, INDArray> table = initializer().init(configuration, parameters, initialize);
    units.setParamTable(table);
    units.setConf(configuration);
    return units;
  }

  @Override
  public ParamInitializer initializer() {
    return DefaultParamInitializer.getInstance();
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType inputType) {
    InputType outputType = getOutputType(-1, inputType);
    long parameters = initializer().numParams(this);
    return new LayerMemoryReport.Builder(getLayerName(), DenseLayer.class, inputType, outputType)
        .standardMemory(parameters, getIUpdater().stateSize(parameters))
        .workingMemory(0, 0, 0, outputType.arrayElementsPerExample())
        .cacheMemory(0, 0)
        .build();
  }

  /** Builds a layer. */
  private static final class Builder extends FeedForwardLayer.Builder<Builder> {

    @Override
    @SuppressWarnings("unchecked")
    public RectifiedLayer build() {
      return new RectifiedLayer(this);
    }
  }
}
