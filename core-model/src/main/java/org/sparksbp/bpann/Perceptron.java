package org.sparksbp.bpann;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.sparksbp.learner.LayerSizes;

/** Deeplearning4j's description of the network. */
final class Perceptron {

  private Perceptron() {}

  static MultiLayerConfiguration configuration(BpAnnSettings settings, LayerSizes sizes) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(settings.seed())
            .updater(settings.updater())
            .list();
    for (int layer = 0; layer + 1 < sizes.matrices(); layer++) {
      Layer hidden = hidden(settings.hiddenActivation(), sizes.size(layer), sizes.size(layer + 1));
      layers.layer(
          settings.rule() == BpAnnSettings.Rule.FROZEN_HIDDEN ? new FrozenLayer(hidden) : hidden);
    }
    LossFunction loss =
        settings.output() == Activation.SOFTMAX ? LossFunction.MCXENT : LossFunction.XENT;
    return layers
        .layer(
            new OutputLayer.Builder(loss)
                .nIn(sizes.size(sizes.matrices() - 1))
                .nOut(sizes.outputs())
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
