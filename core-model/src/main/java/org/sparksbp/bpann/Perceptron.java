package org.sparksbp.bpann;

import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Deeplearning4j's description of the network. */
final class Perceptron {

  private Perceptron() {}

  /**
   * @param sizes neurons of each layer, input first
   */
  static MultiLayerConfiguration configuration(BpAnnSettings settings, List<Integer> sizes) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(settings.seed())
            .updater(settings.updater())
            .list();
    for (int layer = 0; layer + 2 < sizes.size(); layer++) {
      layers.layer(hidden(settings.hiddenActivation(), sizes.get(layer), sizes.get(layer + 1)));
    }
    LossFunction loss =
        settings.output() == Activation.SOFTMAX ? LossFunction.MCXENT : LossFunction.XENT;
    return layers
        .layer(
            new OutputLayer.Builder(loss)
                .nIn(sizes.get(sizes.size() - 2))
                .nOut(sizes.get(sizes.size() - 1))
                .activation(settings.output())
                .build())
        .build();
  }

  private static Layer hidden(Activation activation, int inputs, int neurons) {
    return activation == Activation.RELU
        ? RectifiedLayer.of(inputs, neurons)
        : new DenseLayer.Builder().nIn(inputs).nOut(neurons).activation(activation).build();
  }
}
