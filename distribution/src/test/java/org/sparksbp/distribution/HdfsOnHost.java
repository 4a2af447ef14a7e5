package org.sparksbp.distribution;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** HDFS in a process on a host of its own, which copies files in and out when it is asked to. */
final class HdfsOnHost implements AutoCloseable {

  /** What those need that read and write from other hosts. */
  static final Map<String, String> CLIENTS =
      Map.of("dfs.client.use.datanode.hostname", "true", "dfs.replication", "1");

  private static final String READY = "ready ";

  private final Process process;
  private final PrintWriter orders;
  private final BufferedReader answers;
  private final String uri;

  /** Starts it, and waits until it is up. */
  HdfsOnHost(NetworkHosts hosts, String name, Path folder) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-cp",
            classPath,
            HdfsOnHost.class.getName(),
            folder.toString(),
            hosts.address(name));
    ProcessBuilder builder = new ProcessBuilder(hosts.on(name, command));
    builder.redirectError(folder.resolveSibling("hdfs.log").toFile());
    this.process = builder.start();
    this.orders = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.uri = "hdfs://" + hosts.address(name) + ":" + answer(READY);
  }

  /** Of a file or folder, as all hosts see it. */
  String at(String name) {
    return uri + "/data/" + name;
  }

  /** Copies a folder of this machine. */
  void put(Path from, String to) throws IOException {
    orders.println("put " + from + " /data/" + to);
    answer("done");
  }

  /** Copies a folder to this machine. */
  void get(String from, Path to) throws IOException {
    orders.println("get /data/" + from + " " + to);
    answer("done");
  }

  private String answer(String begin) throws IOException {
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith(begin)) {
        return line.substring(begin.length());
      }
    }
    throw new IOException("HDFS has ended, see its log");
  }

  @Override
  public void close() throws IOException, InterruptedException {
    orders.close(); // which ends it
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    answers.close();
  }

  /** The process: its folder and its host's address are the arguments. */
  public static void main(String[] arguments) {
    try {
      serve(arguments);
    } catch (IOException | RuntimeException e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
    Runtime.getRuntime().halt(0); // an orderly end takes seconds
  }

  private static void serve(String[] arguments) throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, arguments[0]);
    configuration.set("dfs.namenode.rpc-bind-host", "0.0.0.0");
    configuration.setBoolean("dfs.namenode.datanode.registration.ip-hostname-check", false);
    for (String kind : List.of("address", "ipc.address", "http.address")) {
      configuration.set("dfs.datanode." + kind, "0.0.0.0:0");
    }
    CLIENTS.forEach(configuration::set);
    MiniDFSCluster cluster =
        new MiniDFSCluster.Builder(configuration)
            .numDataNodes(1)
            .hosts(new String[] {arguments[1]})
            .checkDataNodeAddrConfig(true)
            .build();
    cluster.waitActive();
    System.out.println(READY + cluster.getNameNodePort());
    FileSystem files = cluster.getFileSystem();
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      String[] words = order.split(" ");
      if (words[0].equals("put")) {
        FileUtil.copy(new File(words[1]), files, path(words[2]), false, configuration);
      } else {
        FileUtil.copy(files, path(words[1]), new File(words[2]), false, configuration);
      }
      System.out.println("done");
    }
  }

  private static org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path(name);
  }
}
