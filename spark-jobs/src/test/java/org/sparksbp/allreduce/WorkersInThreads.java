package org.sparksbp.allreduce;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.sparksbp.averaging.AveragingMode;
import org.sparksbp.averaging.AveragingRule;
import org.sparksbp.learner.ParameterLayout;

/**
 * Workers in threads of this process, each with an endpoint among several, as if they were in
 * processes of their own.
 */
final class WorkersInThreads implements AutoCloseable {

  private final List<String> processes;
  private final Map<String, PeerEndpoint> endpoints = new TreeMap<>();
  private final String[] told;
  private final CyclicBarrier all;

  /**
   * Opens the endpoints, if the rendezvous is of several processes.
   *
   * @param places number of the process of each worker
   */
  WorkersInThreads(Rendezvous rendezvous, int[] places, SparkConf spark) {
    this.processes = Arrays.stream(places).mapToObj(place -> "p" + place).toList();
    this.told = new String[places.length];
    this.all = new CyclicBarrier(places.length);
    if (!rendezvous.oneProcess()) {
      processes.forEach(
          process -> endpoints.computeIfAbsent(process, name -> Security.endpoint(spark)));
    }
  }

  /** A rule for vectors of weights with 7,000 moments of an optimiser behind them. */
  static AveragingRule rule(int size) {
    return AveragingRule.of(
        AveragingMode.UPDATES,
        new ParameterLayout.Builder()
            .add("weights-0", ParameterLayout.Role.WEIGHT, size - 7_000)
            .add("moments", ParameterLayout.Role.OPTIMISER, 7_000)
            .build());
  }

  /** What all workers return that work at the same time, in their order. */
  <T> List<T> atOnce(Function<PeerTopology, T> work) throws Exception {
    List<Callable<T>> tasks =
        IntStream.range(0, processes.size())
            .<Callable<T>>mapToObj(worker -> () -> work.apply(topology(worker)))
            .toList();
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  /** What a worker sees. */
  private PeerTopology topology(int worker) {
    return new PeerTopology(
        worker,
        processes,
        () -> endpoints.get(processes.get(worker)),
        own -> {
          told[worker] = own;
          await();
          return told;
        },
        () -> false);
  }

  /** Waits for all workers. */
  void await() {
    try {
      all.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    endpoints.values().forEach(PeerEndpoint::close);
  }
}
