package org.sparksbp.bpann;

import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.sparksbp.cost.AlgorithmicComplexity;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Inference;
import org.sparksbp.learner.InputVector;
import org.sparksbp.learner.LayerSizes;
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
  private final NetworkShape shape;
  private final LayerSizes sizes;
  private final MultiLayerNetwork network;
  private final PerceptronParameters parameters;
  private final LastHiddenActivation lastHidden = new LastHiddenActivation();

  BpAnnLearner(BpAnnSettings settings, NetworkShape shape) {
    this.settings = settings;
    this.shape = shape;
    this.sizes = LayerSizes.of(settings.input().length(shape), settings.hidden(), shape.outputs());
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
    for (int matrix = 0; matrix < sizes.matrices(); matrix++) {
      ParameterLayout.Block block = layout.blocks().get(2 * matrix);
      double bound = Math.sqrt(6.0 / (sizes.size(matrix) + sizes.size(matrix + 1)));
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

  /** N_0: channels, or steps times channels where the input is flattened. */
  public int inputs() {
    return sizes.inputs();
  }

  /**
   * A batch as Deeplearning4j takes it: inputs {@code [batch, inputs]}, targets {@code [batch,
   * outputs]}.
   *
   * @param inputs width of an input row, see {@link #inputs()}
   */
  public static DataSet dataSet(SpikeBatch batch, int inputs) {
    return new DataSet(
        inputRows(batch, inputs),
        Nd4j.create(batch.targets(), new long[] {batch.size(), batch.outputs()}, 'c'));
  }

  private static INDArray inputRows(SpikeBatch batch, int inputs) {
    float[] rows = inputs == batch.channels() ? batch.rates() : flattened(batch, inputs);
    return Nd4j.create(rows, new long[] {batch.size(), inputs}, 'c');
  }

  private static float[] flattened(SpikeBatch batch, int width) {
    float[] rows = new float[batch.size() * width];
    int channels = batch.channels();
    int row = 0;
    for (Sample sample : batch.samples()) {
      int first = row++ * width;
      sample.spikes().forEach((step, channel) -> rows[first + step * channels + channel] = 1f);
    }
    return rows;
  }

  /**
   * The parameters after updates that Deeplearning4j's Spark module made on {@link #network()}. It
   * does not count updates on the driver.
   *
   * @param start the parameters before them
   * @param updates that each worker has made
   */
  public float[] parametersAfter(float[] start, int updates) {
    float[] after = parameters();
    after[after.length - 1] = start[start.length - 1] + updates;
    return after;
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
    layout().check(flat);
    parameters.write(flat, network);
  }

  @Override
  public Inference learn(SpikeBatch batch, BatchPosition position) {
    checkShape(batch);
    lastHidden.watched = network.getLayers().length - 1;
    INDArray outputWeights = network.getOutputLayer().getParam("W").dup();
    INDArray outputBiases = network.getOutputLayer().getParam("b").dup();
    network.fit(dataSet(batch, inputs()));
    INDArray preOutput = lastHidden.take().mmul(outputWeights).addiRowVector(outputBiases);
    INDArray outputs = settings.output().getActivationFunction().getActivation(preOutput, false);
    return new Inference(floats(outputs), learningWork(batch.size()));
  }

  @Override
  public Inference infer(SpikeBatch batch) {
    checkShape(batch);
    return new Inference(
        floats(network.output(inputRows(batch, inputs()), false)),
        Work.graded(sizes.allSynapses() * batch.size()));
  }

  /** What learning these samples takes: each product forward, back and for the gradient. */
  public Work learningWork(int samples) {
    if (settings.rule() == BpAnnSettings.Rule.FROZEN_HIDDEN) {
      long gradient = sizes.synapses(sizes.matrices() - 1);
      return Work.graded((sizes.allSynapses() + gradient) * samples);
    }
    // The error is not sent back to the input.
    return Work.graded((3 * sizes.allSynapses() - sizes.synapses(0)) * samples);
  }

  private void checkShape(SpikeBatch batch) {
    batch.checkShape(shape.channels(), shape.outputs());
    if (settings.input() == InputVector.FLATTENED) {
      batch.checkSteps(shape.steps());
    }
  }

  @Override
  public double complexityPerEpoch() {
    return settings.rule() == BpAnnSettings.Rule.FROZEN_HIDDEN
        ? AlgorithmicComplexity.BACKPROPAGATION.perEpochWithFrozenHidden(sizes)
        : AlgorithmicComplexity.BACKPROPAGATION.perEpoch(sizes);
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
