package org.sparksbp.spikingmlp;

import org.sparksbp.device.DeviceKernel.Groups;
import org.sparksbp.pack.PackBatch;
import org.sparksbp.spikingmlp.PackKernels.Shares;

/** Queues what a batch of all members takes, layer by layer, without waiting for any of it. */
final class PackLaunches {

  private final Topology topology;
  private final PackKernels kernels;
  private final PackMemory memory;
  private final PackConstants shared;

  PackLaunches(Topology topology, PackKernels kernels, PackMemory memory, PackConstants shared) {
    this.topology = topology;
    this.kernels = kernels;
    this.memory = memory;
    this.shared = shared;
  }

  /** Input spikes, patterns of all layers and answers. */
  void forward(PackBatch batch, boolean learns) {
    int layers = topology.matrices();
    kernels
        .presentInput()
        .launch(
            Groups.of(kernels.items(), batch.rows(), batch.members()),
            batch.slots(),
            batch.keys(),
            batch.samples().starts(),
            batch.samples().channels(),
            batch.samples().values(),
            memory.listed(),
            memory.patterns(0),
            batch.counts(),
            memory.isNumber(),
            batch.scalars(),
            batch.scalarStride(),
            firstScalar(batch),
            batch.stride(),
            batch.firstRow(),
            batch.rows(),
            topology.size(0),
            layers + 2);
    for (int layer = 1; layer <= layers; layer++) {
      int neurons = topology.size(layer);
      Shares shares = kernels.sharesToFire(neurons);
      kernels
          .fire()
          .launch(
              kernels.groups(neurons, shares.width(), batch.rows(), batch.members()),
              batch.memberOf(),
              batch.slots(),
              batch.samples().starts(),
              batch.samples().channels(),
              shared.parameters(),
              shared.constants(),
              layer == 1 ? memory.listed() : memory.patterns(layer - 1),
              memory.patterns(layer),
              memory.gradients(layer),
              batch.outputs(),
              batch.counts(),
              memory.isNumber(),
              shared.parameterStride(),
              matrixStart(layer - 1),
              batch.stride(),
              batch.firstRow(),
              batch.rows(),
              topology.size(layer - 1),
              neurons,
              shares.width(),
              shares.slices(),
              layer,
              layers,
              learns ? 1 : 0);
    }
  }

  /** The gradient by every layer's input currents, or what the rules have in its place. */
  void backward(PackBatch batch) {
    int layers = topology.matrices();
    int outputs = topology.outputs();
    kernels
        .outputBackward()
        .launch(
            kernels.groups(batch.rows() * outputs, batch.members(), 1),
            batch.memberOf(),
            batch.slots(),
            batch.samples().targets(),
            shared.constants(),
            batch.scalars(),
            batch.outputs(),
            memory.patterns(layers),
            memory.gradients(layers),
            memory.byAnswer(),
            batch.scalarStride(),
            firstScalar(batch),
            batch.stride(),
            batch.firstRow(),
            batch.rows(),
            outputs);
    if (shared.choosesTerms()) {
      findMagnitudes(batch);
    }
    for (int layer = layers - 1; layer >= 1; layer--) {
      hiddenBackward(batch, layer);
    }
    for (int layer = 2; layer < layers && shared.choosesTerms(); layer++) {
      chooseTerms(batch, layer);
    }
  }

  private void findMagnitudes(PackBatch batch) {
    int top = topology.matrices() - 1;
    int outputs = topology.outputs();
    for (int layer = top; layer >= 1; layer--) {
      int neurons = topology.size(layer);
      if (layer == top) {
        kernels
            .magnitudesBelowOutputs()
            .launch(
                kernels.groups(neurons, topology.steps(), batch.members()),
                batch.memberOf(),
                shared.localSteps(),
                batch.scalars(),
                memory.patterns(layer),
                memory.gradients(layer + 1),
                memory.magnitudes(layer),
                batch.scalarStride(),
                firstScalar(batch),
                batch.rows(),
                neurons,
                outputs);
      } else {
        kernels
            .magnitudesBelowHidden()
            .launch(
                kernels.groups(neurons, batch.members(), 1),
                batch.memberOf(),
                shared.localSteps(),
                batch.scalars(),
                memory.patterns(layer),
                memory.patterns(layer + 1),
                memory.byAnswer(),
                shared.feedback(),
                memory.magnitudes(layer + 1),
                memory.magnitudes(layer),
                memory.projections(),
                shared.feedbackStride(),
                feedbackStart(layer + 1),
                batch.scalarStride(),
                firstScalar(batch),
                batch.rows(),
                neurons,
                topology.size(layer + 1),
                outputs);
      }
      kernels
          .sumMagnitudes()
          .launch(
              Groups.of(kernels.items(), batch.members()),
              batch.memberOf(),
              shared.localSteps(),
              batch.scalars(),
              memory.magnitudes(layer),
              memory.summed(layer),
              batch.scalarStride(),
              firstScalar(batch),
              neurons);
    }
  }

  private void hiddenBackward(PackBatch batch, int layer) {
    int neurons = topology.size(layer);
    kernels
        .hiddenBackward()
        .launch(
            kernels.groups(neurons, batch.rows(), batch.members()),
            batch.memberOf(),
            batch.slots(),
            batch.samples().targets(),
            shared.parameters(),
            shared.constants(),
            shared.exactSteps(),
            batch.scalars(),
            memory.patterns(layer),
            memory.gradients(layer + 1),
            memory.gradients(layer),
            memory.byAnswer(),
            shared.feedback(),
            memory.summed(layer),
            shared.parameterStride(),
            matrixStart(layer),
            shared.feedbackStride(),
            feedbackStart(layer),
            batch.scalarStride(),
            firstScalar(batch),
            batch.stride(),
            batch.firstRow(),
            batch.rows(),
            neurons,
            topology.size(layer + 1),
            topology.outputs(),
            layer == 1 ? 1 : 0);
  }

  private void chooseTerms(PackBatch batch, int layer) {
    int neurons = topology.size(layer);
    kernels
        .chooseHiddenTerms()
        .launch(
            kernels.groups(neurons, batch.rows(), batch.members()),
            batch.memberOf(),
            shared.exactSteps(),
            batch.scalars(),
            memory.patterns(layer),
            memory.gradients(layer),
            memory.byAnswer(),
            shared.feedback(),
            memory.summed(layer),
            shared.feedbackStride(),
            feedbackStart(layer),
            batch.scalarStride(),
            firstScalar(batch),
            batch.rows(),
            neurons,
            topology.outputs());
  }

  /** Gradients of weights and biases, and Adam. */
  void update(PackBatch batch) {
    int matrices = topology.matrices();
    for (int l = 0; l < matrices; l++) {
      int inputs = topology.size(l);
      int neurons = topology.size(l + 1);
      Shares shares = kernels.sharesToLearn(neurons);
      int tile = kernels.inputsToLearn(inputs, neurons, batch.members());
      kernels
          .learnMatrix()
          .launch(
              kernels.groups(
                  inputs + 1, tile, PackKernels.parts(neurons, shares.width()), batch.members()),
              batch.memberOf(),
              shared.parameters(),
              shared.constants(),
              batch.scalars(),
              memory.patterns(l),
              memory.gradients(l + 1),
              shared.parameterStride(),
              matrixStart(matrices),
              matrixStart(l),
              batch.scalarStride(),
              firstScalar(batch),
              batch.rows(),
              inputs,
              neurons,
              shares.width(),
              shares.slices(),
              tile,
              l == matrices - 1 ? 1 : 0);
    }
  }

  private static int firstScalar(PackBatch batch) {
    return batch.number() * PackMember.SCALARS;
  }

  /** Where matrix l begins in the parameters, the biases behind it; for L the trained ones' end. */
  private int matrixStart(int matrix) {
    int at = 0;
    for (int l = 0; l < matrix; l++) {
      at += (topology.size(l) + 1) * topology.size(l + 1);
    }
    return at;
  }

  /** Where a hidden layer's random matrix begins among a member's. */
  private int feedbackStart(int layer) {
    int neurons = 0;
    for (int l = 1; l < layer; l++) {
      neurons += topology.size(l);
    }
    return neurons * topology.outputs();
  }
}
