package org.sparksbp.benchmark;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparksbp.benchmark.Result.Target;
import org.sparksbp.config.RunConfiguration;

/**
 * A model with its settings, and what is done with it.
 *
 * @param part the group of measurements that it belongs to
 * @param name as shown
 * @param samples what it is fed with
 * @param settings {@code key=value}, the model among them
 * @param batch samples of a batch
 * @param step what is done with a batch
 * @param target share of the machine's peak that one core should reach
 */
record Workload(
    BenchmarkPart part,
    String name,
    StepSamples samples,
    List<String> settings,
    int batch,
    Step step,
    Optional<Target> target) {

  /** What is done with a batch. */
  enum Step {
    LEARN,
    INFER
  }

  Workload {
    settings = List.copyOf(settings);
  }

  /** The resolved configuration, with more settings that go before its own. */
  Config configuration(List<String> more) {
    RunConfiguration.Builder builder = RunConfiguration.builder().dataTask(samples.task());
    settings.forEach(builder::set);
    more.forEach(builder::set);
    return builder.build().config();
  }

  /** The study's workloads of one core. */
  static List<Workload> ofTheStudy(StepSamples digits, StepSamples letters) {
    List<Workload> all = new ArrayList<>();
    snn(all, "SNN 784-500-10, sbp, batch 50", digits, List.of(), 50, 15, 25);
    all.add(
        learning(
            BenchmarkPart.SNN,
            "SNN 784-500-10, symmetric-stdp, batch 50",
            digits,
            List.of("model=snn", "rule=symmetric-stdp"),
            50,
            Optional.empty()));
    snn(all, "SNN 189-500-26, sbp, batch 1", letters, List.of(), 1, 2.5, 0);
    for (String rule : List.of("bp", "sbp")) {
      all.add(
          learning(
              BenchmarkPart.SPIKING_MLP,
              "S-MLP 784-500-10, " + rule + ", T 20, batch 100, Bernoulli input",
              digits,
              List.of("model=spiking-mlp", "rule=" + rule, "spiking-mlp.input=bernoulli"),
              100,
              Optional.of(Target.ofPeak(rule.equals("bp") ? 2.5 : 1.75))));
    }
    all.add(
        learning(
            BenchmarkPart.RBM,
            "RBM 784-500-10, sbp, 10+10 steps, batch 20",
            digits,
            List.of("model=rbm"),
            20,
            Optional.of(Target.ofPeak(1))));
    all.add(
        learning(
            BenchmarkPart.BP_ANN,
            "bp-ann 784-500-10, batch 128",
            digits,
            List.of("model=bp-ann", "rule=bp"),
            128,
            Optional.of(Target.ofPeak(0.3))));
    return all;
  }

  private static void snn(
      List<Workload> all,
      String name,
      StepSamples samples,
      List<String> settings,
      int batch,
      double learnTarget,
      double inferTarget) {
    List<String> model = new ArrayList<>(List.of("model=snn", "rule=sbp"));
    model.addAll(settings);
    all.add(
        learning(
            BenchmarkPart.SNN,
            name,
            samples,
            model,
            batch,
            Optional.of(Target.ofPeak(learnTarget))));
    all.add(
        new Workload(
            BenchmarkPart.SNN,
            name + ", inference",
            samples,
            model,
            batch,
            Step.INFER,
            inferTarget == 0 ? Optional.empty() : Optional.of(Target.ofPeak(inferTarget))));
  }

  private static Workload learning(
      BenchmarkPart part,
      String name,
      StepSamples samples,
      List<String> settings,
      int batch,
      Optional<Target> target) {
    return new Workload(part, name, samples, settings, batch, Step.LEARN, target);
  }
}
