package org.sparksbp.bpann;

import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Inference;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.learner.Work;
import org.sparksbp.random.RandomStream;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;

/**
 * A Deeplearning4j network that learns batch by batch. Its answers before an update come from the
 * forward pass of that update, not from a second one.
 */
public final class BpAnnLearner implements Learner {

  private final BpAnnSettings settings;
  private final List<Integer> sizes;
  private final MultiLayerNetwork network;
  private final PerceptronParameters parameters;
  private final LastHiddenActivation lastHidden = new LastHiddenActivation();

  BpAnnLearner(BpAnnSettings settings, NetworkShape shape) {
    this.settings = settings;
    int inputs =
        settings.input() == BpAnnSettings.Input.FLATTENED
            ? Math.multiplyExact(shape.steps(), shape.channels())
            : shape.channels();
    this.sizes = PerceptronParameters.sizes(inputs, settings.hidden(), shape.outputs());
    this.network = new MultiLayerNetwork(Perceptron.configuration(settings, sizes));
    network.init();
    INDArray updaterState = network.getUpdater().getStateViewArray();
    this.parameters =
        new PerceptronParameters(sizes, updaterState == null ? 0 : (int) updaterState.length());
    network.addListeners(lastHidden);
    drawInitialWeights();
  }

  private void drawInitialWeights() {
    ParameterLayout layout = layout();
    float[] initial = new float[layout.size()];
    for (int matrix = 0; matrix < sizes.size() - 1; matrix++) {
      ParameterLayout.Block block = layout.blocks().get(2 * matrix);
      double bound = Math.sqrt(6.0 / (sizes.get(matrix) + sizes.get(matrix + 1)));
      RandomStream random = RandomStream.of(settings.seed(), "initial-weights", matrix);
      for (int i = 0; i < block.size(); i++) {
        initial[block.offset() + i] = (float) (bound * (2 * random.nextDouble() - 1));
      }
    }
    setParameters(initial);
  }

  /** The wrapped network, for training by Deeplearning4j's own Spark module. */
  public MultiLayerNetwork network() {
    return network;
  }

  /** The batch as Deeplearning4j takes it: inputs {@code [batch, inputs]}. */
  public INDArray inputs(SpikeBatch batch) {
    int width = sizes.get(0);
    return Nd4j.create(inputRows(batch), new long[] {batch.size(), width}, 'c');
  }

  /** Targets of a batch, {@code [batch, outputs]}. */
  public INDArray targets(SpikeBatch batch) {
    return Nd4j.create(batch.targets(), new long[] {batch.size(), batch.outputs()}, 'c');
  }

  private float[] inputRows(SpikeBatch batch) {
    if (settings.input() == BpAnnSettings.Input.RATE) {
      return batch.rates();
    }
    int width = sizes.get(0);
    float[] rows = new float[batch.size() * width];
    int channels = batch.channels();
    int row = 0;
    for (Sample sample : batch.samples()) {
      int first = row++ * width;
      sample.spikes().forEach((step, channel) -> rows[first + step * channels + channel] = 1f);
    }
    return rows;
  }

  @Override
  public ParameterLayout layout() {
    return parameters.layout();
  }

  @Override
  public float[] parameters() {
    return parameters.read(network);
  }

  @Override
  public void setParameters(float[] flat) {
    if (flat.length != layout().size()) {
      throw new IllegalArgumentException(
          "Invalid parameters: " + flat.length + " values, the network has " + layout().size());
    }
    parameters.write(flat, network);
  }

  @Override
  public Inference learn(SpikeBatch batch, BatchPosition position) {
    lastHidden.watched = network.getLayers().length - 1;
    INDArray outputWeights = network.getOutputLayer().getParam("W").dup();
    INDArray outputBiases = network.getOutputLayer().getParam("b").dup();
    network.fit(inputs(batch), targets(batch));
    INDArray preOutput = lastHidden.take().mmul(outputWeights).addiRowVector(outputBiases);
    INDArray outputs = settings.output().getActivationFunction().getActivation(preOutput, false);
    return new Inference(floats(outputs), work(batch.size(), 3));
  }

  @Override
  public Inference infer(SpikeBatch batch) {
    return new Inference(floats(network.output(inputs(batch), false)), work(batch.size(), 1));
  }

  /**
   * Forward products once; learning adds the error's way back and the gradient, one product each.
   */
  private Work work(int samples, int products) {
    long macs = 0;
    for (int matrix = 0; matrix < sizes.size() - 1; matrix++) {
      long perSample = (long) sizes.get(matrix) * sizes.get(matrix + 1);
      // The error is not sent back to the input.
      macs += perSample * (matrix == 0 && products == 3 ? 2 : products);
    }
    return new Work(macs * samples, 0, 0);
  }

  /** mn + nk + kn + nm, the row of backpropagation, summed over the matrices. */
  @Override
  public double complexityPerEpoch() {
    double complexity = 0;
    for (int matrix = 0; matrix < sizes.size() - 1; matrix++) {
      complexity += 2.0 * sizes.get(matrix) * sizes.get(matrix + 1);
    }
    return complexity;
  }

  @Override
  public void close() {
    network.close();
  }

  private static float[] floats(INDArray array) {
    return array.dup('c').data().asFloat();
  }

  /** Copies the input of the output layer while Deeplearning4j has it at hand. */
  private static final class LastHiddenActivation extends BaseTrainingListener {
    private int watched;
    private INDArray activation;

    @Override
    public void onForwardPass(Model model, List<INDArray> activations) {
      activation = activations.get(Math.min(watched, activations.size() - 1)).detach();
    }

    INDArray take() {
      INDArray taken = activation;
      activation = null;
      return taken;
    }
  }
}
