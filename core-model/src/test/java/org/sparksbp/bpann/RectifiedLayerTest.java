package org.sparksbp.bpann;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.sparksbp.random.RandomStream;

class RectifiedLayerTest {

  private static final int INPUTS = 13;

  private enum Kind {
    OWN,
    DEEPLEARNING4J
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void learnsToTheBitsOfDeeplearning4jsDenseLayer(int hidden) {
    MultiLayerNetwork own = network(hidden, Kind.OWN);
    MultiLayerNetwork theirs = network(hidden, Kind.DEEPLEARNING4J);
    own.setParams(theirs.params().dup());
    float[] before = own.params().dup().data().asFloat();
    for (int batch = 0; batch < 5; batch++) {
      own.fit(dataSet(batch));
      theirs.fit(dataSet(batch));
    }
    float[] learned = own.params().dup().data().asFloat();
    assertThat(learned).isEqualTo(theirs.params().dup().data().asFloat()).isNotEqualTo(before);
    INDArray unseen = dataSet(9).getFeatures();
    assertThat(own.output(unseen)).isEqualTo(theirs.output(unseen));
  }

  @Test
  void crossesAsJsonLikeTheConfigurationsOfSparkWorkers() {
    MultiLayerConfiguration sent = network(2, Kind.OWN).getLayerWiseConfigurations();
    MultiLayerConfiguration received = MultiLayerConfiguration.fromJson(sent.toJson());
    assertThat(received.getConf(0).getLayer()).isInstanceOf(RectifiedLayer.class);
    assertThat(received).isEqualTo(sent);
  }

  private static MultiLayerNetwork network(int hidden, Kind kind) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder().seed(3).updater(new Adam(0.01)).list();
    int inputs = INPUTS;
    for (int layer = 0; layer < hidden; layer++) {
      int neurons = 11 - layer;
      layers.layer(
          kind == Kind.OWN
              ? RectifiedLayer.of(inputs, neurons)
              : new DenseLayer.Builder()
                  .nIn(inputs)
                  .nOut(neurons)
                  .activation(Activation.RELU)
                  .build());
      inputs = neurons;
    }
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            layers
                .layer(
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(inputs)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
    network.init();
    return network;
  }

  private static DataSet dataSet(int number) {
    RandomStream random = RandomStream.of(5, "batch", number);
    List<Integer> rows = List.of(0, 1, 2, 0, 1, 2, 1);
    INDArray inputs = Nd4j.zeros(rows.size(), INPUTS);
    INDArray targets = Nd4j.zeros(rows.size(), 3);
    for (int row = 0; row < rows.size(); row++) {
      for (int i = 0; i < INPUTS; i++) {
        inputs.putScalar(row, i, random.nextDouble() < 0.4 ? random.nextDouble() : 0);
      }
      targets.putScalar(row, rows.get(row), 1);
    }
    return new DataSet(inputs, targets);
  }
}
